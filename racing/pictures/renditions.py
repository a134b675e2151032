"""What is made of a photo for pages: which pictures, how large, and the making of them.

Widths and heights are those of the upright photo (`racing.pictures.reading.upright_size`).
No picture is larger than the photo gives, so that small photos have fewer of them.
"""

import io
import math
from collections.abc import Iterator
from dataclasses import dataclass

from PIL import Image, ImageCms

from racing.pictures import exif, splicing
from racing.pictures.containers import kinds

WIDTHS = (320, 640, 1280, 1920)
CROP_WIDTHS = (400, 800)
WHOLE, SOCIAL = "whole", "social"
# Width to height.
CROPS = {"portrait": (4, 5), "landscape": (3, 2), "square": (1, 1)}
SOCIAL_SIZE = (1200, 630)
SHAPES = (WHOLE, *CROPS, SOCIAL)
FORMATS = ("avif", "webp", "jpeg")
SUFFIXES = {"avif": "avif", "webp": "webp", "jpeg": "jpg"}
# WebP has no longer side; AVIF and JPEG do.
LONGEST_SIDE = 16_383
# Of these an eye sees no difference to the photo at the sizes of a page. AVIF at speed 8
# takes four times the time of speed 9 for the same bytes; one thread takes less in all
# than several and gives the same bytes on every machine.
SETTINGS = {
    "avif": {"format": "AVIF", "quality": 55, "speed": 9, "max_threads": 1},
    "webp": {"format": "WEBP", "quality": 78, "method": 2},
    "jpeg": {"format": "JPEG", "quality": 82, "optimize": True, "progressive": True},
}
# A JPEG can be unpacked at a half, a quarter or an eighth of its size. What is unpacked
# has this many times the pixels of the largest picture per side, to be scaled well.
MARGIN = 1.25

_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


@dataclass(frozen=True)
class Rendition:
    """One picture made of a photo; `kind` is one of FORMATS, `shape` one of SHAPES."""

    name: str
    width: int
    height: int
    shape: str
    kind: str


