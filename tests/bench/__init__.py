"""How fast the site is with a championship of 30,000 results, measured and told.

    python -m tests.bench.import_career    the import, against its limit of 10 seconds
    python -m tests.bench.driver_page      350 races against the demonstration's driver
    python -m tests.bench.lists            lists, search and admin with few rows and many
    python -m tests.bench.renditions       all copies of a photo of 24 megapixels
    python -m tests.bench.documents        a biography and a fact sheet as text, Word and PDF

Nothing here fails: seconds hang on the machine and on what else it does. Ratios hang on
them less, and the least of several runs least of all. The database is SQLite in a folder
that goes away again, or the one of DATABASE_URL, which must be empty and is left filled.
"""
