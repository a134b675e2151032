"""Finding a driver by a name as timing sheets and people write it.

``Andreas Bäckman``, ``BÄCKMAN Andreas``, ``Bäckman, Andreas``, ``A. Bäckman``,
``Bäckman A.`` and ``backman`` alone may all mean the same; the crew of the car is
looked at first, then everybody the site knows.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from drivers.models import Driver
from racing import formats

# What stands between the names of a crew. A comma may also stand within a name.
_BETWEEN = re.compile(r"\s*(?:[/;&+|\n]|\bund\b|\boch\b|\band\b)\s*", re.IGNORECASE)


def split_names(text: str) -> list[str]:
    """The names in ``A. Andersson / B. Berg``, ``Andersson, Berg`` or ``Berg, Bo``.

    One comma between a surname and a first name cannot be told from one between two
    surnames: `Names.find_all` tries both.
    """
    return [name for name in _BETWEEN.split(text) if name.strip(" ,")]


class Names:
    """Drivers by every way of writing their names."""

    def __init__(self, drivers: Iterable[Driver]):
        self._spellings = defaultdict(dict)
        for driver in drivers:
            for spelling in _spellings(driver):
                self._spellings[spelling][driver.pk] = driver

    def find(self, text: str, crew: Sequence[Driver] = ()) -> list[Driver]:
        """The drivers that a name may mean: one where it is clear, none where unknown."""
        found = self._spellings.get(_plain(text), {})
        in_crew = [driver for driver in crew if driver.pk in found]
        return in_crew or list(found.values())

    def find_all(
        self, text: str, crew: Sequence[Driver] = ()
    ) -> list[tuple[str, list[Driver]]]:
        """Each name of a crew with the drivers it may mean."""
        found = []
        for name in split_names(text):
            whole = self.find(name, crew)
            if whole or "," not in name:
                found.append((name, whole))
                continue
            parts = [part.strip() for part in name.split(",") if part.strip()]
            apart = [(part, self.find(part, crew)) for part in parts]
            is_list = len(parts) != 2 or any(drivers for _part, drivers in apart)
            found += apart if is_list else [(name, [])]
        return found


def _spellings(driver):
    first, last = _plain(driver.first_name), _plain(driver.last_name)
    initials = "".join(word[0] for word in first.split())
    yield from {
        last,
        f"{first} {last}",
        f"{last} {first}",
        f"{initials[:1]} {last}",
        f"{last} {initials[:1]}",
        f"{initials} {last}",
        f"{last} {initials}",
        _plain(driver.full_name) or last,
        driver.slug,
    }


def _plain(text):
    """Folded, with nothing but letters, digits and hyphens between single blanks."""
    return " ".join(re.sub(r"[^\w\-]+", " ", formats.fold(text)).split())
