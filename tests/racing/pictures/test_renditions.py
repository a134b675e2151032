"""The pictures that pages show: racing.pictures.renditions."""

import io

import pytest
from PIL import Image, ImageCms, ImageDraw

from racing.pictures import renditions
from racing.pictures.renditions import CROPS, FORMATS, SHAPES, crop_box, sizes
from tests.racing.pictures import files

SIZE = 1500, 1000


def made(data, focal_x=0.5, focal_y=0.5):
    return {
        name: Image.open(io.BytesIO(picture))
        for name, picture in renditions.make(io.BytesIO(data), focal_x, focal_y)
    }


@pytest.fixture(scope="module")
def dotted():
    """A grey photo with a red dot of 40 pixels at 0.8, 0.3, all renditions of it."""
    image = Image.new("RGB", SIZE, "#808080")
    x, y = SIZE[0] * 0.8, SIZE[1] * 0.3
    ImageDraw.Draw(image).ellipse((x - 40, y - 40, x + 40, y + 40), "#ff0000")
    data = files.with_metadata(
        files.saved(image, quality=95), exif=files.camera_exif(), iptc=b""
    )
    return made(data, 0.8, 0.3)


def dot(image):
    """The middle of what is red, as parts of width and height."""
    red, green, _blue = image.convert("RGB").split()
    box = Image.composite(
        red.point(lambda v: 255 * (v > 180)),
        Image.new("L", red.size),
        green.point(lambda v: 255 * (v < 90)),
    ).getbbox()
    assert box is not None
    return (box[0] + box[2]) / 2 / image.width, (box[1] + box[3]) / 2 / image.height


def test_a_spot_at_the_focal_point_is_as_near_the_middle_as_the_edges_allow(dotted):
    for shape in SHAPES:
        for kind in FORMATS:
            for each in renditions.renditions(*SIZE, shape, kind):
                picture = dotted[each.name]
                assert picture.size == (each.width, each.height)
                if shape == "whole":
                    expected = 0.8, 0.3
                else:
                    ratio = CROPS.get(shape, renditions.SOCIAL_SIZE)
                    left, top, right, bottom = crop_box(*SIZE, ratio, 0.8, 0.3)
                    expected = (
                        (1200 - left) / (right - left),
                        (300 - top) / (bottom - top),
                    )
                assert dot(picture) == pytest.approx(expected, abs=0.012)


def test_renditions_are_all_that_is_promised_and_carry_no_metadata(dotted):
    assert list(dotted) != []
    assert set(dotted) == set(renditions.names(*SIZE))
    assert {"w320.avif", "w1500.webp", "portrait-800.jpg", "social.jpg"} <= set(dotted)
    for picture in dotted.values():
        assert not picture.getexif()
        assert not {"xmp", "exif", "icc_profile", "photoshop"} & picture.info.keys()


def test_no_photo_is_made_larger_than_it_is():
    assert sizes(6000, 4000) == [320, 640, 1280, 1920]
    assert sizes(800, 600) == [320, 640, 800]
    assert sizes(320, 200) == [320]
    assert sizes(100, 60_000) == [27]
    names = renditions.names(300, 200)
    assert [name for name in names if name.endswith("jpg")] == [
        *("w300.jpg", "portrait-160.jpg", "landscape-300.jpg", "square-200.jpg"),
        "social.jpg",
    ]


@pytest.mark.parametrize(
    ("ratio", "focus", "box"),
    [
        ((1, 1), (0.5, 0.5), (250, 0, 1250, 1000)),
        ((1, 1), (0, 0), (0, 0, 1000, 1000)),
        ((1, 1), (1, 1), (500, 0, 1500, 1000)),
        ((4, 5), (0.4, 0.9), (200, 0, 1000, 1000)),
        ((3, 2), (0.1, 0.1), (0, 0, 1500, 1000)),
        ((3, 1), (0.5, 0.6), (0, 350, 1500, 850)),
    ],
)
def test_a_crop_stays_in_the_photo(ratio, focus, box):
    assert crop_box(*SIZE, ratio, *focus) == box


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "AVIF"])
def test_renditions_stand_upright(orientation, kind):
    image = Image.new("RGB", (60, 40), "blue")
    image.paste("red", (0, 0, 30, 20))
    block = Image.Exif()
    block[0x0112] = orientation
    data = files.saved(image, kind, exif=block, quality=95)
    picture = made(data)[f"w{40 if orientation > 4 else 60}.jpg"].convert("RGB")
    width, height = picture.size
    corner = {1: (0, 0), 2: (1, 0), 3: (1, 1), 4: (0, 1)}
    corner |= {5: (0, 0), 6: (1, 0), 7: (1, 1), 8: (0, 1)}
    right, low = corner[orientation]
    spot = width // 4 + right * width // 2, height // 4 + low * height // 2
    assert picture.getpixel(spot)[0] > 180


@pytest.mark.parametrize(
    ("mode", "colour", "kind"),
    [
        ("L", 128, "JPEG"),
        ("1", 1, "PNG"),
        ("P", 3, "PNG"),
        ("LA", (128, 128), "PNG"),
        ("RGBA", (255, 0, 0, 0), "PNG"),
        ("I;16", 128 * 257, "PNG"),
        ("CMYK", (0, 0, 0, 127), "JPEG"),
        ("RGBA", (255, 0, 0, 0), "WEBP"),
    ],
)
def test_every_kind_of_colour_becomes_rgb(mode, colour, kind):
    data = files.saved(Image.new(mode, (400, 300), colour), kind)
    pictures = made(data)
    jpeg = pictures["w400.jpg"]
    assert jpeg.mode == "RGB"
    middle = jpeg.getpixel((200, 150))
    if mode == "RGBA":
        assert middle == (255, 255, 255)
        assert pictures["w400.avif"].mode == "RGBA"
        assert pictures["w400.webp"].convert("RGBA").getpixel((200, 150))[3] == 0
    elif mode in ("L", "I;16", "CMYK"):
        assert middle == pytest.approx((128, 128, 128), abs=2)


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "CMYK", "L"])
def test_a_profile_is_followed_where_it_fits_and_left_where_it_does_not(mode):
    """A profile with red and green exchanged shows that it has been followed."""
    swapped = swapped_profile()
    colour = {"RGB": (200, 60, 60), "RGBA": (200, 60, 60, 255)}.get(mode, 0)
    kind = "PNG" if mode == "RGBA" else "JPEG"
    image = Image.new(mode, (64, 64), colour)
    picture = made(files.saved(image, kind, icc_profile=swapped))["w64.jpg"]
    red, green, _blue = picture.getpixel((32, 32))
    if mode in ("RGB", "RGBA"):
        assert green > red + 80
    else:
        assert red == green


def swapped_profile():
    """sRGB with the primaries of red and green exchanged."""
    data = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return (
        data.replace(b"rXYZ", b"xXYZ")
        .replace(b"gXYZ", b"rXYZ")
        .replace(b"xXYZ", b"gXYZ")
    )


@pytest.mark.parametrize("size", [(1, 1), (1, 30_000), (30_000, 1), (2, 3)])
def test_extreme_photos_have_renditions_too(size):
    data = files.saved(Image.new("RGB", size, "red"))
    assert set(made(data)) == set(renditions.names(*size))
