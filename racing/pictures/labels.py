"""What a public copy of a photo says of itself, written three ways.

The properties are those of the IPTC Photo Metadata Standard 2023.2, in EXIF and
IPTC-IIM as far as these have them. An address of a licence is its Web Statement of
Rights, the page to get the photo from is that of its licensor: search engines read
`license` and `acquireLicensePage` from them.
"""

import datetime as dt
from dataclasses import dataclass, field, fields, replace

from racing.pictures import exif, iptc, xmp
from racing.pictures.containers.contents import Metadata

# Characters of a text, so that all of them fit the 64 kB of a segment of a JPEG even
# where each becomes five bytes (`&amp;`); none but a caption comes near.
LONGEST_CAPTION, LONGEST_TEXT = 2000, 500


@dataclass(frozen=True)
class Label:
    """What is known of a photo; an empty text is not written.

    `captions` and `terms` are by language, "sv" and "en"; where a file has room for one
    alone, it is the first that is not empty. `licence_url` is where the licence is
    explained, `page_url` where the photo is to be had.
    """

    creator: str = ""
    credit: str = ""
    copyright: str = ""
    captions: dict[str, str] = field(default_factory=dict)
    terms: dict[str, str] = field(default_factory=dict)
    licence_url: str = ""
    page_url: str = ""
    taken_on: dt.date | None = None
    place: str = ""
    title: str = ""


def metadata(label: Label, orientation: int = exif.UPRIGHT) -> Metadata:
    """The label as the blocks of a file whose pixels lie in an orientation of EXIF."""
    short = _shortened(label)
    return Metadata(exif_of(short, orientation), xmp_of(short), iptc_of(short))


def exif_of(label: Label, orientation: int = exif.UPRIGHT) -> bytes:
    """A TIFF structure."""
    return exif.written(
        orientation=orientation,
        description=_first(label.captions),
        artist=label.creator,
        copyright_notice=label.copyright,
        taken_on=label.taken_on,
    )


def xmp_of(label: Label) -> bytes:
    """A packet in UTF-8."""
    return xmp.packet(
        {
            "dc:title": xmp.languages({xmp.ANY_LANGUAGE: label.title}),
            "dc:creator": xmp.sequence([label.creator]),
            "dc:description": xmp.languages(label.captions),
            "dc:rights": xmp.languages({xmp.ANY_LANGUAGE: label.copyright}),
            "photoshop:Credit": xmp.text(label.credit),
            "photoshop:DateCreated": label.taken_on.isoformat()
            if label.taken_on
            else "",
            "photoshop:City": xmp.text(label.place),
            "xmpRights:Marked": "True" if label.copyright else "",
            "xmpRights:UsageTerms": xmp.languages(label.terms),
            "xmpRights:WebStatement": xmp.text(label.licence_url),
            "plus:Licensor": xmp.structures({"plus:LicensorURL": label.page_url}),
        }
    )


def iptc_of(label: Label) -> bytes:
    """IIM datasets in UTF-8."""
    return iptc.written(
        {
            iptc.TITLE: label.title,
            iptc.INSTRUCTIONS: _first(label.terms),
            iptc.CREATED: f"{label.taken_on:%Y%m%d}" if label.taken_on else "",
            iptc.BYLINE: label.creator,
            iptc.CITY: label.place,
            iptc.CREDIT: label.credit,
            iptc.COPYRIGHT: label.copyright,
            iptc.CAPTION: _first(label.captions),
        }
    )


def _first(texts):
    return next((text for text in texts.values() if text), "")


def _shortened(label):
    """The label with every text cut to what a file has room for."""
    changes = {}
    for each in fields(label):
        value = getattr(label, each.name)
        longest = LONGEST_CAPTION if each.name == "captions" else LONGEST_TEXT
        if isinstance(value, str):
            changes[each.name] = _clean(value, longest)
        elif isinstance(value, dict):
            changes[each.name] = {
                language: _clean(text, longest) for language, text in value.items()
            }
    return replace(label, **changes)


def _clean(text, longest):
    """A text without halves of characters and without NULs, which end it in EXIF."""
    whole = text.encode(errors="ignore").decode().replace("\x00", "")
    return whole[:longest].strip()
