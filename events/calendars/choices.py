"""What a subscriber may choose: kinds of sessions, and a reminder."""

import re
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from events.models import SESSION_KINDS

KINDS, ALARM = "kinds", "alarm"
LONGEST_ALARM = 10_080  # minutes: a week
_MINUTES = re.compile(r"[0-9]{1,5}")


class ChoiceError(ValueError):
    """A parameter that says nothing known; its text is a translated sentence."""


@dataclass(frozen=True)
class Choice:
    """`kinds` of sessions, all without any; `alarm` in minutes before, or none."""

    kinds: tuple[str, ...] = ()
    alarm: int | None = None

    @classmethod
    def read(cls, query: QueryDict) -> "Choice":
        """What an address asks for. Raises ChoiceError; other parameters are let be."""
        return cls(
            kinds=_kinds(query.getlist(KINDS)), alarm=_alarm(query.getlist(ALARM))
        )

    @property
    def query(self) -> str:
        """What is chosen as the end of an address, always in the same order."""
        asked = []
        if self.kinds:
            asked.append(f"{KINDS}={','.join(self.kinds)}")
        if self.alarm is not None:
            asked.append(f"{ALARM}={self.alarm}")
        return f"?{'&'.join(asked)}" if asked else ""


def _kinds(given):
    asked = {kind for text in given for kind in text.split(",")}
    if asked - SESSION_KINDS.keys():
        sentence = _("The parameter kinds takes one or more of %(kinds)s, with commas.")
        raise ChoiceError(sentence % {"kinds": ", ".join(SESSION_KINDS)})
    return tuple(kind for kind in SESSION_KINDS if kind in asked)


def _alarm(given):
    if not given:
        return None
    text = ",".join(given)
    if not _MINUTES.fullmatch(text) or int(text) > LONGEST_ALARM:
        sentence = _(
            "The parameter alarm takes a whole number of minutes before the start, "
            "0 to %(most)s."
        )
        raise ChoiceError(sentence % {"most": LONGEST_ALARM})
    return int(text)
