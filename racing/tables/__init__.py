"""Tables that people paste and upload: `reading` makes them, `columns` reads them."""
