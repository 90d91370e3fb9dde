"""The demo's health check days: the public page, and bookings at every point of their way."""

from common.demo import World
from health_checks.demo.bookings import load_bookings
from health_checks.demo.pages import load_page


def load_demo(world: World) -> None:
    load_page(world)
    load_bookings(world)
