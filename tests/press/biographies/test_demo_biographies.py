"""The real drivers' biographies against the facts of both scenes of the demonstration."""

from datetime import date

from drivers.models import Biography, Driver
from events.career import Figure
from press.biographies.facts import facts_of
from press.biographies.lengths import word_count
from press.biographies.resolving import resolve, validate
from press.biographies.reviews import NOT_REVIEWED, SEASON_OVER, reviews
from racing.tokens import DRIVER_TOKENS
from tests.demos import in_archive, in_race_week, rows_of, season_line

RACE_WEEK_DAY = date(2022, 5, 12)
BEGINS_SV = (
    "Andreas Bäckman, född 1995 i Boden, tävlade första gången i gokart 2006, tio år "
    "gammal. Efter ett år i rallycross debuterade han i bil 2018 och blev trea i TCR "
    "UK. "
)
BEGINS_EN = (
    "Andreas Bäckman, born in Boden, Sweden, in 1995, started racing karts in 2006, "
    "aged ten. After a year in rallycross he turned to cars in 2018, finishing third "
    "in TCR UK. "
)


def reviewed(driver, language, text):
    """A biography of 60 words that was read today and found true."""
    validate(text, DRIVER_TOKENS)
    return Biography(
        driver=driver,
        language=language,
        length=60,
        text=text,
        reviewed_on=date(2026, 6, 1),
    )


def stored(driver):
    """The texts of 60 words by language."""
    found = driver.biographies.filter(length=60)
    return {biography.language: biography.text for biography in found}


def sixty_words(driver):
    texts = stored(driver).items()
    return [reviewed(driver, language, text) for language, text in texts]


def resolved_in_both(driver, endings):
    """Hold the biography in both languages against what it is to say."""
    facts = facts_of([driver])[driver]
    texts = stored(driver)
    for language, begins in (("sv", BEGINS_SV), ("en", BEGINS_EN)):
        found = resolve(texts[language], facts, language)
        assert found.text == begins + endings[language]
        assert 55 <= word_count(found.text) <= 65
    return facts


def warnings_of_stored():
    """(biography, kind) of what is found in the texts that are stored, but reviews."""
    found = reviews(Biography.objects.select_related("driver"))
    return [
        (str(warning.biography), warning.kind, warning.quote)
        for warning in found
        if warning.kind != NOT_REVIEWED
    ]


@in_race_week
def test_the_race_week_reads_as_it_stood_that_day(filled, db, travel, english):
    travel("2022-05-12T12:00+02:00")
    andreas = Driver.objects.get(slug="andreas-backman")
    facts = resolved_in_both(
        andreas,
        {
            "sv": "Han har minst tre segrar, minst nio pallplatser och minst tre pole "
            "positions. Hans senaste säsong är 2022, i 24H Series och STCC för Lestrup "
            "Racing Team.",
            "en": "He has at least three wins, at least nine podiums and at least three "
            "pole positions. His latest season is 2022, in 24H Series and STCC for "
            "Lestrup Racing Team.",
        },
    )
    # One win each in TCR UK in 2018 and in TCR Europe in 2019 and 2020.
    assert facts.figure("wins") == Figure(3, is_at_least=True)
    assert facts.figure("podiums") == Figure(9, is_at_least=True)
    assert facts.figure("poles") == Figure(3, is_at_least=True)
    assert season_line("andreas-backman", "TCR UK 2018").position == 3
    assert reviews(sixty_words(andreas)) == []
    assert warnings_of_stored() == []
    following = resolve("{number}, {next_event}.", facts, "en").text
    assert following == "120, Hankook 12h Hockenheimring on 13–15 May 2022."


@in_archive
def test_the_archive_reads_as_the_record_ends(filled, db, travel, english):
    travel("2026-06-01T12:00+02:00")
    andreas = Driver.objects.get(slug="andreas-backman")
    facts = resolved_in_both(
        andreas,
        {
            "sv": "Han har minst sex segrar, minst 14 pallplatser och minst fem pole "
            "positions. Hans senaste säsong är 2023, i GT4 Europe och GT4 Germany för "
            "racing one och PROsport Racing.",
            "en": "He has at least six wins, at least 14 podiums and at least five pole "
            "positions. His latest season is 2023, in GT4 Europe and GT4 Germany for "
            "racing one and PROsport Racing.",
        },
    )
    assert facts.figure("wins") == Figure(6, is_at_least=True)
    assert facts.figure("podiums") == Figure(14, is_at_least=True)
    assert facts.figure("poles") == Figure(5, is_at_least=True)
    assert reviews(sixty_words(andreas)) == []
    assert warnings_of_stored() == []
    assert resolve("{last_season}. {next_event}.", facts, "en").text == (
        "Third in the 2022 STCC season."
    )
    # What was written in the race week has been overtaken.
    rows = [row for row in rows_of("biographies") if row.known_from == RACE_WEEK_DAY]
    old = [
        reviewed(andreas, row.cells["language"], row.cells["text"])
        for row in rows
        if row.cells["driver"] == andreas.slug
    ]
    assert {warning.kind for warning in reviews(old)} >= {SEASON_OVER}
