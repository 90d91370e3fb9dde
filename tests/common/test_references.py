from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.references import ALPHABET, LENGTH, InvalidReference, new_reference, parse_reference

places = st.integers(0, LENGTH - 1)
characters = st.sampled_from(ALPHABET)


def test_new_reference_has_prefix_six_characters_and_a_check():
    prefix, body, check = new_reference("S2S").split("-")

    assert (prefix, len(body), len(check)) == ("S2S", 6, 1)
    assert set(body + check) <= set(ALPHABET)


@pytest.mark.parametrize("typed", ["{0}", " {0} ", "{1}", "{2}", "{3}"])
def test_parse_reference_takes_what_people_type(typed):
    reference = new_reference("S2S")
    shapes = (reference, reference.lower(), reference.replace("-", ""), reference.replace("-", " "))

    assert parse_reference(typed.format(*shapes)) == reference


@given(place=places, other=characters)
def test_parse_reference_finds_every_wrong_character(place, other):
    reference = new_reference("HC")
    at = len("HC-") + place
    if reference[at] == other:
        return

    with pytest.raises(InvalidReference):
        parse_reference(reference[:at] + other + reference[at + 1 :])


@given(first=places, second=places)
def test_parse_reference_finds_every_swap(first, second):
    reference = new_reference("HC")
    body = list(reference.split("-")[1])
    if body[first] == body[second]:
        return
    body[first], body[second] = body[second], body[first]

    with pytest.raises(InvalidReference):
        parse_reference(f"HC-{''.join(body)}-{reference[-1]}")


@given(st.text(max_size=200))
def test_parse_reference_never_fails_otherwise(text):
    with suppress(InvalidReference):
        assert parse_reference(text)


@pytest.mark.parametrize("text", ["", "S2S", "-", "S2S-000000-0", "7K4M9Q3", "x" * 10_000])
def test_parse_reference_refuses_what_is_none(text):
    with pytest.raises(InvalidReference):
        parse_reference(text)
