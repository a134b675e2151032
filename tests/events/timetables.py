"""The timetable of a weekend as an officer types it, reads it and publishes it."""

from django.urls import reverse

from events.models import DraftSession
from tests.adminpages import filled


def address(event, page="timetable"):
    return reverse(f"admin:events_event_{page}", args=[event.pk])


def opened(client, event):
    """What the screen sends when it is saved untouched."""
    return filled(client.get(address(event)))


def row(line, **typed):
    """What is typed into the boxes of a session, or of one that is drafted."""
    kind = "draft" if isinstance(line, DraftSession) else "session"
    return {f"{kind}-{line.pk}-{name}": text for name, text in typed.items()}


def new(number=0, **typed):
    """What is typed into an empty row: a race on Saturday at 13:55."""
    race = {"kind": "race", "name_sv": "Race", "day": "2022-05-14", "time": "13:55"}
    return {f"new-{number}-{name}": text for name, text in (race | typed).items()}


def boxes(data, line):
    """What the boxes of a row hold."""
    prefix = next(iter(row(line, x=""))).removesuffix("x")
    return {
        name.removeprefix(prefix): text
        for name, text in data.items()
        if name.startswith(prefix)
    }


def save(client, event, data, *rows):
    """Post the screen with what is typed into rows; a redirect where it is saved."""
    for typed in rows:
        data = data | typed
    return client.post(address(event), data)


def enter(client, event, *rows):
    """Type rows into the screen as it is now, and save; nothing was refused."""
    response = save(client, event, opened(client, event), *rows)
    assert response.status_code == 302, said(response)
    return response


def said(response):
    """What stands at each box: {"new-0-time": sentences}; nothing was saved."""
    assert response.status_code == 200
    return {
        f"{line.prefix}-{name}": list(sentences)
        for line in response.context["lines"].rows
        if not line.is_valid
        for name, sentences in line.form.errors.items()
    }


def conflict(response):
    """What the screen says on top to the second to save, without the hour."""
    sentences = list(response.context["screen"].conflict)
    return [sentence.partition(" on ")[0] for sentence in sentences[:1]] + sentences[1:]


def shown(client, event):
    """The sentences on what publishing would change."""
    page = client.get(address(event, "publish"))
    return [sentence for told in page.context["told"] for sentence in told.sentences]


def publish(client, event, **why):
    """Publish what the page shows; the response."""
    data = filled(client.get(address(event, "publish")))
    return client.post(address(event, "publish"), data | why | {"_publish": "x"})


def messages(client):
    """What the next page says of the last ones, without the links."""
    page = client.get("/admin/")
    return [str(message) for message in page.context["messages"]]
