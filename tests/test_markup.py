"""The HTML checks find what they say they find."""

import pytest

from tests import markup

GOOD = """<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <title>Andreas Bäckman · Bäckman Racing</title>
  <link rel="canonical" href="https://www.example.com/en/">
  <link rel="stylesheet" href="/static/site.css">
  <script type="module" src="/static/countdown.js"></script>
  <script type="application/ld+json">{"name": "None"}</script>
</head>
<body>
  <a href="#main">Skip to the content</a>
  <main id="main">
    <h1>Andreas Bäckman</h1>
    <h2 id="facts">Facts</h2>
    <section aria-labelledby="facts">
      <p>Born <time datetime="1995-05-12">12 May 1995</time>, no one’s nonesuch.</p>
      <img src="/media/photos/a.jpg" width="60" height="40" alt="">
      <table><tr><th scope="col">Laps</th></tr><tr><td>1</td></tr></table>
      <form><label for="q">Search</label><input id="q" name="q"></form>
      <a href="https://www.example.org/"><svg aria-hidden="true"><path d=""/></svg> Out</a>
    </section>
    <h3>More</h3>
  </main>
</body>
</html>
"""


def test_a_good_page_has_no_problems():
    assert markup.problems(GOOD) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("<!doctype html>\n", "", "line 1, column 16: Unexpected start tag (html)"),
        ("</section>", "", "line 24, column 9: End tag (main) seen too early"),
        ('lang="en"', "", "<html> has no lang"),
        ("Andreas Bäckman · Bäckman Racing", " ", "the page needs one title"),
        ("<h1>Andreas Bäckman</h1>", "", "0 h1 instead of one"),
        ("<h3>More</h3>", "<h1>More</h1>", "2 h1 instead of one"),
        ("<h3>More</h3>", "<h4>More</h4>", "<h4> “More” skips a level"),
        ("<h3>More</h3>", "<h3> </h3>", "<h3> is empty"),
        ("<h3>More", '<h3 id="q">More', "the id “q” stands 2 times"),
        ("<h3>More", '<h3 id="a b">More', "an id is empty or has a space"),
        ('by="facts"', 'by="fact"', "<section>: aria-labelledby points to no “fact”"),
        ("#main", "#content", "leads nowhere on the page"),
        (' alt=""', "", "has no alt"),
        (' width="60"', "", "has no width and height"),
        ('for="q"', "", "has no label"),
        ("<form>", "<form><button></button>", "<button> says nothing"),
        ("</svg> Out", "</svg>", "says nothing"),
        (' href="#main"', "", "“Skip to the content” has no address"),
        ("<h3>More</h3>", "<ul><p>More</p></ul>", "<p> stands directly in <ul>"),
        ("<h3>More</h3>", "<div><dt>More</dt></div>", "<dt> “More” stands in no dl"),
        ("<h3>More</h3>", "<li>More</li>", "<li> stands directly in <main"),
        ("<h3>More</h3>", "<h3><div>More</div></h3>", "<div> stands in <h3>"),
        ("<h3>More", '<h3><a href="/"><input type="submit"></a>', "in a link or a"),
        ("<h3>More</h3>", '<p aria-label="x">More</p>', "<p> has a name but no role"),
        ('<th scope="col">Laps</th>', "<td>Laps</td>", "<table> has no header cells"),
        ("1995-05-12", "12 May", "“12 May 1995” is no time for a machine"),
        ("<h3>", '<h3 style="color: red">', "<h3> has an inline style"),
        ("<h3>", '<h3 onclick="go()">', "<h3> has an inline onclick"),
        ("<h3>More</h3>", "<script>go()</script>", "an inline script"),
        ('"/static/site.css"', '"//example.org/a.css"', "loaded from another address"),
        ("/media/photos/a", "https://example.org/a", "loaded from another address"),
        ("More", "None", "the text has None: “"),
        ("/media/photos/a.jpg", "/media/None", "src of <img"),
        ("More", "{{ more }}", "an unrendered template tag"),
        ("More", "%(count)s more", "an unfilled placeholder"),
        ("More", "&lt;Season object at 0x7f&gt;", "a Python object"),
        ("More", "Bed &amp;amp; breakfast", "a character escaped twice: “"),
    ],
)
def test_a_fault_is_found(old, new, expected):
    faults = markup.problems(GOOD.replace(old, new, 1))
    assert [fault for fault in faults if expected in fault] != [], faults


def test_a_page_says_where_it_leads_and_what_it_loads():
    page = markup.Page(GOOD)
    assert page.title == "Andreas Bäckman · Bäckman Racing"
    assert page.language == "en"
    assert page.link("canonical") == "https://www.example.com/en/"
    assert page.links == ["#main", "https://www.example.org/"]
    assert sorted(page.resources) == [
        "/media/photos/a.jpg",
        "/static/countdown.js",
        "/static/site.css",
    ]
