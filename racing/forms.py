"""Form fields for facts that are kept as numbers and typed as people write them."""

import datetime as dt
import re
from collections.abc import Callable

from django import forms
from django.core.exceptions import ValidationError
from django.template import loader
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from racing import colours, dates, formats, outlines, uploads, zones
from racing.formats import FormatError

LONGEST_DURATION = 100 * 60  # minutes; no session lasts longer


# How a length of time is typed


_DURATIONS = [
    re.compile(spelling, re.ASCII | re.VERBOSE)
    for spelling in (
        r"(?P<h>\d{1,3}) : (?P<m>\d\d)",  # 1:30
        r"""(?P<h>\d{1,3}) \s? (?:h|hours?|tim|timmar|timme) \.?
            (?:\s? (?P<m>\d{1,2}) \s? (?:m|min|minutes?|minuter)? \.?)?""",
        r"(?P<m>\d{1,4}) \s? (?:m|min|minutes?|minuter)? \.?",  # 45 min, 45
    )
]
_HALF_HOURS = re.compile(r"(\d{1,2})[.,]5\s?(?:h|hours?|tim|timmar)\.?", re.ASCII)


def parse_duration(text: str) -> int:
    """Minutes from ``45 min``, ``6 h``, ``1 h 30 min``, ``1:30``, ``1,5 h`` or ``45``.

    Understands what `racing.dates.duration` prints, in both languages. Raises
    FormatError for the rest, for nothing at all and for 100 hours and more.
    """
    plain = " ".join(text.split()).lower()
    if match := _HALF_HOURS.fullmatch(plain):
        minutes = int(match[1]) * 60 + 30
    elif match := next((m for d in _DURATIONS if (m := d.fullmatch(plain))), None):
        parts = match.groupdict()
        hours, rest = int(parts.get("h") or 0), int(parts["m"] or 0)
        minutes = -1 if parts.get("h") and rest > 59 else hours * 60 + rest
    else:
        minutes = -1
    if minutes < 0:
        sentence = _(
            "“%(typed)s” is not a length of time. Write for example 45 min, 6 h or 1:30."
        )
        raise FormatError(sentence % {"typed": formats.shown(text)})
    if minutes == 0:
        raise FormatError(_("The session would end at its start."))
    if minutes >= LONGEST_DURATION:
        raise FormatError(_("A session is shorter than 100 hours."))
    return minutes


# Widgets


class Framed:
    """A widget with something beside its box, drawn by a template of the project."""

    frame = ""

    def _render(self, template_name, context, renderer=None):
        box = super()._render(template_name, context, renderer)
        return loader.render_to_string(self.frame, context | {"box": box})


class DateInput(forms.DateInput):
    """The device's own calendar: one tap on a phone."""

    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%d")


class WallTimeInput(Framed, forms.TimeInput):
    """A time of day, with the name of the zone whose clock shows it beside it."""

    frame = "admin/widgets/wall_time.html"
    # Such as “Europe/Berlin, CEST, UTC+2”, once the circuit is known.
    zone_name = gettext_lazy("the circuit’s time zone")

    def __init__(self, attrs=None):
        attrs = {"class": "wall-time", "inputmode": "numeric"} | (attrs or {})
        super().__init__(attrs, format="%H:%M")

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        context["widget"]["zone_name"] = self.zone_name
        return context


class ZoneInput(Framed, forms.TextInput):
    """A text box that offers the zones with what has been typed in their name."""

    frame = "admin/widgets/time_zone.html"

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"]["list"] = f"{context['widget']['attrs']['id']}_zones"
        context["widget"]["zones"] = zones.names()
        return context


class ColourInput(Framed, forms.TextInput):
    """A text box with the colour beside it."""

    frame = "admin/widgets/colour.html"

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        try:
            context["widget"]["colour"] = colours.parse_hex(value or "")
        except FormatError:
            context["widget"]["colour"] = ""
        return context

    class Media:
        js = [forms.Script("racing/js/admin-colour.js", type="module")]


# Fields


