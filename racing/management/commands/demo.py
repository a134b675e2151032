"""Fill an empty site with the real Hockenheim weekend and the drivers' careers."""

import secrets

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, no_translations
from django.db import transaction
from django.urls import reverse

from racing import darkroom
from racing.demo import loading
from racing.demo.files import DataError
from racing.models import User
from racing.permissions import press_officers

USERNAME = "press"


class Command(BaseCommand):
    help = (
        "Fills an empty site with a demonstration: real, sourced facts as they were "
        "known in the race week of May 2022, or all of them (archive). A site that "
        "has content is left alone."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "scene",
            nargs="?",
            choices=list(loading.SCENES),
            default=loading.RACE_WEEK,
            help="Which scene to load; race-week unless you say otherwise.",
        )
        parser.add_argument(
            "--if-empty",
            action="store_true",
            help="Leave a site that has content alone without a word.",
        )

    @no_translations
    def handle(self, *, scene, if_empty, **options):
        held = loading.contents()
        if not held:
            self.fill(scene)
        elif loading.scene_of_the_site() == scene:
            self.stdout.write(f"The site holds the scene {scene}: nothing is changed.")
            self.say_how_to_log_in()
        elif not if_empty:
            raise CommandError(refusal(held, loading.scene_of_the_site()))

    def fill(self, scene):
        try:
            with transaction.atomic():
                password = make_press_officer()
                loaded = loading.fill(scene)
            darkroom.develop_waiting()
        except DataError as error:
            raise CommandError(str(error)) from error
        counts = {
            type(next(iter(rows.values()))): len(rows)
            for rows in loaded.values()
            if rows
        }
        self.stdout.write(f"Filled the site with the scene {scene}: {listed(counts)}.")
        self.say_how_to_log_in(password)

    def say_how_to_log_in(self, password=None):
        address = settings.SITE_URL + reverse("admin:index")
        if password:
            self.stdout.write(
                f"Log in at {address} as {USERNAME} with the password {password}\n"
                "It is shown this once."
            )
        else:
            self.stdout.write(
                f"Log in at {address} as {USERNAME}. To set a new password: "
                f"manage.py changepassword {USERNAME}"
            )


def make_press_officer() -> str | None:
    """A press officer with a new password, which is returned; None where one exists."""
    if User.objects.filter(username=USERNAME).exists():
        return None
    password = secrets.token_urlsafe(12)
    user = User.objects.create_user(USERNAME, password=password, is_staff=True)
    user.groups.add(press_officers())
    return password


def refusal(held, scene) -> str:
    """Why the site is left alone: what it holds, and what to do instead."""
    if scene:
        return (
            f"The site holds the scene {scene} and is left as it is. Each scene needs "
            "a database and a media folder of its own."
        )
    return (
        f"The site has content and is left as it is: {listed(held)}. "
        "The demonstration needs an empty database."
    )


def listed(counts) -> str:
    """Counts by model in words: "1 circuit, 12 results"."""
    return ", ".join(
        f"{count} {names.verbose_name if count == 1 else names.verbose_name_plural}"
        for names, count in ((model._meta, count) for model, count in counts.items())
    )
