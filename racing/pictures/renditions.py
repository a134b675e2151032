"""What copies are made of a photo."""

import io
from collections.abc import Iterator

from PIL import Image, ImageOps

WIDTHS = (320, 640, 1280, 1920)
SOCIAL = (1200, 630)


def upright_size(file) -> tuple[int, int]:
    file.seek(0)
    with Image.open(file) as image:
        turned = image.getexif().get(0x0112, 1) in (5, 6, 7, 8)
        width, height = image.size
    return (height, width) if turned else (width, height)


def make(file, focal_x: float, focal_y: float) -> Iterator[tuple[str, bytes]]:
    with Image.open(file) as image:
        upright = ImageOps.exif_transpose(image).convert("RGB")
    for width in WIDTHS:
        small = upright.copy()
        small.thumbnail((width, width))
        for kind in ("jpg", "webp", "avif"):
            out = io.BytesIO()
            small.save(out, {"jpg": "JPEG"}.get(kind, kind))
            yield f"w{width}.{kind}", out.getvalue()


def largest(width: int, height: int) -> str:
    return "w1920.jpg"
