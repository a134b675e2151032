"""What can become of a car in a session: the statuses, their codes, and reading them.

The codes are those of the field (design.md, section 5; Wikipedia's motorsport
pages): one form is shown, and what timing sheets write instead is understood.
"""

import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from racing import formats
from racing.formats import FormatError

CLASSIFIED = "classified"
NOT_CLASSIFIED = "not_classified"
RETIRED = "retired"
DISQUALIFIED = "disqualified"
DID_NOT_START = "did_not_start"
DID_NOT_QUALIFY = "did_not_qualify"
WITHDRAWN = "withdrawn"
EXCLUDED = "excluded"
RESULT_STATUSES = {
    CLASSIFIED: gettext_lazy("classified"),
    NOT_CLASSIFIED: gettext_lazy("not classified"),
    RETIRED: gettext_lazy("retired"),
    DISQUALIFIED: gettext_lazy("disqualified"),
    DID_NOT_START: gettext_lazy("did not start"),
    DID_NOT_QUALIFY: gettext_lazy("did not qualify"),
    WITHDRAWN: gettext_lazy("withdrawn"),
    EXCLUDED: gettext_lazy("excluded"),
}
CODES = {
    NOT_CLASSIFIED: "NC",
    RETIRED: "Ret",
    DISQUALIFIED: "DSQ",
    DID_NOT_START: "DNS",
    DID_NOT_QUALIFY: "DNQ",
    WITHDRAWN: "WD",
    EXCLUDED: "EX",
}
# Classified, though it was not running at the flag.
DAGGER = "†"

# As timing sheets in Swedish, English and German write them, folded and without marks.
_SPELLINGS = {
    CLASSIFIED: (
        *("classified", "class", "cla", "finished", "fin", "finish", "running", "ok"),
        *("klassificerad", "klass", "i mal", "gewertet", "klassifiziert", "im ziel"),
    ),
    NOT_CLASSIFIED: (
        *("nc", "n", "ncl", "not classified", "unclassified", "nk", "nkl"),
        *("ej klassificerad", "oklassificerad", "ej klass", "ejkl"),
        *("nicht gewertet", "nicht klassifiziert", "nicht klass"),
    ),
    RETIRED: (
        *("ret", "retired", "r", "dnf", "did not finish", "not finished", "out"),
        *("brot", "brutit", "utgatt", "bruten", "ej i mal", "ej mal", "ausfall"),
        *("ausgefallen", "nicht im ziel", "aufgegeben"),
    ),
    DISQUALIFIED: (
        *("dsq", "dq", "dis", "disq", "disqualified", "disk", "diskad"),
        *("diskvalificerad", "diskv", "disqualifiziert", "disqu"),
    ),
    DID_NOT_START: (
        *("dns", "did not start", "not started", "ej start", "ejs", "startade ej"),
        *("startade inte", "kom inte till start", "nicht gestartet", "ns"),
    ),
    DID_NOT_QUALIFY: (
        *("dnq", "did not qualify", "not qualified", "ej kval", "ej kvalificerad"),
        *("kvalade inte in", "nicht qualifiziert"),
    ),
    WITHDRAWN: (
        *("wd", "withdrawn", "withdrew", "struken", "tillbakadragen", "drog sig ur"),
        *("utgar", "zuruckgezogen"),
    ),
    EXCLUDED: (*("ex", "exc", "excl", "excluded", "utesluten", "ausgeschlossen"),),
}
_BY_SPELLING = {
    spelling: status
    for status, spellings in _SPELLINGS.items()
    for spelling in spellings
}


def code(status: str, *, is_classified: bool = False) -> str:
    """``Ret``, ``DSQ``; ``†`` for a car that retired and is classified; empty if none."""
    if status == RETIRED and is_classified:
        return DAGGER
    return CODES.get(status, "")


def parse_status(text: str) -> tuple[str, bool]:
    """(status, whether it is classified) from ``Ret``, ``DNF``, ``Bröt``, ``†``, ``DQ``.

    Understands Swedish, English and German sheets. Nothing, or a dash, is an unknown
    status: ``("", False)``. Raises FormatError for the rest.
    """
    if DAGGER in text:
        return RETIRED, True
    spelled = re.sub(r"[-_]", " ", re.sub(r"[./()*]", "", formats.fold(text)))
    spelled = " ".join(spelled.split())
    if not spelled:
        return "", False
    status = _BY_SPELLING.get(spelled)
    if status is None:
        sentence = _(
            "“%(typed)s” is not a status. Write one of %(codes)s, or † for a car that "
            "stopped and is classified."
        )
        codes = ", ".join(CODES.values())
        raise FormatError(sentence % {"typed": formats.shown(text), "codes": codes})
    return status, status == CLASSIFIED
