"""Finding a driver by a name as timing sheets and people write it.

``Andreas Bäckman``, ``BÄCKMAN Andreas``, ``Bäckman, Andreas (SWE)``, ``A. Bäckman``,
``Bäckman A.`` and ``backman`` alone may all mean the same; the crew of the car is
looked at first, then everybody the site knows.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from drivers.models import Driver
from racing import formats

# What stands between the names of a crew. A comma may also stand within a name.
_BETWEEN = re.compile(r"\s*[/;&+|\n]\s*|\s+(?:und|och|and)\s+", re.IGNORECASE)
Found = tuple[str, list[Driver]]


def split_names(text: str) -> list[str]:
    """The names in ``A. Andersson / B. Berg``; commas are left as they stand.

    One between a surname and a first name cannot be told from one between two
    surnames: `Names.find_all` tries both.
    """
    names = (name.strip() for name in _BETWEEN.split(text))
    return [name for name in names if _plain(name)]


class Names:
    """Drivers, saved or not, by every way of writing their names.

    A driver's address tells that two objects are the same person.
    """

    def __init__(self, drivers: Iterable[Driver]):
        self._spellings = defaultdict(dict)
        for driver in drivers:
            self.add(driver)

    def add(self, driver: Driver):
        """Know one driver more."""
        for spelling in _spellings(driver):
            self._spellings[spelling][driver.slug] = driver

    def find(self, text: str, crew: Sequence[Driver] = ()) -> list[Driver]:
        """The drivers that a name may mean: one where it is clear, none where unknown."""
        found = self._spellings.get(_plain(text), {})
        in_crew = [driver for driver in crew if driver.slug in found]
        return in_crew or list(found.values())

    def find_all(self, text: str, crew: Sequence[Driver] = ()) -> list[Found]:
        """Each name of a crew with the drivers it may mean."""
        found = []
        for name in split_names(text):
            found += self._with_commas(name, crew)
        return found

    def _with_commas(self, name, crew):
        """A name, or several between which only commas stand.

        ``Berg, Bo`` is one that nobody bears where neither part is anybody's name.
        """
        whole = self.find(name, crew)
        parts = [part.strip() for part in name.split(",") if _plain(part)]
        if whole or len(parts) < 2:
            return [(name, whole)]
        pairs = [", ".join(parts[at : at + 2]) for at in range(0, len(parts), 2)]
        turned = [(pair, self.find(pair, crew)) for pair in pairs]
        if len(parts) > 2 and all(drivers for _pair, drivers in turned):
            return turned
        apart = [(part, self.find(part, crew)) for part in parts]
        is_list = (
            len(parts) > 2
            or any(drivers for _part, drivers in apart)
            or all(" " in part for part in parts)  # whole names
        )
        return apart if is_list else [(name, [])]


def _spellings(driver):
    first, last = _plain(driver.first_name), _plain(driver.last_name)
    letters = [word[0] for word in first.split()]
    for given in {first, *letters[:1], "".join(letters), " ".join(letters)}:
        yield from (f"{given} {last}", f"{last} {given}")
    yield from (last, _plain(driver.full_name) or last, _plain(driver.slug))


def _plain(text):
    """Folded words between single blanks; what stands in brackets is left out."""
    words = re.sub(r"\([^)]*\)", " ", formats.fold(text)).replace("'", "")
    return " ".join(re.findall(r"\w+", words))
