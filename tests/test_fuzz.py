"""Whatever is asked of any address, the site answers; it never breaks.

Every address of the site and every list and form of the admin is asked with
what people mistype and what scanners try: 500 is always a fault of ours.
"""

from urllib.parse import quote, urlencode

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils.translation import override
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests import factories, markup

pytestmark = pytest.mark.django_db

ANSWERS = {200, 301, 302, 304, 400, 403, 404, 405, 414, 431}
METHODS = ["get", "post", "put", "patch", "delete", "head", "options", "trace"]
TAG = "<b>pit&board"

NASTY = [
    *("", " ", ".", "..", "../../etc/passwd", "-", "_", "0", "-1", "1.5", "2022"),
    *("1899", "0000", "9" * 30, "-" + "9" * 400, "1e309", "NaN", "Infinity", "0x10"),
    *("None", "null", "true", "[]", "[1]", "{}", "a,b", "a__b__c", "id__exact"),
    *("hockenheimring", "andreas-backman", "Hockenheimring", "hockenheimring/"),
    *("Bäckman", "å ä ö", "٢٠٢٢", "²", "🏁", "\u202e", "\u0130", "ß" * 300),
    *("\x00", "a\x00b", "%00", "%", "%zz", "%(a)s", "{0}", "{{ 7 }}", "\r\nX-A: b"),
    *("' OR 1=1 --", '";', "\\", "`id`", TAG, "a" * 5_000, "a " * 2_500),
    *("0001-01-01T00:00", "9999-12-31T23:59", "2022-02-30T25:61", "2022-05-12T12:00"),
    *("2022-03-27T02:30", "//example.org/", "https://example.org/", "/\\example.org"),
    *("javascript:alert(1)", "/sv/", "-id", "99999999999999999999", "1;2", "\ud800"),
]
# What a page or the admin reads from the query, and names that nobody reads.
PARAMETERS = ["q", "page", "p", "moment", "next", "year", "o", "e", "all", "id"]
PARAMETERS += ["_popup", "_to_field", "_changelist_filters", "_facets", "pk__in"]
PARAMETERS += ["term", "app_label", "model_name", "field_name", "season__id__exact"]

garbage = st.one_of(st.sampled_from(NASTY), st.text(max_size=40))
queries = st.one_of(
    st.just(""),
    st.lists(
        st.tuples(st.one_of(st.sampled_from(PARAMETERS), garbage), garbage),
        max_size=5,
    ),
    st.sampled_from([[(f"p{n}", "1") for n in range(1_200)], [("q", "a")] * 6_000]),
    st.sampled_from(["%", "%ff", "a=%ff", "&&&=", "q=%c3%28", "q[]=1", "q=%00", "+"]),
)
headers = st.fixed_dictionaries(
    {},
    optional={
        "accept-language": st.one_of(
            st.sampled_from(["sv", "en;q=0", "*", "xx-YY;q=1,,;;", "sv" * 3_000]),
            st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=30),
        ),
        "if-none-match": st.sampled_from(['"', '*, "a"', 'W/"x", "']),
        "if-modified-since": st.sampled_from(["", "0", "Thu, 99 Foo 2022 25:00:00"]),
        "cookie": st.sampled_from(["sessionid=x", "sessionid=", "django_language=%"]),
        "host": st.sampled_from(["testserver", "example.org", "a b", "testserver:x"]),
        "range": st.sampled_from(["bytes=0-", "bytes=9-1", "lines=1"]),
        "content-type": st.sampled_from(["", "multipart/form-data", "a/b; charset=x"]),
    },
)
several = settings(
    max_examples=12,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
        HealthCheck.large_base_example,
    ],
)


few = settings(several, max_examples=4)


def public_addresses():
    """{name: paths with gaps such as %(slug)s} of every address with a name."""
    found = {}
    for language in ("sv", "en"):
        with override(language):
            table = get_resolver().reverse_dict
            for name in filter(lambda key: isinstance(key, str), table.keys()):
                forms, *_rest = table.getlist(name)[0]
                found.setdefault(name, {}).update({f"/{path}": 1 for path, _n in forms})
    return {name: list(paths) for name, paths in sorted(found.items())}


PUBLIC = public_addresses()
ADMIN = sorted(
    (model._meta.app_label, model._meta.model_name) for model in admin.site._registry
)
OWN = [model for model in ADMIN if model[0] in ("racing", "drivers", "events")]


@pytest.fixture
def content():
    """One weekend, so that some of what is asked for exists."""
    factories.make_home_team()
    driver = factories.make_driver()
    event = factories.make_event()
    factories.make_entry(event=event, drivers=[driver])
    factories.make_session(event=event)
    factories.make_car()


@pytest.fixture
def stranger(content):
    return Client(raise_request_exception=False)


@pytest.fixture
def staff(content):
    client = Client(raise_request_exception=False)
    client.force_login(factories.make_staff())
    return client


