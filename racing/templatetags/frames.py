"""The code that shows a part of a page on another site."""

from django import template

from racing import frames

register = template.Library()


@register.simple_tag
def frame_code(address, title, timetable=None):
    """The HTML of a frame, as high as a weekend's timetable or a driver's next race."""
    height = frames.DRIVER_HEIGHT
    if timetable:
        height = frames.weekend_height(len(timetable.days), len(timetable.rows))
    return frames.frame(address, title, frames.WIDTH, height)
