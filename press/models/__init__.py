"""What the press office has of its own: whom to call."""

from press.models.contacts import Contact

__all__ = ["Contact"]
