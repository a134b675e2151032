"""What the file of a photo says of the photo, to be offered to whoever uploads it.

The same fact may stand in XMP, in IPTC-IIM and in EXIF. They are asked in this order,
fact by fact, and the first that tells it is believed. XMP holds whole texts in several
languages, IIM cuts them, and cameras fill EXIF with their owner and their own name.
That is the order of the Metadata Working Group (Guidelines for Handling Image Metadata
2.0, 2010, chapter 3) for the first two. It asks EXIF before them; here EXIF comes last,
since what a desk has typed is worth more than what a camera was set to. As in those
guidelines, IIM is believed before XMP where the digest beside it shows that a program
has changed it without knowing of XMP.
"""

import datetime as dt
import hashlib
import re
import unicodedata
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from racing.pictures import exif, iptc, splicing, xmp
from racing.pictures.containers import kinds
from racing.pictures.containers.contents import Contents

LONGEST = 5000  # characters of a text that is offered
MOST_KEYWORDS = 100
LANGUAGES = ("sv", "en")
# What cameras write where a caption belongs.
NO_CAPTIONS = {
    *(
        "default",
        "dcim",
        "digital camera",
        "exif_jpeg_picture",
        "minolta digital camera",
    ),
    *("olympus digital camera", "samsung digital camera", "sony dsc", "untitled"),
}
# Characters that turn the direction of a text, and the mark of a byte order.
_TURNS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_DATE = re.compile(r"(\d{4})[-:]?(\d{2})[-:]?(\d{2})(?!\d)", re.ASCII)


@dataclass(frozen=True)
class Told:
    """What a file says; what it does not say is empty or None.

    `captions` and `terms` are by language: "sv", "en", or "" for texts in no language
    that is named. `taken_at` is a place in words, `has_gps` says that the file also
    tells where on earth it was taken.
    """

    photographer: str = ""
    credit: str = ""
    copyright: str = ""
    captions: dict[str, str] = field(default_factory=dict)
    headline: str = ""
    taken_on: dt.date | None = None
    taken_at: str = ""
    keywords: tuple[str, ...] = ()
    terms: dict[str, str] = field(default_factory=dict)
    licence_url: str = ""
    has_gps: bool = False


def told(file) -> Told:
    """What a JPEG, PNG, WebP or AVIF says of itself, nothing where it cannot be read.

    `file` is open for bytes; it stands at its start afterwards.
    """
    file.seek(0)
    data = file.read()
    file.seek(0)
    try:
        return told_by(kinds.read(data))
    except ValueError:
        return Told()


def told_by(contents: Contents) -> Told:
    """What a file says that has been taken apart."""
    packet = xmp.read(contents.metadata.xmp)
    camera = exif.read(contents.metadata.exif)
    desk = _Datasets(contents.metadata.iptc)
    sources = [_of_xmp(packet), _of_iptc(desk), _of_exif(camera)]
    if _is_newer(contents):
        sources[:2] = sources[1::-1]
    facts = {}
    for source in sources:
        for name, value in source.items():
            if value and not facts.get(name):
                facts[name] = value
    return Told(**facts | {"has_gps": any(s.get("has_gps") for s in sources)})


def upright_size(file) -> tuple[int, int]:
    """(width, height) in pixels of a photo as it is shown, turned as it says.

    Raises ValueError for what is no picture.
    """
    file.seek(0)
    contents = kinds.read(file.read())
    file.seek(0)
    width, height = contents.size
    if splicing.orientation(contents) in exif.SIDEWAYS:
        return height, width
    return width, height


# The three sources, each as {name of a fact: value or nothing}


def _of_xmp(packet):
    def first(name):
        return next(iter(_cleaned(packet.texts(name))), "")

    def line(name):
        """The text in the default language, where a property has several."""
        by_language = dict(reversed(packet.alternatives(name)))
        return clean(by_language.get(xmp.ANY_LANGUAGE, "")) or first(name)

    dates = ("photoshop:DateCreated", "exif:DateTimeOriginal", "xmp:CreateDate")
    places = ("Iptc4xmpCore:Location", "photoshop:City")
    places += ("photoshop:State", "photoshop:Country")
    addresses = [
        *packet.texts("xmpRights:WebStatement"),
        *packet.texts("cc:license"),
        *packet.anywhere("plus:LicensorURL"),
    ]
    return {
        "photographer": _joined(packet.texts("dc:creator")),
        "credit": first("photoshop:Credit"),
        "copyright": line("dc:rights"),
        "captions": _by_language(packet.alternatives("dc:description")),
        "headline": line("photoshop:Headline"),
        "taken_on": next(filter(None, (_date(first(name)) for name in dates)), None),
        "taken_at": _joined(map(first, places)) or _place_in_parts(packet),
        "keywords": tuple(_cleaned(packet.texts("dc:subject")))[:MOST_KEYWORDS],
        "terms": _by_language(packet.alternatives("xmpRights:UsageTerms")),
        "licence_url": next(filter(_is_address, addresses), ""),
        "has_gps": bool(
            packet.texts("exif:GPSLatitude") or packet.texts("exif:GPSLongitude")
        ),
    }


