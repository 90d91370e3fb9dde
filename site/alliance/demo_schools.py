"""
The demo's schools: 60 plainly invented ones in the shape of the register, taken in by the real importer.

Towns, saints, trusts and authorities do not exist; the postcodes' area ZZ and the numbers 01632 960… are given to nobody.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

from alliance.gias.importing import import_extract
from alliance.models import School
from common.actions import Actor
from common.demo import World

FIRST_URN = 990001
AUTHORITIES = [("991", "Wharfe Valley"), ("992", "North Marrowdale"), ("993", "City of Skelderby")]
TRUSTS = [("99101", "Becksteps Learning Trust"), ("99102", "Fellrise Academies"), ("99103", "Marrowdale Church Schools")]
# Town, metres east and north of the valley's corner, which of the authorities.
TOWNS = [
    ("Otterbeck", 4_100, 21_300, 0),
    ("Hollinfold", 7_800, 19_900, 0),
    ("Castlewick", 12_400, 17_200, 0),
    ("Ellerholme", 15_900, 14_100, 0),
    ("Wharfeholme", 19_300, 11_800, 0),
    ("Thornmere", 22_700, 9_600, 0),
    ("Kettlegarth", 2_300, 27_700, 1),
    ("Ravensgill Moor", 6_100, 31_200, 1),
    ("Birkenside", 9_900, 28_400, 1),
    ("Aldersyke", 14_600, 25_900, 1),
    ("Marrow Cross", 18_200, 30_100, 1),
    ("Skelderby North", 26_400, 6_300, 2),
    ("Skelderby Docks", 28_100, 4_700, 2),
    ("Tanner’s Ings", 29_600, 7_900, 2),
    ("Fellbridge", 31_800, 5_500, 2),
]
SAINTS = ["Hild", "Ebba", "Oswin", "Wilfa", "Bega", "Cedda", "Alkeld", "Osyth"]
LANDMARKS = [
    "Millrace",
    "Long Meadow",
    "Priory Lane",
    "Station Road",
    "Castle Hill",
    "Weir Bank",
    "Fairfield",
    "Larkrise",
    "Stone Bridge",
    "Quarry Bank",
    "Hawthorn Road",
    "Ropewalk",
    "Dockside",
    "Tenter Fields",
    "Pinfold",
]
VALLEY_EAST, VALLEY_NORTH = 405_000, 430_000
OPEN, CLOSED, CLOSING = ("1", "Open"), ("2", "Closed"), ("3", "Open, but proposed to close")
NURSERY, PRIMARY, SECONDARY, SIXTEEN_PLUS, ALL_THROUGH = (
    ("1", "Nursery"),
    ("2", "Primary"),
    ("4", "Secondary"),
    ("6", "16 plus"),
    ("7", "All-through"),
)

Row = dict[str, str]


def load_schools(world: World) -> None:
    """Import the schools and the one succession among them, and list them in `world.schools` by URN."""
    with TemporaryDirectory() as folder:
        for name, text in (("demo_schools.csv", schools_csv()), ("demo_links.csv", links_csv())):
            path = Path(folder) / name
            path.write_text(text, encoding="utf-8")
            report = import_extract(path, by=Actor.job("demo"), at=world.now, progress=lambda _rows: None)
            if report.refused:
                raise ValueError(report.refusals)
    world.schools |= School.objects.filter(urn__gte=str(FIRST_URN)).in_bulk()


def schools_csv() -> str:
    """The extract: four schools in each of 15 towns, always the same."""
    rows = [row for number in range(len(TOWNS)) for row in _schools_of_town(number)]
    return _csv([{"URN": str(FIRST_URN + number), **row} for number, row in enumerate(rows)])


def links_csv() -> str:
    """The last school closed, and its town's first took its place. As in the register, the link is written from both sides."""
    old, new = FIRST_URN + 4 * len(TOWNS) - 1, FIRST_URN + 4 * len(TOWNS) - 4
    since = {"LinkEstablishedDate": "01-09-2023"}
    return _csv(
        [
            {"URN": str(new), "LinkURN": str(old), "LinkName": "", "LinkType": "Predecessor", **since},
            {"URN": str(old), "LinkURN": str(new), "LinkName": "", "LinkType": "Successor", **since},
        ]
    )


def _csv(rows: list[Row]) -> str:
    text = StringIO()
    writer = csv.DictWriter(text, fieldnames=list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def _schools_of_town(number: int) -> Iterator[Row]:
    """A primary school, a church primary, a secondary or something rarer, and another primary."""
    town = TOWNS[number][0]
    saint, landmark = SAINTS[number % len(SAINTS)], LANDMARKS[number]
    catholic = number % 4 == 3
    church = ("Roman Catholic", "Catholic") if catholic else ("Church of England", "Church of England")
    yield _school(number, 0, f"{town} Primary School", PRIMARY)
    yield _school(number, 1, f"St {saint}’s {church[1]} Primary School, {town}", PRIMARY, faith=church[0])
    yield _school(number, 2, *_larger_school(number, town))
    is_last = number == len(TOWNS) - 1
    status = CLOSED if is_last else CLOSING if number == 10 else OPEN
    yield _school(number, 3, f"{landmark} Community Primary School", PRIMARY, status=status)


def _larger_school(number: int, town: str) -> tuple[str, tuple[str, str]]:
    rarer = {
        4: (f"{town} Nursery School", NURSERY),
        8: (f"{town} All-through Academy", ALL_THROUGH),
        12: ("Skelderby Sixth Form College", SIXTEEN_PLUS),
    }
    return rarer.get(number) or (f"{town} High School" if number % 3 else f"The {town} Academy", SECONDARY)


def _school(number: int, nth: int, name: str, phase: tuple[str, str], *, faith: str = "", status: tuple[str, str] = OPEN) -> Row:
    town, east, north, authority = TOWNS[number]
    trust = TRUSTS[2 if faith else (number + nth) % 2] if (number + nth) % 3 == 0 else ("", "Not applicable")
    code, authority_name = AUTHORITIES[authority]
    serial = 4 * number + nth
    return {
        "LA (code)": code,
        "LA (name)": authority_name,
        "EstablishmentName": name,
        "TypeOfEstablishment (name)": "Academy converter" if trust[0] else "Voluntary aided school" if faith else "Community school",
        "EstablishmentStatus (code)": status[0],
        "EstablishmentStatus (name)": status[1],
        "OpenDate": f"01-09-{1957 + serial}",
        "CloseDate": "31-08-2023" if status == CLOSED else "",
        "PhaseOfEducation (code)": phase[0],
        "PhaseOfEducation (name)": phase[1],
        "ReligiousCharacter (name)": faith or "Does not apply",
        "Diocese (name)": "Diocese of Skelderby" if faith else "Not applicable",
        "Trusts (code)": trust[0],
        "Trusts (name)": trust[1],
        "Street": f"{7 + 3 * serial} {('School Lane', 'Church Row', 'Wharfe Street', 'Beck Terrace')[nth]}",
        "Locality": "",
        "Town": town,
        "Postcode": f"ZZ{number + 1} {nth + 1}AA",
        "SchoolWebsite": f"https://school{serial + 1}.example.org",
        "TelephoneNum": f"01632 960{serial + 100}",
        "Easting": str(VALLEY_EAST + east + 310 * nth),
        "Northing": str(VALLEY_NORTH + north - 270 * nth),
    }
