"""What the admin of every app is made of: records, rows on their pages, two editors."""

from racing.adminsite.editors import TellsFromLog
from racing.adminsite.options import (
    SearchSelect,
    StackedRecordInline,
    TabularRecordInline,
    is_key,
)
from racing.adminsite.pages import RecordAdmin

__all__ = [
    "RecordAdmin",
    "SearchSelect",
    "StackedRecordInline",
    "TabularRecordInline",
    "TellsFromLog",
    "is_key",
]
