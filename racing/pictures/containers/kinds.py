"""Which kind of picture file some bytes are, told by how they begin."""

from racing.pictures.containers import avif, jpeg, png, webp
from racing.pictures.containers.contents import Contents, Metadata

MODULES = {"JPEG": jpeg, "PNG": png, "WEBP": webp, "AVIF": avif}


def kind_of(data: bytes) -> str | None:
    """ "JPEG", "PNG", "WEBP", "AVIF" or "HEIC" by the first bytes; None for the rest."""
    if data.startswith(jpeg.START + b"\xff"):
        return "JPEG"
    if data.startswith(png.SIGNATURE):
        return "PNG"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WEBP"
    names = avif.brands(data)
    if names & avif.BRANDS:
        return "AVIF"
    return "HEIC" if names & avif.HEIC_BRANDS else None


def read(data: bytes) -> Contents:
    """Take a picture apart. Raises ValueError for what is none of these kinds."""
    kind = kind_of(data)
    if kind is None:
        raise ValueError("no picture of a known kind")
    return MODULES.get(kind, avif).read(data)


def rebuilt(data: bytes, metadata: Metadata) -> bytes:
    """The same compressed picture with this metadata and no other.

    Raises ValueError for what is not a whole JPEG, PNG, WebP or AVIF of one picture.
    """
    module = MODULES.get(kind_of(data))
    if module is None:
        raise ValueError("no picture of a kind that can be written")
    return module.rebuilt(data, metadata)
