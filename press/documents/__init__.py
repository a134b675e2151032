"""Documents that a journalist takes away, as text, Word and PDF, and ZIPs of files.

`tree` holds what a document says; `text`, `word` and `pdf` write it, each the same
facts to the character and the same bytes for the same tree; `zips` packs files.
Nothing here asks the database or the clock.
"""
