"""Where to watch: which links to offer, in the order a viewer needs them."""

from collections.abc import Iterable

from events.models import FREE, LIVE_TIMING, OTHER, STREAM, EventLink, Session
from events.states import COMING, OFF, OVER

REPLAY = "replay"
# What every viewer may be able to follow, where nothing is in the reader's language.
ENGLISH = "en"
# As `EventLink.access` says it, the dearest last; empty is not known.
BY_COST = (FREE, "", "paid")


def where_to_watch(
    links: Iterable[EventLink],
    session: Session | None = None,
    language: str = "sv",
    state: str = COMING,
) -> list[EventLink]:
    """The links to moving pictures of a session, the most useful first.

    `links` are all of its weekend; without a session those of the whole weekend are
    meant. `state` is the session's or the weekend's: before and while it runs these
    are streams and channels, when it is over recordings; of one that is called off
    there is nothing to see. `language` is the reader's. Each address stands once.
    """
    if state in OFF:
        return []
    is_offered = shows_again if state == OVER else _shows_live
    offered = [link for link in _of(links, session) if is_offered(link)]
    found: dict[str, EventLink] = {}
    for link in sorted(offered, key=lambda link: _use(link, language)):
        found.setdefault(link.url, link)
    return list(found.values())


def live_timing(links: Iterable[EventLink], session: Session) -> list[EventLink]:
    """The live timing of a session: its own, else that of the whole weekend."""
    timing = [link for link in _of(links, session) if link.kind == LIVE_TIMING]
    return [link for link in timing if link.session_id] or timing


def shows_again(link: EventLink) -> bool:
    """Whether the link leads to a recording when all is over."""
    return link.kind == REPLAY or (link.is_to_watch and link.has_replay)


def _shows_live(link):
    return link.is_to_watch


def _of(links, session):
    """Its own and the weekend's; what is no racing, such as a talk, its own alone."""
    keys = {session and session.pk}
    if session is None or session.kind != OTHER:
        keys.add(None)
    return [link for link in links if link.session_id in keys]


def _use(link, language):
    """What comes first has the lowest: a recording as such before a stream with one."""
    return (
        link.session_id is None,
        link.kind != REPLAY,
        _language(link, language),
        BY_COST.index(link.access),
        link.kind != STREAM,
        link.pk,
    )


def _language(link, language):
    """The reader's own, then English, then what is not told, then the others."""
    ranks = {ENGLISH: 1, "": 2} | {language: 0}
    return ranks.get(link.language, 3)
