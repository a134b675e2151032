"""Files of photos, built as cameras, phones and picture desks write them."""

import struct
from io import BytesIO

from PIL import Image, ImageCms

from racing.pictures import iptc, xmp
from racing.pictures.containers import kinds
from racing.pictures.containers.contents import Metadata

SERIAL = "SERIAL-4711"
MAKER_NOTE = b"NOTES OF THE MAKER"
PACKET = """<x:xmpmeta xmlns:x="adobe:ns:meta/"
 xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:RDF>%s</rdf:RDF>
</x:xmpmeta>"""


def picture(size=(120, 80), mode="RGB"):
    """Noise over a gradient: no two pixels are alike for long."""
    noise = Image.effect_noise(size, 60)
    colours = [noise, noise.transpose(Image.Transpose.ROTATE_180)]
    colours.append(Image.linear_gradient("L").resize(size))
    image = Image.merge("RGB", colours)
    if mode == "RGBA":
        image.putalpha(Image.linear_gradient("L").rotate(90).resize(size))
        return image
    return image.convert(mode)


def saved(image, kind="JPEG", **settings):
    buffer = BytesIO()
    image.save(buffer, kind, **settings)
    return buffer.getvalue()


def camera_exif(*, orientation=1, artist="Kamerans ägare", description=""):
    """What a camera with a satellite receiver writes, as a TIFF structure."""
    block = Image.Exif()
    block[0x0112] = orientation
    block[0x013B] = artist.encode()
    block[0x010E] = description.encode()
    details = block.get_ifd(0x8769)
    details[0x9003] = "2022:05:13 16:20:00"
    details[0xA431] = SERIAL
    details[0x927C] = MAKER_NOTE
    position = block.get_ifd(0x8825)
    position[1], position[2] = "N", (49.0, 19.0, 40.0)
    position[3], position[4] = "E", (8.0, 33.0, 56.0)
    return block.tobytes().removeprefix(b"Exif\x00\x00")


def packet(inside, *, attributes=""):
    """An XMP packet; every prefix that is known may be used."""
    spaces = " ".join(
        f'xmlns:{prefix}="{address}"'
        for prefix, address in xmp.NAMESPACES.items()
        if prefix != "rdf"
    )
    text = f'<rdf:Description rdf:about="" {spaces} {attributes}>{inside}</rdf:Description>'
    return (PACKET % text).encode()


def with_metadata(data, *, exif=b"", xmp=b"", iptc=b""):
    """A file with these blocks in the places where readers look for them."""
    return kinds.rebuilt(data, Metadata(exif, xmp, iptc))


def desk_jpeg(**settings):
    """A JPEG as it comes from a picture desk: EXIF with a place, IPTC, XMP, a comment."""
    data = with_metadata(
        saved(picture(), quality=90, **settings),
        exif=camera_exif(orientation=6),
        xmp=packet(
            "<dc:creator><rdf:Seq><rdf:li>Nils Öberg</rdf:li></rdf:Seq></dc:creator>"
        ),
        iptc=iptc.written({iptc.BYLINE: "Nils Öberg", iptc.CAPTION: "I depån"}),
    )
    return with_segment(data, 0xFE, b"A COMMENT")


def with_segment(data, marker, payload):
    """A JPEG with one more segment at its start."""
    segment = struct.pack(">BBH", 0xFF, marker, len(payload) + 2) + payload
    return data[:2] + segment + data[2:]


def pixels(data):
    """Size, mode and pixels as Pillow unpacks them, not turned."""
    with Image.open(BytesIO(data)) as image:
        return image.size, image.mode, image.tobytes()


def srgb_profile():
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
