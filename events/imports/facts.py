"""What the cells of one row of a timing table say of a result, as facts of the model.

Positions, points and times are taken as printed and never computed. A cell that says
nothing says nothing: what is stored stays.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from events.models import IN_CLASS, OVERALL, Result
from events.statuses import CLASSIFIED, DAGGER, RETIRED, parse_status
from racing import formats
from racing.formats import FormatError, Gap

MINUTE = 60_000  # ms
# The columns of a place, and the mark that it is shared.
TIES = {"position": "is_tied", "class_position": "is_tied_in_class"}
TIMES = ("time", "gap")

_NO_TIME = {"no time", "ingen tid", "utan tid", "keine zeit", "ohne zeit", "n/a"}
_YES = {"x", "1", "yes", "ja", "p", "pp", "pole", "f", "fl", "overall", "totalt"}
_YES |= {"gesamt", "*", "✓", "✔", "true"}
_IN_CLASS = {"class", "klass", "klasse", "in class", "i klassen", "in der klasse"}
_NO = {"0", "no", "nej", "nein", "false"}


@dataclass
class Said:
    """Facts of one row; `faults` are sentences by the column they are wrong in."""

    facts: dict[str, object] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)
    # Whether the status follows from the position alone.
    is_status_implied: bool = False


def said(
    cells: Mapping[str, str], *, in_class: bool = False, has_long_times: bool = False
) -> Said:
    """What a row says; `cells` are its cells by the names of FIELDS.

    `in_class`: positions are those within the class. `has_long_times`: the column of
    times holds whole races, so that 5.515 in it is a distance to the winner.
    """
    return _Row(cells, in_class, has_long_times).read()


class _Row:
    def __init__(self, cells, in_class, has_long_times):
        self.cells = cells
        self.in_class = in_class
        self.has_long_times = has_long_times
        self.said = Said()
        self.statuses = []

    @property
    def facts(self):
        return self.said.facts

    def read(self):
        for name, reader in _READERS.items():
            if text := self.cells.get(name, ""):
                try:
                    reader(self, text)
                except FormatError as error:
                    self.said.faults[name] = str(error)
        self.settle_status()
        return self.said

    # One column each

    def read_status(self, text):
        try:
            self.statuses.append(parse_status(text))
        except FormatError:
            gap = _distance(text)  # “+1 lap” is said of a car that finished
            if gap is None:
                raise
            self.facts["gap"] = gap

    def read_position(self, text):
        self.read_place("class_position" if self.in_class else "position", text)

    def read_class_position(self, text):
        self.read_place("class_position", text)

    def read_place(self, name, text):
        bare = re.sub(r"^(\d+)\s?=$", r"=\1", text.replace(DAGGER, "").strip())
        try:
            place, is_tied = formats.parse_position(bare)
        except FormatError:
            self.statuses.append(_status_of(text))
            return
        if DAGGER in text:
            self.statuses.append((RETIRED, True))
        if place is not None:
            self.facts[name] = place
            self.facts[TIES[name]] = is_tied

    def read_laps(self, text):
        laps = re.sub(r"\s?(laps?|varv|runden?)$", "", text.lower())
        if not re.fullmatch(r"\d{1,4}", laps, re.ASCII):
            sentence = _("“%(typed)s” is not a number of laps from 0 to %(most)s.")
            values = {
                "typed": formats.shown(text),
                "most": formats.whole(formats.MOST_LAPS),
            }
            raise FormatError(sentence % values)
        self.facts["laps"] = int(laps)

    def read_time(self, text):
        if self.is_no_time(text):
            return
        distance = _distance(text)
        if distance is None:
            ms = formats.parse_lap_time(text)
            if ms < MINUTE and self.has_long_times:
                distance = formats.kept_gap(Gap(ms=ms))
            elif ms:
                self.facts["time_ms"] = ms
        if distance:
            self.facts["gap"] = distance

    def read_gap(self, text):
        if self.is_no_time(text):
            return
        place = self.facts.get("class_position" if self.in_class else "position")
        is_first = place == 1 and text[0].isdigit()
        distance = formats.parse_gap(text.strip("- "))
        if is_first and distance.ms and distance.ms >= MINUTE:
            self.facts.setdefault("time_ms", distance.ms)  # the winner's own
        elif distance.ms != 0:
            self.facts["gap"] = _printed(distance)

    def is_no_time(self, text):
        """Whether a column of times holds none, but perhaps what became of the car."""
        if formats.fold(text) in _NO_TIME:
            return True
        try:
            self.statuses.append(parse_status(text))
        except FormatError:
            return False
        return True

    def read_best_lap(self, text):
        ms = 0 if formats.fold(text) in _NO_TIME else formats.parse_lap_time(text)
        if ms:
            self.facts["best_lap_ms"] = ms

    def read_grid(self, text):
        self.facts["grid"], _is_tied = formats.parse_position(text)

    def read_points(self, text):
        self.facts["points"] = formats.parse_points(text)

    def read_pole(self, text):
        self.facts["pole"] = self.best(text)

    def read_fastest_lap(self, text):
        self.facts["fastest_lap"] = self.best(text)

    def best(self, text):
        word = formats.fold(text)
        if word in _NO:
            return ""
        if word in _IN_CLASS:
            return IN_CLASS
        if word in _YES:
            return IN_CLASS if self.in_class else OVERALL
        sentence = _("“%(typed)s” is neither yes nor no: write x, class, or nothing.")
        raise FormatError(sentence % {"typed": formats.shown(text)})

    def read_note_sv(self, text):
        self.facts["note_sv"] = text

    def read_note_en(self, text):
        self.facts["note_en"] = text

    def read_source(self, text):
        self.facts["source"] = text

    # All of them

    def settle_status(self):
        """One status of what the columns say: what stopped a car goes before the rest.

        A car with a place is classified; one that is not has none.
        """
        statuses = [said for said in self.statuses if said[0]]
        stopped = [said for said in statuses if said[0] != CLASSIFIED]
        placed = any(name in self.facts for name in TIES)
        if statuses:
            status, is_classified = (stopped or statuses)[0]
        elif placed:
            status, is_classified = CLASSIFIED, True
            self.said.is_status_implied = True
        else:
            return
        self.facts["status"], self.facts["is_classified"] = status, is_classified
        if not is_classified and not placed:
            for name, tied in TIES.items():
                self.facts[name], self.facts[tied] = None, False


# In this order: what becomes of a car is asked where it is said most plainly.
_READERS = {
    "status": _Row.read_status,
    "position": _Row.read_position,
    "class_position": _Row.read_class_position,
    "time": _Row.read_time,
    "gap": _Row.read_gap,
    "laps": _Row.read_laps,
    "best_lap": _Row.read_best_lap,
    "grid": _Row.read_grid,
    "points": _Row.read_points,
    "pole": _Row.read_pole,
    "fastest_lap": _Row.read_fastest_lap,
    "note_sv": _Row.read_note_sv,
    "note_en": _Row.read_note_en,
    "source": _Row.read_source,
}
SAYING = tuple(_READERS)


def _status_of(text):
    try:
        return parse_status(text)
    except FormatError:
        sentence = _(
            "“%(typed)s” is neither a position, such as 3 or =3, nor a status, such as "
            "Ret or DSQ."
        )
        raise FormatError(sentence % {"typed": formats.shown(text)}) from None


def _distance(text):
    """A distance to the winner in a cell that might hold a time, or None."""
    bare = text.strip("- ")
    try:
        distance = formats.parse_gap(bare)
    except FormatError:
        return None
    is_one = bare.startswith("+") or distance.laps is not None
    return _printed(distance) if is_one else None


def _printed(distance):
    """As a distance is kept; nobody is no distance behind himself."""
    return "" if distance.ms == 0 else formats.kept_gap(distance)


def has_long_times(texts) -> bool:
    """Whether a column of times holds one of a minute or more."""
    for text in texts:
        try:
            if text[:1] != "+" and formats.parse_lap_time(text) >= MINUTE:
                return True
        except FormatError:
            continue
    return False


# Beside what is stored


def fitted(
    said: Said, stored: Result | None, has: tuple[str, ...]
) -> dict[str, object]:
    """The facts to keep beside a stored result.

    A table without a status leaves a car its †. One column of times and distances
    says of a car either the one or the other (`has` names those of TIMES there are);
    another spelling of the same distance is no change.
    """
    facts = dict(said.facts)
    if stored is None:
        return facts
    if said.is_status_implied and stored.status == RETIRED and stored.is_classified:
        del facts["status"], facts["is_classified"]
    if "gap" in facts and facts["gap"] == (_distance(stored.gap) or stored.gap):
        facts["gap"] = stored.gap
    if len(has) == 1:
        if "time_ms" in facts and facts["time_ms"] != stored.time_ms:
            facts.setdefault("gap", "")
        elif "gap" in facts and facts["gap"] != stored.gap:
            facts.setdefault("time_ms", None)
    return facts
