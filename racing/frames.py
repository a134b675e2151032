"""What another site puts into its page to show a small part of this one in a frame."""

from django.utils.html import format_html

# What the frame may be used for: following links. Scripts are not run in it.
ALLOWED = (
    "allow-same-origin allow-popups allow-popups-to-escape-sandbox "
    "allow-top-navigation-by-user-activation"
)
WIDTH = 600
DRIVER_HEIGHT = 420
HIGHEST = 1000  # what does not fit is scrolled to


def weekend_height(days: int, sessions: int) -> int:
    """How many pixels a timetable takes at that width: a frame cannot ask it itself."""
    return min(380 + 45 * days + 60 * sessions, HIGHEST)


def frame(address: str, title: str, width: int, height: int) -> str:
    """``<iframe src=…></iframe>`` of at most so many pixels, for any page."""
    return format_html(
        '<iframe src="{}" title="{}" width="{}" height="{}" '
        'style="border:0;max-width:100%" loading="lazy" sandbox="{}"></iframe>',
        *(address, title, width, height, ALLOWED),
    )
