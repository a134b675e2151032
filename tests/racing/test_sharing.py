"""The picture beside a shared link: racing.sharing."""

from io import BytesIO

import pytest
from PIL import Image

from racing import drawings
from racing.sharing import share_picture
from tests.factories import make_home_team, make_team

pytestmark = pytest.mark.django_db

TEXTS = {"number": "120", "name": "Andreas Bäckman", "line": "TCR"}


def drawn(colour):
    return drawings.png(drawings.panel(**TEXTS, colour=colour))


def test_picture_is_a_png_of_the_size_that_networks_show():
    response = share_picture(**TEXTS)
    assert response.headers["Content-Type"] == "image/png"
    with Image.open(BytesIO(response.content)) as image:
        assert (image.format, image.size) == ("PNG", (1200, 630))


def test_picture_has_the_colour_of_the_home_team():
    make_team(colour="#00aa55")
    make_home_team(colour="#0055aa")
    assert share_picture(**TEXTS).content == drawn("#0055aa")


def test_picture_has_a_colour_without_a_home_team():
    make_team(colour="#00aa55")
    assert share_picture(**TEXTS).content == drawn("#d3121b")


def test_picture_has_a_colour_where_the_home_team_has_none():
    make_home_team(colour="")
    assert share_picture(**TEXTS).content == drawn("#d3121b")


def test_picture_of_nothing_is_drawn_too():
    assert share_picture(number="", name="", line="").status_code == 200