def _place_in_parts(packet):
    """The place as newer programs write it: one structure of several fields."""
    parts = ("Sublocation", "City", "ProvinceState", "CountryName")
    texts = (packet.anywhere(f"Iptc4xmpExt:{part}") for part in parts)
    return _joined(text[0] for text in texts if text)


def _of_iptc(desk):
    places = (iptc.SUBLOCATION, iptc.CITY, iptc.REGION, iptc.COUNTRY)
    return {
        "photographer": _joined(desk.texts(iptc.BYLINE)),
        "credit": desk.first(iptc.CREDIT),
        "copyright": desk.first(iptc.COPYRIGHT),
        "captions": _in_no_language(desk.first(iptc.CAPTION)),
        "headline": desk.first(iptc.HEADLINE),
        "taken_on": _date(desk.first(iptc.CREATED)),
        "taken_at": _joined(map(desk.first, places)),
        "keywords": tuple(desk.texts(iptc.KEYWORDS))[:MOST_KEYWORDS],
    }


def _of_exif(camera):
    caption = clean(_decoded(camera.description))
    # A photographer and an editor may each have a copyright, with a NUL between them.
    rights = camera.copyright.split(b"\x00")
    return {
        "photographer": _joined(_decoded(camera.artist).split(";")),
        "copyright": _joined(map(_decoded, rights)),
        "captions": _in_no_language(
            "" if caption.casefold() in NO_CAPTIONS else caption
        ),
        "taken_on": _date(_decoded(camera.taken)),
        "has_gps": camera.has_gps,
    }


class _Datasets:
    """IPTC datasets as texts."""

    def __init__(self, datasets):
        self.found = iptc.read(datasets)
        self.charset = self.found.get(0, [b""])[0]

    def texts(self, number):
        values = self.found.get(number, [])
        return _cleaned(_decoded(value, self.charset) for value in values)

    def first(self, number):
        return next(iter(self.texts(number)), "")


def _is_newer(contents):
    """Whether the IPTC datasets were changed after they were written beside XMP."""
    datasets, digest = contents.metadata.iptc, contents.iptc_digest
    return bool(
        datasets
        and any(digest)
        and hashlib.md5(datasets, usedforsecurity=False).digest() != digest
    )


# Texts


def clean(text: str) -> str:
    """A text on one line, in composed characters, without any that are not seen."""
    text = _TURNS.sub("", unicodedata.normalize("NFC", text[: 4 * LONGEST]))
    seen = (
        " " if (kind := unicodedata.category(char)) == "Cc" else char * (kind != "Cs")
        for char in text
    )
    return " ".join("".join(seen).split())[:LONGEST]


def _cleaned(texts):
    return [text for text in map(clean, texts) if text]


def _joined(texts):
    """Texts with commas between them, each once."""
    return ", ".join(dict.fromkeys(_cleaned(texts)))[:LONGEST]


def _decoded(data, charset=b""):
    """Bytes as text: as marked, else UTF-8 where they are that, else Latin-1.

    Who says Latin-1 means Windows’ form of it, which has quotation marks as well.
    """
    if charset not in iptc.LATIN_1:
        try:
            return data.decode()
        except UnicodeDecodeError:
            pass
    return data.decode("cp1252", errors="ignore")


def _in_no_language(text):
    return {"": text} if text else {}


def _by_language(alternatives):
    """{"sv", "en", "": text}; what says the same as a language’s own is left out."""
    texts = {}
    for tag, text in alternatives:
        language = tag.casefold().replace("_", "-").split("-")[0]
        if language in ("", "x"):
            language = ""
        elif language not in LANGUAGES:
            continue
        if text := clean(text):
            texts.setdefault(language, text)
    if texts.get("") in [texts.get(language) for language in LANGUAGES]:
        texts.pop("", None)
    return texts


def _date(text):
    match = _DATE.match(text)
    try:
        return dt.date(*map(int, match.groups())) if match else None
    except ValueError:
        return None


def _is_address(text):
    """Whether a text is an address that a link may go to."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    has_blanks = re.search(r"[\s\x00-\x1f\"<>]", text)
    return parts.scheme in ("http", "https") and bool(parts.netloc) and not has_blanks
