"""Many photos uploaded at once, with what they have in common.

Every file is stored by itself, so that none is lost where another is refused. With a
script each comes in a request of its own and gets its line of the answer; without one
they come together and get the same lines on one page.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django import forms
from django.contrib.admin import helpers
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.template.response import TemplateResponse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from racing import darkroom, uploads
from racing.admin.photos import rights, tags
from racing.models import INTERNAL, LANGUAGES, Photo
from racing.pictures import reading
from racing.pictures.reading import Told

SCRIPT = "XMLHttpRequest"  # who asks for the lines alone
COMMON = ("credit", "rights", "rights_note_sv", "rights_note_en", "licence_url")
SUFFIXES = ",".join(sorted(set().union(*uploads.SUFFIXES.values())))


# What is asked


class PhotosInput(forms.FileInput):
    allow_multiple_selected = True


class UploadForm(tags.TagsForm):
    """What all the photos have in common; the files are looked at one by one."""

    photos = forms.FileField(
        label=gettext_lazy("Photos"),
        required=False,
        widget=PhotosInput(attrs={"accept": SUFFIXES}),
        help_text=gettext_lazy(
            "JPEG, PNG, WebP or AVIF files of at most 30 MB and 60 megapixels each, at "
            "most 100 at once."
        ),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields |= {name: _field_of_the_model(name) for name in COMMON}
        self.fields["rights"].help_text = _(
            "A photo that lacks a credit or an alternative text is kept internal, "
            "whatever is chosen here, until you have written them."
        )
        self.fields["credit"].help_text = _(
            "Empty: what each file says itself. The same holds for the terms and the "
            "address of the licence."
        )

    def common(self) -> dict:
        """The facts of the photos, by the name of their column."""
        return {name: self.cleaned_data[name] for name in COMMON}


def _field_of_the_model(name):
    column = Photo._meta.get_field(name)
    more = {"assume_scheme": "https"} if name == "licence_url" else {}
    return column.formfield(**more)


# What becomes of each file


@dataclass(frozen=True)
class Answer:
    """What became of a file: `photo` is stored, `twin` was here before, else `refusal`."""

    name: str
    photo: Photo | None = None
    twin: Photo | None = None
    refusal: str = ""
    lacking: list[str] = field(default_factory=list)


def take(file, common: Mapping, tagged: Mapping) -> Answer:
    """Store a file as a photo, or say why not.

    `common` are facts of the photo by the name of their column, `tagged` what it shows
    by the name of the list.
    """
    try:
        uploads.validate_photo(file)
        photo = described(file, common)
        photo.measure()
        if twin := photo.twin():
            return Answer(file.name, twin=twin)
        lacking = rights.lacking_in_words(photo)
        if lacking:
            photo.rights = INTERNAL
        return _stored(photo, tagged, Answer(file.name, photo, lacking=lacking))
    except ValidationError as error:
        return Answer(file.name, refusal=" ".join(error.messages))
    except (OSError, ValueError):
        return Answer(file.name, refusal=_("The file could not be stored. Try again."))


def _stored(photo, tagged, answer):
    try:
        with transaction.atomic():
            photo.save()
            for name, chosen in tagged.items():
                getattr(photo, name).set(chosen)
            transaction.on_commit(darkroom.worker.ask)
    except IntegrityError:
        # The same file came at the same moment, in another request.
        photo.image.storage.delete(photo.image.name)
        photo.pk = None
        if twin := photo.twin():
            return Answer(answer.name, twin=twin)
        raise
    return answer


def described(file, common: Mapping) -> Photo:
    """A new photo with what is common to all, else with what its file says of itself."""
    photo = Photo(image=file)
    offered = offered_by(reading.told(file))
    for name, value in (offered | {n: v for n, v in common.items() if v}).items():
        setattr(photo, name, value)
    return photo


def offered_by(told: Told) -> dict:
    """What a file says, by the column it is fit for; too long texts are cut."""
    offered = {
        "photographer": told.photographer,
        "credit": told.credit or told.photographer,
        "copyright_notice": told.copyright,
        "place": told.taken_at,
        "taken_on": told.taken_on,
        "licence_url": told.licence_url,
    }
    for language in LANGUAGES:
        offered[f"caption_{language}"] = told.captions.get(language, "")
        offered[f"rights_note_{language}"] = told.terms.get(language, "")
    for column, texts in (("caption", told.captions), ("rights_note", told.terms)):
        # In no language that is named: Swedish, unless it is there already.
        offered[f"{column}_sv"] = offered[f"{column}_sv"] or texts.get("", "")
    return {
        name: value
        for name, told_value in offered.items()
        if (value := _fit(Photo._meta.get_field(name), told_value))
    }


def _fit(column, value):
    """A value as a column takes it, or nothing."""
    if isinstance(value, str) and column.max_length and column.name != "licence_url":
        value = Truncator(value).chars(column.max_length)
    try:
        return column.clean(value, None) if value else None
    except ValidationError:
        return None


# The page


def respond(page, request):
    """The screen, or what became of the files that came."""
    is_asked_by_script = request.headers.get("X-Requested-With") == SCRIPT
    if request.method == "POST":
        form = UploadForm(request.POST)
        answers = _answers(form, request.FILES.getlist("photos"))
    else:
        form, answers = UploadForm(initial={"rights": INTERNAL}), []
    context = {
        **page.admin_site.each_context(request),
        "title": _("Upload photos"),
        "opts": page.opts,
        "form": form,
        "fieldsets": _fieldsets(form),
        "media": page.media + form.media,
        "answers": answers,
        "counts": _counts(answers),
    }
    request.current_app = page.admin_site.name
    name = "answers" if is_asked_by_script else "upload"
    return TemplateResponse(request, f"admin/racing/photo/{name}.html", context)


def _answers(form, files):
    is_valid = form.is_valid()
    if not files:
        form.add_error("photos", _("Choose at least one photo."))
    if is_valid:
        return [take(file, form.common(), form.tags()) for file in files]
    said = _("Nothing is stored, because of what all have in common. %(errors)s")
    errors = " ".join(
        f"{form[name].label}: {' '.join(sentences)}"
        for name, sentences in form.errors.items()
    )
    return [Answer(file.name, refusal=said % {"errors": errors}) for file in files]


def _counts(answers):
    return {
        "stored": sum(answer.photo is not None for answer in answers),
        "here": sum(answer.twin is not None for answer in answers),
        "refused": sum(bool(answer.refusal) for answer in answers),
    }


def _fieldsets(form):
    lines = [
        (
            _("What all of them have in common"),
            {
                "fields": [
                    ("drivers", "cars"),
                    ("events", "teams"),
                    ("credit", "rights"),
                    ("rights_note_sv", "rights_note_en"),
                    "licence_url",
                ]
            },
        ),
    ]
    return helpers.AdminForm(form, lines, {})
