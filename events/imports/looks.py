"""What the values of a column look like: positions, start numbers, names, times.

The predicates take the cells of one column that are not empty.
"""

import itertools
import re
from collections.abc import Callable

from racing.formats import LONGEST_TIME, FormatError, parse_gap, parse_lap_time

TEN_MINUTES = 10 * 60 * 1000


def size(value: str) -> int | None:
    """A whole number as it is, a time in ms, laps as more than any time; else None."""
    bare = value.removeprefix("=").removesuffix(".").strip()
    if bare.isdecimal() and len(bare) < 10:
        return int(bare)
    try:
        gap = parse_gap(value)
    except FormatError:
        return None
    return gap.laps * LONGEST_TIME if gap.ms is None else gap.ms


def _time(value: str) -> int | None:
    """A time in ms; None for whole numbers, gaps and the rest."""
    try:
        return parse_lap_time(value)
    except FormatError:
        return None


def _mostly(values: list[str], holds: Callable[[str], object]) -> bool:
    return bool(values) and sum(map(bool, map(holds, values))) >= 0.8 * len(values)


def _is_number(value: str) -> bool:
    return bool(re.fullmatch(r"#?\s?(?=[A-Z]*\d)[0-9A-Z]{1,4}", value, re.ASCII))


def are_numbers(values: list[str]) -> bool:
    return _mostly(values, _is_number)


def are_whole(values: list[str]) -> bool:
    return _mostly(values, str.isdecimal)


def are_clock_times(values: list[str]) -> bool:
    return _mostly(values, re.compile(r"\d{1,2}[:.]\d\d(?:[:.]\d\d)?").fullmatch)


def are_ranks(values: list[str]) -> bool:
    """1, 2, 3 … with shared places; after the last number only codes such as DNF."""
    sizes = [size(value) for value in values]
    ranks = list(itertools.takewhile(lambda size: size is not None, sizes))
    follow = all(
        rank in (before, count)
        for count, (before, rank) in enumerate(itertools.pairwise(ranks), start=2)
    )
    codes = sizes[len(ranks) :]
    return len(ranks) > 1 and ranks[0] == 1 and follow and not any(codes)


def are_distinct_numbers(values: list[str]) -> bool:
    return len(values) > 1 and are_numbers(values) and len(set(values)) == len(values)


def are_people(values: list[str]) -> bool:
    """Two words or more without digits, and nobody twice: not teams, not cars."""
    people = _mostly(values, re.compile(r"[^\W\d][^\d]*[\s.,][^\d]*").fullmatch)
    return people and len(set(values)) == len(values)


def are_gaps(values: list[str]) -> bool:
    return _mostly(values, lambda value: value[0] == "+" and size(value) is not None)


def are_race_times(values: list[str]) -> bool:
    """Times of ten minutes or more, the winner's first."""
    times = [time for time in map(_time, values) if time is not None]
    long = bool(times) and times[0] >= TEN_MINUTES and times == sorted(times)
    return long and _mostly(values, _time)


def are_lap_times(values: list[str]) -> bool:
    """Times shorter than ten minutes, of which none is twice another."""
    times = [time for time in map(_time, values) if time is not None]
    alike = bool(times) and max(times) < min(TEN_MINUTES, 2 * min(times))
    return alike and _mostly(values, _time)
