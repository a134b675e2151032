"""Whatever is posted to the screen of a weekend, it is saved, refused or sent away."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import factories
from tests.adminpages import add_row, client_of, filled, page_of, press_officer

NASTY = [
    *("", " ", "\x00", "a\x00b", "-1", "0", "1", "2", "999", "9" * 30, "1e9", "NaN"),
    *("abc", "å" * 300, "x" * 5000, "true", "on", "None", "[]", "{}", "' OR 1=1 --"),
    *("<script>alert(1)</script>", "%s", "{0}", "../..", "\U0001f3ce", "\u202e"),
    *("2022-05-14", "0001-01-01", "9999-12-31", "2022-02-30", "14/5", "24:00", "2360"),
    *("javascript:alert(1)", "http://[", "//", "https://" + "a" * 300, "6 h", "1:75"),
]
VALUES = st.one_of(
    st.sampled_from(NASTY),
    st.text(max_size=40),
    st.integers().map(str),
    st.dates().map(str),
    st.times().map(str),
)


@pytest.fixture
def weekend(db):
    """The screen of a weekend with a row of every kind: its address and its data."""
    client = client_of(press_officer())
    event = factories.make_event()
    session = factories.make_session(event=event)
    factories.make_event_link(event=event, session=session)
    factories.make_event_class(event=event)
    factories.make_entry(event=event, drivers=[factories.make_driver()])
    data = filled(client.get(page_of(event)))
    add_row(data, "links")
    add_row(data, "entries")
    return client, page_of(event), data


def fuzzed(test):
    """Four posts, each from the same start."""
    quick = settings(
        max_examples=4,
        deadline=None,
        derandomize=True,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )
    return quick(given(data=st.data())(test))


def post(weekend, changes, *, without=()):
    client, address, data = weekend
    posted = {name: value for name, value in data.items() if name not in without}
    return client.post(address, posted | changes).status_code


@fuzzed
def test_nothing_in_a_field_breaks_the_page(weekend, data):
    names = sorted(weekend[2])
    changes = data.draw(
        st.dictionaries(st.sampled_from(names), VALUES, min_size=1, max_size=12)
    )
    assert post(weekend, changes) in (200, 302, 400)


@fuzzed
def test_no_missing_field_breaks_the_page(weekend, data):
    names = sorted(weekend[2])
    without = data.draw(st.sets(st.sampled_from(names), min_size=1, max_size=40))
    assert post(weekend, {}, without=without) in (200, 302, 400)


@fuzzed
def test_no_count_and_no_key_of_a_row_breaks_the_page(weekend, data):
    endings = (
        "FORMS",
        "-id",
        "-event",
        "-DELETE",
        "_version",
        "-session",
    )
    names = sorted(name for name in weekend[2] if name.endswith(endings))
    names += [f"{prefix}-0-DELETE" for prefix in ("links", "entries")]
    changes = data.draw(
        st.dictionaries(st.sampled_from(names), VALUES, min_size=1, max_size=8)
    )
    assert post(weekend, changes) in (200, 302, 400)


@pytest.mark.parametrize("value", NASTY[::3])
def test_every_nasty_value_in_every_field_at_once_breaks_no_page(weekend, value):
    data = weekend[2]
    counts = {name for name in data if name.endswith("_FORMS")}
    changes = {name: value for name in data if name not in counts}
    assert post(weekend, changes) in (200, 302, 400)


def test_rows_that_vanished_since_break_no_page(weekend):
    client, address, _data = weekend
    event_page = client.get(address)
    for group in event_page.context["inline_admin_formsets"]:
        group.formset.get_queryset().delete()
    assert post(weekend, {}) == 200
    # Whoever says that nothing was seen gets the page as it is stored.
    assert post(weekend, {}, without=["_version"]) == 200
