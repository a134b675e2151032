"""The addresses of files of photos, for those who may see each."""

from django.http import FileResponse, Http404, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from racing import photo_files
from racing.models import Photo

SEEN_BY = "racing.view_photo"


@require_safe
def rendition(request, pk, name):
    """One of the copies of a photo that pages show."""
    photo = _photo(request, pk, Photo.objects.publishable())
    return _answer(request, photo, name, lambda: photo_files.copy(photo, name))


@require_safe
def download(request, pk, size):
    """A photo to take away: as it came, or as large as a page needs."""
    photo = _photo(request, pk, Photo.objects.downloadable())
    name = photo_files.file_name(photo, size)
    response = _answer(request, photo, name, lambda: photo_files.sized(photo, size))
    response.headers["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=name
    )
    return response


@require_safe
def stored(request, path):
    """An original as it was uploaded, with all that the camera wrote: for editors."""
    photo = Photo.objects.filter(image=path).first()
    if photo is None or not request.user.has_perm(SEEN_BY):
        raise Http404
    try:
        return FileResponse(photo.image.storage.open(path))
    except FileNotFoundError as error:
        raise Http404 from error


def _photo(request, pk, public):
    """The photo, if the public or this editor may have it."""
    photo = public.filter(pk=pk).first()
    if photo is None and request.user.has_perm(SEEN_BY):
        photo = Photo.objects.filter(pk=pk).first()
    if photo is None:
        raise Http404
    return photo


def _answer(request, photo, name, read):
    """A file, or 304 to who keeps it already: no file is opened for them."""
    tag = photo_files.etag(photo, name)
    response = get_conditional_response(request, etag=tag)
    if response is None:
        try:
            content_type = photo_files.content_type(name)
            response = HttpResponse(read(), content_type=content_type)
        except (FileNotFoundError, KeyError) as error:
            raise Http404 from error
    response.headers["ETag"] = tag
    return response
