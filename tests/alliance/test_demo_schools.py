from collections import Counter

import pytest

from alliance.demo_schools import load_schools, schools_csv
from alliance.models import School, SchoolLink
from common.demo import World
from tests.conftest import NOON


@pytest.fixture
def world(db) -> World:
    world = World(today=NOON.date(), now=NOON)
    load_schools(world)
    return world


def test_demo_schools_are_the_same_every_time():
    assert schools_csv() == schools_csv()


def test_demo_schools_are_sixty_of_many_kinds(world):
    schools = list(School.objects.all())

    assert (len(schools), len({school.name for school in schools}), len(world.schools)) == (60, 60, 60)
    assert {school.urn[:3] for school in schools} == {"990"}
    assert Counter(school.phase for school in schools) == {
        "PRIMARY": 45,
        "SECONDARY": 12,
        "NURSERY": 1,
        "ALL_THROUGH": 1,
        "SIXTEEN_PLUS": 1,
    }
    assert Counter(school.status for school in schools) == {"OPEN": 58, "PROPOSED_TO_CLOSE": 1, "CLOSED": 1}
    assert {school.local_authority for school in schools} == {"Wharfe Valley", "North Marrowdale", "City of Skelderby"}
    assert len({school.trust for school in schools if school.trust}) == 3


def test_demo_schools_cannot_be_taken_for_real_ones(world):
    for school in world.schools.values():
        assert school.postcode.startswith("ZZ")
        assert school.telephone.startswith("01632 960")
        assert school.website.endswith(".example.org")
        assert school.easting and school.northing


def test_demo_schools_have_one_succession(world):
    link = SchoolLink.objects.get()

    assert (link.predecessor.status, link.successor.status, link.predecessor.town) == ("CLOSED", "OPEN", link.successor.town)


def test_demo_schools_keep_who_brought_them(world):
    assert set(School.history.values_list("history_actor", flat=True)) == {"job: demo"}
