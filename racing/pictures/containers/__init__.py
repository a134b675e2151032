"""How the kinds of picture files are put together, one module for each.

Each takes a file apart into `Contents` and puts it together again without anything
that is not needed to show the picture; none decodes a pixel. Each offers::

    read(data) -> Contents       raises ValueError for what is not of its kind
    rebuilt(data, metadata) -> bytes     raises ValueError for what is not whole
"""
