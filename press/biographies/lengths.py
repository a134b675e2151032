"""How many words a biography has, and how many it may have."""

from racing.models import LONG

# The fewest and the most words of each length; a long one may be as long as it likes.
WORDS = {25: (15, 30), 60: (45, 70), 150: (115, 175)}


def word_count(text: str) -> int:
    """Words as newsrooms count them: what blanks part, with a letter or a digit."""
    return sum(any(map(str.isalnum, word)) for word in text.split())


def bounds(length: int) -> tuple[int, int] | None:
    """The fewest and the most words of a length, None for a long biography."""
    return None if length == LONG else WORDS[length]
