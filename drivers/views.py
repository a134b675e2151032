from dataclasses import replace
from typing import NamedTuple

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from drivers import jsonld
from drivers.forms import ResultsForm
from drivers.milestones import shown_milestones
from drivers.models import FORMER, Biography, Driver
from events import charts
from events.career import Career, Figure, careers
from events.exports import exported
from events.lineup import lineups
from events.matrix import matrix, row
from events.news.changes import with_news
from events.races import races_of
from events.record import WHATS, Question, Record, details, season_key, told
from events.timetable import timetable, with_outcome
from press.biographies.facts import facts_of_lineups
from press.biographies.resolving import reading
from racing import clock, formats, spoilers, words
from racing.charts import charts as drawing
from racing.context import address_of
from racing.models import Team
from racing.sharing import DEFAULT_COLOUR, share_picture

ROWS_A_PAGE = 50
# How a chart is drawn as a file, and what kind of file that is.
DRAWN = {
    "svg": (drawing.svg, "image/svg+xml"),
    "png": (drawing.png, "image/png"),
}


class ShownFigure(NamedTuple):
    """A figure of a career with the noun that its number takes."""

    what: str
    figure: Figure
    noun: str


def driver_list(request):
    drivers = Driver.objects.published().with_portrait().in_order()
    drivers.sort(key=lambda driver: driver.status == FORMER)
    return render(
        request,
        "drivers/driver_list.html",
        {"lineups": lineups(drivers), "structured": jsonld.driver_list},
    )


def driver_detail(request, slug):
    driver = _driver(slug, with_news(jsonld.with_history(Driver.objects)))
    (lineup,) = lineups([driver])
    event = lineup.next_entry.event if lineup.next_entry else None
    plan = event and timetable(event, with_outcome(event.sessions.all()), links=[])
    hides_texts = lineup.career.hides_results
    hides_biography = hides_texts and spoilers.is_new(driver.biography_changed_at)
    return render(
        request,
        "drivers/driver_detail.html",
        {
            "driver": driver,
            "lineup": lineup,
            "figures": _figures(lineup.career),
            "matrix": matrix(races_of(lineup.career)),
            "chart": charts.of_seasons(lineup.career),
            **_chart_urls(driver),
            "age": driver.age(clock.today()),
            "biographies": [] if hides_biography else _biographies(lineup),
            "hides_biography": hides_biography,
            "milestones": shown_milestones(driver, hides_texts=hides_texts),
            "next_row": plan.next_row if plan else None,
            "next_change": plan.next_change if plan else None,
            "links": list(driver.links.all()),
            "photos": list(driver.photos.publishable().exclude(pk=driver.portrait_id)),
            "structured": jsonld.driver_detail,
        },
    )


def driver_share_picture(request, slug):
    (lineup,) = lineups([_driver(slug)])
    team = lineup.now.record.team if lineup.now else None
    return share_picture(
        number=lineup.number, name=lineup.driver.name, line=str(team or "")
    )


def driver_results(request, slug):
    """The rows behind the totals of a career."""
    driver = _driver(slug)
    record, question = _record(driver), Question.read(request.GET)
    rows, titles = record.find(question), record.titles(question)
    page = Paginator(rows, ROWS_A_PAGE).get_page(request.GET.get("page"))
    what = question.what if question.what in WHATS else ""
    return render(
        request,
        "drivers/driver_results.html",
        {
            "driver": driver,
            "record": record,
            "question": question,
            "query": urlencode(question.parameters),
            "form": ResultsForm(record, question),
            "heading": capfirst(words.noun(what, None)) if what else _("Results"),
            "asked": record.named(question),
            "told": told(what, record.total(question), len(titles) or len(rows)),
            "titles": titles,
            "page": page,
            "results": details(page.object_list),
            "hidden": record.hidden(question) if page.number == 1 else [],
            "chart": _season_chart(record, question.season),
            **_chart_urls(driver, question.season),
            "structured": jsonld.driver_results,
        },
    )


def driver_results_data(request, slug):
    """The same rows for machines: `events.exports` says what stands where."""
    record, question = _record(_driver(slug)), Question.read(request.GET)
    data = exported(record, question, address_of(request))
    return JsonResponse(data, json_dumps_params={"ensure_ascii": False, "indent": 1})


def driver_chart(request, slug, kind):
    """The career by season, or a season race by race, as a file: svg or png."""
    driver, season = _driver(slug), request.GET.get("season", "")
    if season:
        chart = _season_chart(_record(driver), season)
    else:
        chart = charts.of_seasons(_career(driver))
    if chart is None:
        raise Http404
    # A picture that is on its own says whose it is and where it is from.
    chart = replace(chart, title=f"{driver.name} · {chart.title}")
    team = Team.objects.home()
    colour = (team and team.colour) or DEFAULT_COLOUR
    site = formats.bare_url(settings.SITE_URL)
    draw, content_type = DRAWN[kind]
    picture = draw(chart, colour, f"{team} · {site}" if team else site)
    name = "-".join(filter(None, (driver.slug, season)))
    return HttpResponse(
        picture,
        content_type=content_type,
        headers={"Content-Disposition": f'inline; filename="{name}.{kind}"'},
    )


def _driver(slug, drivers=Driver.objects):
    return get_object_or_404(drivers.published().with_portrait(), slug=slug)


def _career(driver):
    return careers([driver])[driver.pk]


def _record(driver):
    return Record(races_of(_career(driver)))


def _biographies(lineup):
    """The driver's texts in the reader's language as they read now, the shortest first.

    Two queries more where facts stand in them.
    """
    language = (get_language() or "sv")[:2]
    texts = Biography.objects.filter(driver=lineup.driver, language=language)
    read = reading([*texts], lambda: facts_of_lineups([lineup])[lineup.driver])
    return sorted(read, key=lambda text: text.length or float("inf"))


def _figures(career: Career) -> list[ShownFigure]:
    """The figures of the page's head; class wins only where there are any."""
    if not career.lines:
        return []
    return [
        ShownFigure(what, figure, words.noun(what, figure.value))
        for what, figure in career.figures.items()
        if what != "class_wins" or figure.value
    ]


def _season_chart(record, key):
    """The chart of a season by its key, or None where there is nothing to draw."""
    for season in record.races.seasons:
        if season_key(season) == key:
            return charts.of_races(row(record.races, season))
    return None


def _chart_urls(driver, season=""):
    """Where the files of a chart are: of the career, or of a season."""
    query = f"?{urlencode({'season': season})}" if season else ""
    return {
        f"{kind}_url": reverse("driver_chart", args=[driver.slug, kind]) + query
        for kind in ("svg", "png")
    }
