"""Whole careers and championships out of tables: see docs/import.md for the columns.

`rows` reads tables into rows; `site`, `people` and `weekends` find what they name, or
draft it; `lines` makes results and seasons of them; `importing` is the way in.
"""
