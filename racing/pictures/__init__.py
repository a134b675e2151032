"""The files of photos: what they say of themselves, and the copies made of them."""
