"""Content lines of iCalendar, from texts as people wrote them to octets.

RFC 5545, section 3.1: lines of at most 75 octets that end in CRLF, longer ones folded;
section 3.3.11: how TEXT is escaped; section 3.2 and RFC 6868: parameters.
"""

import re
from collections.abc import Iterable, Mapping

LONGEST = 75  # octets of a line, without its end
FOLD = b"\r\n "

_NEW_LINE = re.compile("\r\n|[\r\n\x85\u2028\u2029]")
# CONTROL of RFC 5545, section 3.1, and halves of pairs, which UTF-8 does not know.
_REFUSED = re.compile("[\x00-\x08\x0a-\x1f\x7f\ud800-\udfff]")
# RFC 6868. Readers there are take a backslash for an escape, which it is not here.
_PARAMETER = str.maketrans({"^": "^^", '"': "^'", "\n": "^n", "\\": "/"})
# RFC 5545 wants them for : ; and ,. There is a reader that loses spaces around = and at
# the ends of what has none.
_NEEDS_QUOTES = re.compile(r"[:;,=]|^\s|\s$")


def text(value: str) -> str:
    """A value of type TEXT: every kind of new line is written ``\\n``."""
    escaped = value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return _NEW_LINE.sub(r"\\n", escaped)


def parameter(value: str) -> str:
    """The value of a parameter, in quotes where it needs them."""
    written = _NEW_LINE.sub("\n", value).translate(_PARAMETER)
    return f'"{written}"' if _NEEDS_QUOTES.search(written) else written


def line(name: str, value: str, parameters: Mapping[str, str]) -> str:
    """A property whose value is escaped already, with parameters that are not."""
    named = (f";{key}={parameter(given)}" for key, given in parameters.items())
    return f"{name}{''.join(named)}:{value}"


def octets(lines: Iterable[str]) -> bytes:
    """Lines as they are sent.

    Control characters are dropped here, so that no text can begin a line of its own.
    """
    return b"".join(_octets(each) for each in lines)


def _octets(each):
    if len(each) <= LONGEST and each.isascii() and each.isprintable():
        return each.encode() + b"\r\n"
    return _folded(_REFUSED.sub("", each).encode()) + b"\r\n"


def _folded(whole):
    """A line in parts that begin with a space and cut no character in two."""
    parts, start, room = [], 0, LONGEST
    while len(whole) - start > room:
        end = start + room
        while _is_inside_a_character(whole[end]):
            end -= 1
        parts.append(whole[start:end])
        start, room = end, LONGEST - 1  # the space takes one octet
    return FOLD.join([*parts, whole[start:]])


def _is_inside_a_character(octet):
    """RFC 3629: all octets of a character but the first begin with the bits 10."""
    return octet & 0b1100_0000 == 0b1000_0000
