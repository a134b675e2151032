"""What every kind of picture file is taken apart into."""

from dataclasses import dataclass

# A file with more segments, chunks or boxes than this is no photo: a writer that is
# sparing with memory makes a chunk of every 8 kB.
MOST_PARTS = 100_000


@dataclass(frozen=True)
class Metadata:
    """The three blocks that a file may carry about its picture, each as bytes.

    `exif` is the TIFF structure, without the `Exif` before it; `xmp` is the packet;
    `iptc` holds IIM datasets, without the Photoshop resource around them. Orientation
    is written from `exif`.
    """

    exif: bytes = b""
    xmp: bytes = b""
    iptc: bytes = b""


@dataclass(frozen=True)
class Contents:
    """A file in its parts; ranges are (first, behind the last) byte.

    `size` is (width, height) in pixels as they are stored, (0, 0) where the file does
    not say; `end` is behind the last byte that belongs to the picture; `orientation` is what the container itself prescribes (AVIF), or None.
    `pixels` are the ranges of compressed pixels. A file is whole when nothing that
    belongs to its picture is missing at the end.
    """

    kind: str
    size: tuple[int, int]
    metadata: Metadata
    pixels: tuple[tuple[int, int], ...]
    end: int
    is_whole: bool
    is_animated: bool = False
    orientation: int | None = None
    iptc_digest: bytes = b""

    def asides(self, length):
        """The ranges of a file of `length` bytes that hold no compressed pixels."""
        position = 0
        for start, end in sorted(self.pixels):
            if position < start:
                yield position, start
            position = max(position, end)
        if position < length:
            yield position, length
