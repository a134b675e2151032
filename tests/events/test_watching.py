"""Which links to offer to a viewer, and in which order: events.watching."""

import pytest

from events.models import CANCELLED, POSTPONED, EventLink, Session
from events.states import BEFORE, COMING, LIVE, NEXT, OVER
from events.watching import live_timing, where_to_watch

RACE, OTHER = Session(pk=1), Session(pk=2)


def link(pk, **facts):
    """A stream of the whole weekend that is not stored anywhere."""
    return EventLink(pk=pk, **{"kind": "stream", "url": f"https://x.se/{pk}"} | facts)


def keys(links):
    return [link.pk for link in links]


def test_links_stand_in_the_order_a_viewer_needs_them():
    in_order = [
        link(13, session=RACE, language="de", access="paid", kind="tv"),
        link(12, language="sv", access="free"),
        link(11, language="sv", access="free", kind="tv"),
        link(10, language="sv"),
        link(9, language="sv", access="paid"),
        link(8, language="en", access="paid"),
        link(7, access="free"),
        link(5),
        link(6),
        link(4, language="de", access="free"),
        link(3, language="fr", access="paid", kind="tv"),
    ]
    assert keys(where_to_watch(in_order[::-1], RACE, "sv", LIVE)) == keys(in_order)


def test_language_is_the_readers():
    links = [link(1, language="sv"), link(2, language="en"), link(3)]
    assert keys(where_to_watch(links, RACE, "sv")) == [1, 2, 3]
    assert keys(where_to_watch(links, RACE, "en")) == [2, 3, 1]


def test_links_of_another_session_are_left_out():
    links = [link(1, session=OTHER), link(2, session=RACE), link(3)]
    assert keys(where_to_watch(links, RACE)) == [2, 3]
    assert keys(where_to_watch(links)) == [3]


def test_links_of_the_weekend_are_not_those_of_what_is_no_racing():
    talk = Session(pk=3, kind="other")
    links = [link(1), link(2, session=talk), link(3, kind="live_timing")]
    assert keys(where_to_watch(links, talk)) == [2]
    assert live_timing(links, talk) == []


@pytest.mark.parametrize("state", [COMING, NEXT, LIVE, BEFORE])
def test_streams_and_channels_are_offered_until_it_is_over(state):
    kinds = ("stream", "tv", "live_timing", "tickets", "results", "replay")
    links = [link(pk, kind=kind) for pk, kind in enumerate(kinds)]
    assert keys(where_to_watch(links, RACE, "sv", state)) == [0, 1]


def test_recordings_are_offered_when_it_is_over():
    links = [
        link(1),
        link(2, has_replay=True),
        link(3, kind="replay", language="de"),
        link(4, kind="live_timing", has_replay=True),
    ]
    assert keys(where_to_watch(links, RACE, "sv", OVER)) == [3, 2]


@pytest.mark.parametrize("state", [CANCELLED, POSTPONED])
def test_nothing_is_offered_of_what_is_called_off(state):
    assert where_to_watch([link(1), link(2, kind="replay")], RACE, "sv", state) == []


def test_address_is_offered_once():
    links = [
        link(1, url="https://x.se/a", has_replay=True),
        link(2, url="https://x.se/b", kind="replay", language="de"),
        link(3, url="https://x.se/a", kind="replay", language="sv"),
    ]
    assert keys(where_to_watch(links, RACE, "sv", OVER)) == [3, 2]


def test_live_timing_of_the_session_stands_for_that_of_the_weekend():
    weekend = link(1, kind="live_timing")
    own = link(2, kind="live_timing", session=RACE)
    assert live_timing([weekend, own, link(3)], RACE) == [own]
    assert live_timing([weekend, own], OTHER) == [weekend]
