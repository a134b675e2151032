"""The copies of a photo that an editor has saved: made at once, while they wait."""

from django.contrib import messages
from django.utils.translation import gettext as _

from racing import clock, darkroom
from racing.models import Photo


def after_save(request, key: int, old: str):
    """Make the copies that are missing, once the photo itself is stored.

    `old` is what its copies were made of before: those of another picture go. What
    cannot be read is told in words; the facts of the photo are saved all the same.
    """
    photo = Photo.objects.filter(pk=key).first()
    if photo is None:
        return
    if old and not photo.developed:
        darkroom.clear(old)
    if photo.developed == photo.wanted:
        return
    if is_in_the_darkroom(photo):
        darkroom.worker.ask()
        return
    try:
        darkroom.develop(photo)
    except (OSError, ValueError):
        sentence = _(
            "The texts are saved, but no copies of the photo can be made: its file is "
            "lost or cannot be read. Upload the photo again."
        )
        messages.warning(request, sentence)


def is_in_the_darkroom(photo: Photo) -> bool:
    """Whether somebody is making its copies at this moment."""
    until = photo.in_darkroom_until
    return until is not None and until > clock.machine_now()
