"""A page of the admin as a browser would fill it in and send it."""

from html.parser import HTMLParser

from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from tests.factories import make_user


class Form(HTMLParser):
    """Gathers what a browser sends for a page that is left as it is."""

    def __init__(self, html):
        super().__init__()
        self.values = {}
        self._select = self._textarea = None
        self._is_single = True
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        name = attrs.get("name")
        if tag == "input" and name:
            self._read_input(name, attrs)
        elif tag == "select" and name:
            self._select, self._is_single = name, "multiple" not in attrs
        elif tag == "option" and self._select and "selected" in attrs:
            self.values.setdefault(self._select, []).append(attrs.get("value", ""))
        elif tag == "textarea":
            self._textarea = name
            self.values[name] = [""]

    def handle_data(self, data):
        if self._textarea:
            text = data.removeprefix("\n").replace("\n", "\r\n")
            self.values[self._textarea][0] += text

    def handle_endtag(self, tag):
        if tag == "textarea":
            self._textarea = None
        elif tag == "select":
            if self._is_single:
                self.values.setdefault(self._select, [""])
            self._select = None

    def _read_input(self, name, attrs):
        kind = attrs.get("type")
        if kind in ("submit", "file"):
            return
        is_box = kind in ("checkbox", "radio")
        if is_box and "checked" not in attrs:
            return
        default = "on" if is_box else ""
        self.values.setdefault(name, []).append(attrs.get("value", default))


def filled(response):
    """What the page sends when it is saved untouched: {name: value or values}."""
    values = Form(response.content.decode()).values
    return {
        name: found[0] if len(found) == 1 else found for name, found in values.items()
    }


def add_row(data, prefix, **values):
    """Add a row to a group of rows, as the page's own button does."""
    index = int(data[f"{prefix}-TOTAL_FORMS"])
    empty = f"{prefix}-__prefix__-"
    for name in [name for name in data if name.startswith(empty)]:
        data[f"{prefix}-{index}-{name.removeprefix(empty)}"] = data[name]
    data |= {f"{prefix}-{index}-{name}": value for name, value in values.items()}
    data[f"{prefix}-TOTAL_FORMS"] = str(index + 1)


def errors(response):
    """Every error the page shows: {field of the form: sentences}; "" for the page."""
    context = response.context
    found = {}
    for name, said in context["adminform"].form.errors.items():
        found["" if name == "__all__" else name] = list(said)
    for group in context["inline_admin_formsets"]:
        if said := group.formset.non_form_errors():
            found[group.formset.prefix] = list(said)
        for form in group.formset.forms:
            for name, said in form.errors.items():
                field = "" if name == "__all__" else f"-{name}"
                found[f"{form.prefix}{field}"] = list(said)
    return found


def press_officer(username="press"):
    """Somebody in the group of press officers, who may log in to the admin."""
    user = make_user(username=username, is_staff=True)
    user.groups.add(Group.objects.get(name="Press officers"))
    return user


def client_of(user):
    """A browser that asks for English, with somebody logged in."""
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


def page_of(record):
    """Where a record is changed."""
    opts = record._meta
    name = f"admin:{opts.app_label}_{opts.model_name}_change"
    return reverse(name, args=[record.pk])


def opened(client, record):
    """What the page of a record sends when it is saved untouched."""
    return filled(client.get(page_of(record)))


def save(client, record, data, **changes):
    """Post the page with changes; the response is a redirect where it is saved."""
    return client.post(page_of(record), data | changes)


def refused(client, record, data, **changes):
    """What the page says to each field when it does not save."""
    response = save(client, record, data, **changes)
    assert response.status_code == 200
    return errors(response)


def told(response):
    """What the page says on top to the second to save, without the hour."""
    assert response.status_code == 200
    sentences = errors(response)[""]
    return [sentence.partition(" on ")[0] for sentence in sentences[:1]] + sentences[1:]
