"""The sweep finds what it says it finds, on a site of four pages."""

import pytest

from tests.sweep import PAGE_HEADERS, PNG_HEADER, Reply, Walk

ORIGIN = "https://www.example.com"
POLICY = "default-src 'none'; style-src 'self'; img-src 'self'"
PAGE = """<!doctype html>
<html lang="{language}">
<head>
  <title>{title}</title>
  <meta name="description" content="What this page says, in one line.">
  <meta property="og:image" content="https://www.example.com/share.png">
  <link rel="canonical" href="https://www.example.com{path}">
  <link rel="alternate" hreflang="sv" href="https://www.example.com/sv/{tail}">
  <link rel="alternate" hreflang="en" href="https://www.example.com/en/{tail}">
  <link rel="alternate" hreflang="x-default" href="https://www.example.com/sv/{tail}">
  <link rel="stylesheet" href="/site.css">
</head>
<body><h1 id="top">{title}</h1><a href="/{language}/drivers/#top">Drivers</a></body>
</html>
"""
PATHS = ["/sv/", "/en/", "/sv/drivers/", "/en/drivers/"]
SITEMAP = "".join(
    f'<url><loc>{ORIGIN}{path}</loc><x:link hreflang="en" '
    f'href="{ORIGIN}/en/{path[4:]}"/></url>'
    for path in PATHS
)
SITEMAP = (
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
    f'xmlns:x="http://www.w3.org/1999/xhtml">{SITEMAP}</urlset>'
)


def answer(body="", *, kind="text/plain", status=200, **headers):
    headers = {"content-security-policy": POLICY, "content-type": kind, **headers}
    return Reply(status, headers, body if isinstance(body, bytes) else body.encode())


def page(path):
    language, tail = path[1:3], path[4:]
    text = PAGE.format(language=language, path=path, tail=tail, title=f"Page {path}")
    headers = {"content-language": language, "content-security-policy": POLICY}
    return Reply(200, PAGE_HEADERS | headers, text.encode())


def good_site():
    return {
        **{path: page(path) for path in PATHS},
        "/": answer(status=302, location="/sv/"),
        "/robots.txt": answer(),
        "/healthz": answer(),
        "/.well-known/security.txt": answer(),
        "/sitemap.xml": answer(SITEMAP, kind="application/xml"),
        "/site.css": answer('p { background: url("share.png") }', kind="text/css"),
        "/share.png": answer(PNG_HEADER.pack(b"", 1200, 630), kind="image/png"),
    }


def problems(site):
    missing = answer(status=404)
    return Walk(ORIGIN, lambda path: site.get(path, missing)).run().problems


def test_a_good_site_has_no_problems():
    walk = Walk(ORIGIN, good_site().__getitem__).run()
    assert walk.problems == []
    assert sorted(walk.pages) == sorted(PATHS)
    assert sorted(walk.replies) == sorted(good_site())


@pytest.mark.parametrize(
    ("path", "old", "new", "expected"),
    [
        ("/sv/", "/sv/drivers/#", "/sv/cars/#", "/sv/cars/: answers 404, linked from"),
        ("/sv/", "#top", "#end", "/sv/: links to /sv/drivers/, which has no #end"),
        ("/sv/", 'lang="sv"', 'lang="en"', "/sv/: lang is en"),
        ("/sv/", "com/sv/", "com/", "/sv/: canonical is https://www.example.com/"),
        ("/sv/", 'hreflang="en"', 'hreflang="de"', "/sv/: the alternate for en is "),
        ("/sv/", "What this page says, in one line.", "Short.", "the description is “"),
        ("/sv/", "og:image", "og:video", "/sv/: og:image is “”"),
        ("/sv/", "/share.png", "/site.css", "/site.css: is no picture of (1200, 630)"),
        (
            "/sv/",
            "Page /sv/",
            "Page /sv/drivers/",
            "have the title “Page /sv/drivers/”",
        ),
        ("/sv/", '<h1 id="top">', "<h2>", "/sv/: 0 h1 instead of one"),
        ("/sv/", '"/site.css"', '"//example.org/a.css"', "from another host"),
        ("/site.css", "share.png", "//example.org/a.png", "from another host"),
        ("/site.css", "share.png", "no.png", "/no.png: answers 404"),
        ("/sitemap.xml", "/sv/drivers/<", "/sv/cars/<", "/sv/cars/: answers 404"),
        ("/sitemap.xml", "/sv/drivers/<", "/sv/<", "/sv/ stands there more than once"),
        ("/sitemap.xml", "/sv/drivers/<", "/sv/<", "/sv/drivers/: is not in the site"),
        ("/sitemap.xml", '/en/drivers/"', '/en/cars/"', "the sitemap has https://"),
        (
            "/sitemap.xml",
            "www.example.com/en/<",
            "example.org/<",
            "is not on this site",
        ),
    ],
)
def test_what_a_page_says_wrongly_is_found(path, old, new, expected):
    site = good_site()
    assert site[path].text.count(old) >= 1
    kept = site[path]
    site[path] = Reply(kept.status, kept.headers, kept.text.replace(old, new).encode())
    found = problems(site)
    assert [problem for problem in found if expected in problem] != [], found