def fill(path, value):
    """The path with each gap filled; what is no Unicode goes as the bytes it is."""
    escaped = quote(value, safe="", errors="surrogatepass")
    for gap in ("slug", "path", "year"):
        path = path.replace(f"%({gap})s", escaped)
    return path


def query_string(query):
    """A query string of pairs, or of what is none, as it is."""
    return query if isinstance(query, str) else urlencode(query, errors="replace")


def ask(client, method, path, *, query="", headers=None, data=None):
    """The answer to one request, of which nothing is known but that it is one."""
    return client.generic(
        method.upper(),
        path,
        data or b"",
        content_type="application/x-www-form-urlencoded",
        headers=headers,
        QUERY_STRING=query_string(query),
    )


def check(response):
    assert response.status_code in ANSWERS, response.exc_info
    if not response.streaming:
        assert TAG.encode() not in response.content


def test_every_address_is_asked():
    assert len(PUBLIC) >= 25
    assert sum("%(" in path for paths in PUBLIC.values() for path in paths) >= 18


@pytest.mark.parametrize("name", PUBLIC)
@several
@given(data=st.data())
def test_a_public_address_never_breaks(stranger, name, data):
    path = fill(data.draw(st.sampled_from(PUBLIC[name])), data.draw(garbage))
    method = data.draw(st.sampled_from(METHODS))
    query, sent = data.draw(queries), data.draw(headers)
    check(ask(stranger, method, path, query=query, headers=sent))


@several
@given(path=garbage)
def test_an_address_that_nobody_made_never_breaks(stranger, path):
    for start in ("/", "/sv/", "/en/", "/static/", "/media/", "/admin/"):
        check(ask(stranger, "get", start + fill("%(path)s", path)))


@several
@given(q=garbage)
def test_search_never_breaks(stranger, q):
    response = ask(stranger, "get", "/sv/search/", query=[("q", q)])
    check(response)
    assert response.status_code == (400 if "\x00" in q else 200)


@several
@given(moment=garbage, back=garbage)
@example(moment="0001-01-01T00:00", back="/sv/")
@example(moment="9999-12-31T23:59", back="/sv/")
def test_the_site_as_of_any_moment_never_breaks(staff, moment, back):
    form = query_string([("moment", moment), ("next", back)]).encode()
    check(ask(staff, "post", reverse("as_of"), data=form))
    for path in ("/sv/", "/en/events/", "/sv/drivers/andreas-backman/", "/sitemap.xml"):
        response = ask(staff, "get", path)
        assert response.status_code == 200, response.exc_info


@pytest.mark.parametrize("model", ADMIN, ids="_".join)
@several
@given(data=st.data())
def test_the_admin_never_breaks(staff, model, data):
    page = data.draw(
        st.sampled_from(["changelist", "add", "change", "delete", "history"])
    )
    name = f"admin:{'_'.join(model)}_{page}"
    keyed = page not in ("changelist", "add")
    path = fill(reverse(name, args=["%(path)s"] if keyed else []), "1")
    if keyed:
        path = path.replace(
            "%25%28path%29s", quote(data.draw(garbage), "", "utf-8", "replace")
        )
    response = ask(
        staff,
        data.draw(st.sampled_from(["get", "get", "head", "post"])),
        path,
        query=data.draw(queries),
    )
    check(response)


@pytest.fixture
def forms(staff, request):
    """[(path, {name: value})] of a model's empty form, and of its first row's."""
    model = apps.get_model(*request.param)
    name = f"admin:{'_'.join(request.param)}"
    paths = [reverse(f"{name}_add")]
    paths += [
        reverse(f"{name}_change", args=[row.pk]) for row in model.objects.all()[:1]
    ]
    return [(path, fields(staff.get(path).content.decode())) for path in paths]


@pytest.mark.parametrize("forms", OWN, indirect=True, ids="_".join)
@few
@given(data=st.data())
def test_the_forms_of_the_admin_never_break(staff, forms, data):
    """What is typed wrongly is refused in words, on the form as it was filled in."""
    path, form = data.draw(st.sampled_from(forms))
    typed = data.draw(
        st.dictionaries(st.sampled_from(sorted(form)), garbage, min_size=1, max_size=6)
    )
    body = query_string(list((form | typed).items())).encode()
    with transaction.atomic():
        check(ask(staff, "post", path, data=body))
        transaction.set_rollback(True)


def fields(html):
    """{name: value} of a page's form, each list at its last choice."""
    page = markup.Page(html)
    found = {}
    for field in page.all("input", "textarea", "select"):
        chosen = [option.get("value") for option in field.iter("option")][-1:]
        value = field.get("value") or "".join(chosen) or "1"
        if field.get("name") and field.get("type") != "file":
            found[field.get("name")] = value
    return found


@several
@given(query=queries)
def test_the_admins_suggestions_never_break(staff, query):
    check(ask(staff, "get", reverse("admin:autocomplete"), query=query))