class TypedField(forms.Field):
    """A fact of a model kept in one form and typed in another.

    A kind of it gives `parse`, from what was typed to what is kept, which raises
    FormatError, and `show`, the way back.
    """

    widget = forms.TextInput
    parse: Callable[[str], object]
    show: Callable[[object], str]

    @classmethod
    def for_column(cls, column):
        """The field for a model's column, with its name and its help text."""
        return cls(
            label=capfirst(column.verbose_name),
            help_text=column.help_text,
            required=not column.blank,
            empty_value=None if column.null else "",
        )

    def __init__(self, *, empty_value=None, **kwargs):
        super().__init__(**kwargs)
        self.empty_value = empty_value

    def prepare_value(self, value):
        """What the box shows: what is kept as people write it, what is typed as typed."""
        if value in self.empty_values or isinstance(value, str):
            return value
        return self.show(value)

    def to_python(self, value):
        if value in self.empty_values or not value.strip():
            return self.empty_value
        try:
            return self.parse(value)
        except FormatError as error:
            raise ValidationError(str(error), code="invalid") from error

    def has_changed(self, initial, data):
        """Another spelling of the same is no change."""
        try:
            stored = self.empty_value if initial in self.empty_values else initial
            return self.to_python(data or "") != stored
        except ValidationError:
            return True


class LapTimeField(TypedField):
    """Milliseconds, typed as 1:47.095."""

    parse = staticmethod(formats.parse_lap_time)
    show = staticmethod(formats.lap_time)


class TrackLengthField(TypedField):
    """Metres, typed as 4,574 km or 4574 m."""

    parse = staticmethod(formats.parse_length)
    show = staticmethod(formats.length)


class PointsField(TypedField):
    """Points, typed with a point or a comma."""

    parse = staticmethod(formats.parse_points)
    show = staticmethod(formats.points)


class DurationField(TypedField):
    """Minutes, typed as 45 min, 6 h or 1:30."""

    parse = staticmethod(parse_duration)
    show = staticmethod(dates.duration)


class ColourField(TypedField):
    """A colour as #rrggbb, in lower case."""

    widget = ColourInput
    parse = staticmethod(colours.parse_hex)
    show = staticmethod(str)


class TimeZoneField(TypedField):
    """The IANA name of a time zone, forgiving about capitals and blanks."""

    widget = ZoneInput

    @staticmethod
    def parse(text):
        typed = "_".join(text.split()).casefold()
        known = (name for name in zones.names() if name.casefold() == typed)
        return zones.zone(next(known, text)).key

    show = staticmethod(str)


_WALL_TIME = re.compile(r"(\d{1,2})[:.]?(\d\d)(?::\d\d)?", re.ASCII)


class WallTimeField(forms.TimeField):
    """A time of day, typed as 16:20, 16.20 or 1620."""

    widget = WallTimeInput
    input_formats = ["%H:%M"]
    default_error_messages = {
        "invalid": gettext_lazy("Write the time as on a 24-hour clock, such as 16:20.")
    }

    def to_python(self, value):
        """Minutes have two digits: whoever writes 16:2 has not finished."""
        if value in self.empty_values or isinstance(value, dt.time):
            return super().to_python(value)
        match = _WALL_TIME.fullmatch(value.strip())
        if match is None:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(f"{match[1]}:{match[2]}")

    def has_changed(self, initial, data):
        """Seconds are not shown and so not changed."""
        try:
            typed = self.to_python(data)
        except ValidationError:
            return True
        return typed != (initial and initial.replace(second=0, microsecond=0))


class LongTextField(forms.CharField):
    """A text of several lines, whose ends are kept as one character.

    Browsers send two, and so every text would look changed.
    """

    def to_python(self, value):
        return super().to_python(value).replace("\r\n", "\n").replace("\r", "\n")

    def has_changed(self, initial, data):
        return super().has_changed(self.to_python(initial), data)


class PhotoField(forms.ImageField):
    """An image that is looked at before it is decoded."""

    def to_python(self, data):
        if data not in self.empty_values:
            uploads.validate_photo(data)
        return super().to_python(data)


class OutlineField(forms.FileField):
    """A GeoJSON file, read into the text in which an outline is kept."""

    widget = forms.FileInput(attrs={"accept": ".geojson,.json,application/geo+json"})

    def clean(self, data, initial=None):
        file = super().clean(data, initial)
        if not file:
            return ""
        if file.size > outlines.LARGEST_FILE:
            raise ValidationError(
                _("The file is larger than 1 MB; an outline needs far less.")
            )
        try:
            return outlines.as_text(outlines.parse_geojson(file.read()))
        except FormatError as error:
            raise ValidationError(str(error), code="invalid") from error
