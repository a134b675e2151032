"""A photo of 24 megapixels in all its renditions, against 3 s of CPU and 400 MB."""

import io
import resource
import time
from concurrent.futures import ProcessPoolExecutor

from PIL import Image

from racing.pictures import renditions
from racing.pictures.labels import Label
from racing.pictures.reading import told
from racing.pictures.splicing import labelled
from racing.uploads import validate_photo
from tests.bench.sites import say
from tests.racing.pictures.files import camera_exif, saved, with_metadata

SIZE = (6000, 4000)


def photograph():
    """Gradients with grain: a JPEG of the size that a camera makes, with a place."""
    small = Image.merge("RGB", [Image.effect_noise((150, 100), 90) for _ in range(3)])
    scene = small.resize(SIZE, Image.Resampling.BICUBIC)
    grain = Image.effect_noise(SIZE, 24).convert("RGB")
    data = saved(Image.blend(scene, grain, 0.3), quality=92)
    return with_metadata(data, exif=camera_exif(orientation=1), iptc=b"")


def cpu():
    """Seconds of this process, and its largest size so far in MB."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def measured(what, work):
    before, began = cpu()[0], time.perf_counter()
    result = work()
    after, largest = cpu()
    took = time.perf_counter() - began
    say(
        f"{what:28} {after - before:6.2f} s CPU {took:6.2f} s {largest:6.0f} MB at most"
    )
    return result


def main():
    # Made in another process: its memory is none of the site's.
    with ProcessPoolExecutor(1) as elsewhere:
        data = elsewhere.submit(photograph).result()
    file = io.BytesIO(data)
    file.name, file.size = "photo.jpg", len(data)
    say(f"{SIZE[0]} × {SIZE[1]} pixels, {len(data) / 1e6:.1f} MB")
    measured("checked", lambda: validate_photo(file))
    measured("read", lambda: told(file))
    label = Label(creator="Märta Ek", captions={"sv": "Depån", "en": "The pits"})
    measured("labelled", lambda: labelled(data, label))
    made = measured("all renditions", lambda: dict(renditions.make(file, 0.4, 0.6)))
    for name, picture in made.items():
        say(f"  {name:20} {len(picture) / 1000:7.1f} kB")


if __name__ == "__main__":
    main()
