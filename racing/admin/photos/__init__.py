"""The admin of photos: uploading many, the page of one, and what keeps one back."""

from racing.admin.photos.pages import PhotoAdmin

__all__ = ["PhotoAdmin"]
