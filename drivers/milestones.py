"""Which milestones of a driver a reader is shown."""

from drivers.models import Driver, Milestone
from racing import clock, spoilers


def shown_milestones(driver: Driver, *, hides_texts: bool) -> list[Milestone]:
    """What may be the latest is left out for who does not want to know yet.

    `hides_texts`: whether the reader hides results of the driver's. One query.
    """
    this_year = clock.today().year
    return [
        milestone
        for milestone in driver.milestones.all()
        if not spoilers.is_of_latest(milestone.date)
        and (milestone.date or not hides_texts or milestone.year != this_year)
    ]