@pytest.mark.parametrize(
    ("path", "headers", "expected"),
    [
        ("/en/", {"cache-control": "max-age=3600"}, "/en/: cache-control is max-age"),
        ("/en/", {"x-frame-options": "SAMEORIGIN"}, "/en/: x-frame-options is SAME"),
        ("/en/", {"content-language": "sv"}, "/en/: Content-Language is sv"),
        ("/healthz", {"set-cookie": "a=b"}, "/healthz: sets a cookie"),
        (
            "/site.css",
            {"content-security-policy": f"{POLICY} 'unsafe-inline'"},
            "/site.css: has the content security policy",
        ),
        (
            "/site.css",
            {"content-security-policy": f"{POLICY} https://example.org"},
            "/site.css: allows other hosts",
        ),
    ],
)
def test_what_the_headers_say_wrongly_is_found(path, headers, expected):
    site = good_site()
    kept = site[path]
    site[path] = Reply(kept.status, kept.headers | headers, kept.body)
    found = problems(site)
    assert [problem for problem in found if expected in problem] != [], found


def test_a_page_in_one_language_only_is_found():
    site = good_site()
    del site["/en/drivers/"]
    assert "/…/drivers/: exists only in ['sv']" in problems(site)


FEED = (
    '<feed xmlns="http://www.w3.org/2005/Atom">'
    f'<link rel="self" href="{ORIGIN}/sv/a.atom"/><link rel="alternate" href="{ORIGIN}/"/>'
    "</feed>"
)
FRAMED = f"""<!doctype html><html lang="sv"><head><title>A</title>
<meta name="robots" content="noindex"><link rel="canonical" href="{ORIGIN}/sv/">
</head><body><h1>A</h1></body></html>"""
FRAMES = {"content-security-policy": f"{POLICY}; frame-ancestors *"}


def site_with_other_forms(feed=FEED, framed=FRAMED, **headers):
    """The good site with a feed and a frame, named by the front page."""
    site = good_site()
    link = '<link rel="alternate" type="{}" href="{}">'
    links = link.format("application/atom+xml", f"{ORIGIN}/sv/a.atom")
    links += link.format("text/html", f"{ORIGIN}/embed/sv/a/")
    kept = site["/sv/"]
    text = kept.text.replace("</head>", f"{links}</head>")
    site["/sv/"] = Reply(kept.status, kept.headers, text.encode())
    site["/sv/a.atom"] = answer(feed, kind="application/atom+xml")
    site["/embed/sv/a/"] = answer(framed, kind="text/html", **FRAMES | headers)
    return site


def test_feeds_and_frames_of_a_good_site_have_no_problems():
    site = site_with_other_forms()
    walk = Walk(ORIGIN, site.__getitem__).run()
    assert walk.problems == []
    assert {"/sv/a.atom", "/embed/sv/a/"} <= set(walk.replies)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"feed": FEED.replace("/sv/a", "/sv/b")}, "/sv/a.atom: has the self link"),
        (
            {"feed": FEED.replace(f'{ORIGIN}/"', 'https://x.org/"')},
            "the alternate link",
        ),
        ({"framed": FRAMED.replace("noindex", "all")}, "is for search engines"),
        ({"framed": FRAMED.replace('"sv"', '"en"')}, "/embed/sv/a/: lang is en"),
        ({"framed": FRAMED.replace("h1", "h2")}, "/embed/sv/a/: 0 h1 instead of one"),
        (
            {"framed": FRAMED.replace("</h1>", '</h1><script src="/a.js"></script>')},
            "/embed/sv/a/: has a script",
        ),
        ({"x-frame-options": "DENY"}, "/embed/sv/a/: cannot be framed"),
        ({"vary": "Cookie"}, "/embed/sv/a/: is not the same for everybody"),
        (
            {"content-security-policy": f"{POLICY} *; frame-ancestors *"},
            "/embed/sv/a/: allows other hosts",
        ),
    ],
)
def test_what_is_wrong_with_feeds_and_frames_is_found(changes, expected):
    found = problems(site_with_other_forms(**changes))
    assert [problem for problem in found if expected in problem] != [], found


def test_page_that_any_site_may_frame_is_found():
    site = good_site()
    kept = site["/en/"]
    site["/en/"] = Reply(kept.status, kept.headers | FRAMES, kept.body)
    assert [text for text in problems(site) if "/en/: allows other hosts" in text] != []
