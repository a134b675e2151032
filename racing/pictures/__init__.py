"""The files of photos: what they say of themselves, and what is made of them.

Nothing here asks the database or knows the models: bytes go in and bytes come out.
"""
