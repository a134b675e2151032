from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language

from drivers.models import FORMER, Biography, Driver
from events.lineup import lineups
from events.timetable import timetable
from racing import clock
from racing.sharing import share_picture


def driver_list(request):
    drivers = Driver.objects.published().select_related("portrait").in_order()
    drivers.sort(key=lambda driver: driver.status == FORMER)
    return render(request, "drivers/driver_list.html", {"lineups": lineups(drivers)})


def driver_detail(request, slug):
    driver = _driver(slug)
    (lineup,) = lineups([driver])
    event = lineup.next_entry.event if lineup.next_entry else None
    plan = event and timetable(event, event.sessions.all(), links=[])
    return render(
        request,
        "drivers/driver_detail.html",
        {
            "driver": driver,
            "lineup": lineup,
            "age": driver.age(clock.today()),
            "biographies": _biographies(driver),
            "milestones": list(driver.milestones.all()),
            "next_row": plan.next_row if plan else None,
            "links": list(driver.links.all()),
            "photos": list(driver.photos.publishable().exclude(pk=driver.portrait_id)),
        },
    )


def driver_share_picture(request, slug):
    (lineup,) = lineups([_driver(slug)])
    team = lineup.now.record.team if lineup.now else None
    return share_picture(
        number=lineup.number, name=lineup.driver.name, line=str(team or "")
    )


def _driver(slug):
    return get_object_or_404(
        Driver.objects.published().select_related("portrait"), slug=slug
    )


def _biographies(driver):
    """The driver's texts in the reader's language, the shortest first."""
    language = (get_language() or "sv")[:2]
    texts = Biography.objects.filter(driver=driver, language=language)
    return sorted(texts, key=lambda text: text.length or float("inf"))