def sizes(width: int, height: int) -> list[int]:
    """The widths in which a whole photo is made, in pixels, the smallest first.

    The last is the photo’s own where it is narrower than the largest of WIDTHS.
    """
    longest = max(1, LONGEST_SIDE * width // height)
    return _up_to(WIDTHS, min(width, longest))


def crop_box(
    width: int,
    height: int,
    ratio: tuple[int, int],
    focal_x: float = 0.5,
    focal_y: float = 0.5,
) -> tuple[int, int, int, int]:
    """The largest part of a photo with a ratio, as (left, top, right, bottom) in pixels.

    The focal point, from 0 to 1 from the left and from the top, is as near its middle
    as the edges of the photo allow.
    """
    across, down = ratio
    wide = max(1, min(width, height * across // down))
    high = max(1, min(height, width * down // across))
    left = min(max(round(float(focal_x) * width - wide / 2), 0), width - wide)
    top = min(max(round(float(focal_y) * height - high / 2), 0), height - high)
    return left, top, left + wide, top + high


def renditions(width: int, height: int, shape: str, kind: str) -> list[Rendition]:
    """The pictures of a shape in a format, the smallest first: what srcset asks for.

    None for a social picture in another format than JPEG.
    """
    suffix = SUFFIXES[kind]
    if shape == WHOLE:
        return [
            Rendition(
                f"w{wide}.{suffix}", wide, _scaled(height, wide, width), shape, kind
            )
            for wide in sizes(width, height)
        ]
    box = _box(width, height, shape)
    across, down = box[2] - box[0], box[3] - box[1]
    if shape == SOCIAL:
        wide = min(SOCIAL_SIZE[0], across)
        size = SOCIAL_SIZE if wide == SOCIAL_SIZE[0] else (across, down)
        return [Rendition(f"{shape}.{suffix}", *size, shape, kind)][: kind == "jpeg"]
    return [
        Rendition(
            f"{shape}-{wide}.{suffix}",
            wide,
            _crop_height(wide, shape, down),
            shape,
            kind,
        )
        for wide in _up_to(CROP_WIDTHS, across)
    ]


def every(width: int, height: int) -> list[Rendition]:
    """All pictures that are made of a photo."""
    return [
        rendition
        for shape in SHAPES
        for kind in FORMATS
        for rendition in renditions(width, height, shape, kind)
    ]


def names(width: int, height: int) -> list[str]:
    """The file names of all pictures that are made of a photo."""
    return [rendition.name for rendition in every(width, height)]


def make(
    file, focal_x: float = 0.5, focal_y: float = 0.5
) -> Iterator[tuple[str, bytes]]:
    """(name, bytes) of every picture of a photo, in sRGB and without metadata.

    `file` is open for bytes. The photo is unpacked once, and scaled down to the largest
    picture before its colours are converted. Raises OSError or ValueError for what is no
    picture that can be read.
    """
    file.seek(0)
    data = file.read()
    contents = kinds.read(data)
    turn = splicing.orientation(contents)
    with _opened(data, contents.kind) as image:
        stored = image.size
        width, height = stored[::-1] if turn in exif.SIDEWAYS else stored
        wanted = every(width, height)
        boxes = {
            shape: _box(width, height, shape, focal_x, focal_y) for shape in SHAPES
        }
        scale = max(_scale(rendition, boxes[rendition.shape]) for rendition in wanted)
        picture = _unpacked(image, scale)
    del data
    picture = _in_srgb(picture)
    if turn in _TURNS:
        picture = picture.transpose(_TURNS[turn])
    ratios = picture.width / width, picture.height / height
    for shape in SHAPES:
        box = tuple(side * ratios[at % 2] for at, side in enumerate(boxes[shape]))
        ours = [rendition for rendition in wanted if rendition.shape == shape]
        for size in dict.fromkeys((each.width, each.height) for each in ours):
            scaled = _resized(picture, size, box)
            for each in ours:
                if (each.width, each.height) == size:
                    yield each.name, _saved(scaled, each.kind)


def _up_to(widths, own):
    """The widths below the largest that a photo gives, and that."""
    largest = min(own, widths[-1])
    return [*(wide for wide in widths if wide < largest), largest]


def _scaled(side, wide, width):
    return min(max(1, round(side * wide / width)), LONGEST_SIDE)


def _crop_height(wide, shape, most):
    across, down = CROPS[shape]
    return max(1, min(round(wide * down / across), most))


def _box(width, height, shape, focal_x=0.5, focal_y=0.5):
    if shape == WHOLE:
        return 0, 0, width, height
    ratio = CROPS.get(shape, SOCIAL_SIZE)
    return crop_box(width, height, ratio, focal_x, focal_y)


def _scale(rendition, box):
    """The pixels of a picture for each of the photo."""
    return max(
        rendition.width / (box[2] - box[0]), rendition.height / (box[3] - box[1])
    )


# Pixels


def _opened(data, kind):
    """The picture without its metadata, which is nothing to its pixels."""
    if kind in kinds.MODULES:
        data = splicing.stripped(data)
    return Image.open(io.BytesIO(data))


def _unpacked(image, scale):
    """The pixels of a photo, scaled down to what the largest picture needs."""
    width, height = image.size
    profile = image.info.get("icc_profile")
    image.draft(
        None, (math.ceil(width * scale * MARGIN), math.ceil(height * scale * MARGIN))
    )
    size = max(1, round(width * scale)), max(1, round(height * scale))
    picture = _in_eight_bits(image)
    picture = picture.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)
    picture.info["icc_profile"] = profile
    return picture


def _in_eight_bits(image):
    """A picture in grey, RGB or CMYK, perhaps with alpha, eight bits for each."""
    if image.mode.startswith("I;16"):
        # The higher of two bytes of each pixel.
        order = 0 if image.mode.endswith("B") else 1
        return Image.frombytes("L", image.size, image.tobytes()[order::2])
    if image.mode in ("I", "F"):
        return image.point(lambda value: value / 256).convert("L")
    if image.has_transparency_data:
        return image.convert("RGBA")
    if image.mode not in ("L", "RGB", "CMYK"):
        return image.convert("RGB")
    return image


def _in_srgb(picture):
    """The colours of a picture as a screen shows them without being told how."""
    mode = "RGBA" if picture.mode == "RGBA" else "RGB"
    profile = picture.info.pop("icc_profile", None)
    if profile:
        try:
            picture = ImageCms.profileToProfile(
                picture,
                ImageCms.ImageCmsProfile(io.BytesIO(profile)),
                ImageCms.createProfile("sRGB"),
                outputMode=mode,
            )
        except (ImageCms.PyCMSError, OSError, ValueError):
            # A profile for other colours than those of the picture, or a broken one.
            picture = picture.convert(mode)
        picture.info.clear()
    return picture if picture.mode == mode else picture.convert(mode)


def _resized(picture, size, box):
    if size == picture.size and box == (0, 0, *size):
        return picture
    edges = (picture.width, picture.height) * 2
    box = tuple(min(side, edge) for side, edge in zip(box, edges, strict=True))
    return picture.resize(size, Image.Resampling.LANCZOS, box=box, reducing_gap=3.0)


def _saved(picture, kind):
    if kind == "jpeg" and picture.mode == "RGBA":
        paper = Image.new("RGBA", picture.size, "white")
        picture = Image.alpha_composite(paper, picture).convert("RGB")
    buffer = io.BytesIO()
    picture.save(buffer, **SETTINGS[kind])
    return buffer.getvalue()
