"""The judge of the pages' JSON-LD finds what is wrong, and nothing in what is right."""

import pytest

from tests.schemaorg import Graph


def judged(node):
    document = {"@context": "https://schema.org", "@graph": [node]}
    graph = Graph("")
    graph.documents, graph.top = [document], [node]
    return graph.problems()


GOOD = {"@type": "SportsEvent", "@id": "#a", "name": "Race"}


@pytest.mark.parametrize(
    "facts",
    [
        {"@type": "Rally"},
        {"@type": None},
        {"@type": "UserCheckins"},
        {"speed": "300"},
        {"birthDate": "1995-08-29"},
        {"attendees": {"@type": "Person", "name": "Ada"}},
        {"startDate": "2022-05-14T13:55:00"},
        {"startDate": "2022-05-14T13:55+02:00"},
        {"startDate": "14 May"},
        {"url": "/sv/"},
        {"image": "photo.jpg"},
        {"name": ""},
        {"name": 7},
        {"name": []},
        {"eventStatus": "EventCancelled"},
        {"eventStatus": "https://schema.org/FrontWheelDriveConfiguration"},
        {"location": {"@type": "Person", "name": "Ada"}},
        {"isAccessibleForFree": "yes"},
        {"organizer": {"@id": "#nobody"}},
        {"organizer": {"name": "Ada"}},
    ],
    ids=repr,
)
def test_markup_that_the_vocabulary_does_not_know_is_found(facts):
    assert judged(GOOD) == []
    assert len(judged(GOOD | facts)) >= 1
