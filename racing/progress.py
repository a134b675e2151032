"""How far a long command has come: a bar on a terminal, and nothing anywhere else."""

from collections.abc import Callable, Iterator, Sequence
from typing import TextIO

WIDTH = 30  # characters of a full bar

Progress = Callable[[str, Sequence], Iterator]


def quietly(label: str, items: Sequence) -> Iterator:
    """Progress that nobody watches."""
    return iter(items)


def bar(stream: TextIO, *, is_wanted: bool = True) -> Progress:
    """What yields the items it is given and shows on the stream how many are done.

    Only where somebody looks: a file or a pipe is told nothing.
    """
    if not (is_wanted and stream.isatty()):
        return quietly

    def progress(label, items):
        shown = -1
        for done, item in enumerate(items):
            if (percent := 100 * done // len(items)) != shown:
                _draw(stream, label, percent)
                shown = percent
            yield item
        if items:
            _draw(stream, label, 100)
            stream.write("\n")

    return progress


def _draw(stream, label, percent):
    full = "#" * (WIDTH * percent // 100)
    stream.write(f"\r{label:10} [{full:{WIDTH}}] {percent:3} %")
    stream.flush()
