"""What the admin of every app is made of: records, rows on their pages, two editors."""

from racing.adminsite.editors import TellsFromLog
from racing.adminsite.options import (
    RecordRows,
    SearchSelect,
    is_key,
)
from racing.adminsite.pages import FOLDED_SOURCE, SOURCE, RecordAdmin

__all__ = [
    "FOLDED_SOURCE",
    "SOURCE",
    "RecordAdmin",
    "RecordRows",
    "SearchSelect",
    "TellsFromLog",
    "is_key",
]
