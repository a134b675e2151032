"""Copies of a photo's file that differ in what they say of it, not in a pixel."""

from racing.pictures import exif, labels
from racing.pictures.containers import kinds
from racing.pictures.containers.contents import Contents, Metadata
from racing.pictures.labels import Label


def labelled(data: bytes, label: Label) -> bytes:
    """A copy with the label in it and no other metadata; its pixels stay compressed.

    What the camera and others wrote is gone: place, serial numbers, notes of the maker,
    small and second pictures, comments, whatever stands behind the picture. What shows
    the picture right stays: colour profile, orientation, transparency. The same file
    and label give the same bytes.

    Raises ValueError for all but whole JPEG, PNG, WebP and AVIF files of one picture.
    """
    contents = kinds.read(data)
    # Where the container turns the picture, EXIF would turn it again for some readers.
    turned = exif.UPRIGHT if contents.orientation else orientation(contents)
    return kinds.rebuilt(data, labels.metadata(label, turned))


def stripped(data: bytes) -> bytes:
    """A copy with no metadata at all, not even the orientation.

    Raises ValueError as `labelled` does.
    """
    return kinds.rebuilt(data, Metadata())


def orientation(contents: Contents) -> int:
    """How a picture is to be turned to stand upright, as a number of EXIF, 1 to 8."""
    if contents.orientation:
        return contents.orientation
    return exif.read(contents.metadata.exif).orientation
