"""Whose news it is."""

from django.db.models import Exists, OuterRef, Q

from drivers.models import Driver
from events.models import EntryDriver, ResultDriver


def of_driver(driver: Driver) -> Q:
    """A condition on results: they count for a driver.

    That is whom a result names, else the whole crew of the car.
    """
    named = ResultDriver.objects.filter(result=OuterRef("pk"))
    crew = EntryDriver.objects.filter(entry=OuterRef("entry"), driver=driver)
    return Q(Exists(named.filter(driver=driver))) | ~Q(Exists(named)) & Q(Exists(crew))
