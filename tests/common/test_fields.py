import pytest
from django.core.exceptions import ValidationError

from alliance.models import SchoolRoleKind

FIELD = SchoolRoleKind._meta.get_field("powers")


@pytest.mark.parametrize("value", [["SIGN", "FLY"], "SIGN", {"SIGN": True}])
def test_list_of_choices_refuses_what_is_not_on_the_list(value):
    with pytest.raises(ValidationError):
        FIELD.clean(value, None)


def test_list_of_choices_may_be_empty():
    assert FIELD.clean([], None) == []


def test_list_of_choices_is_shown_in_the_order_of_the_enum():
    assert SchoolRoleKind(powers=["BOOK", "SIGN"]).get_powers_display() == "Sign agreements, Request support and book days"


def test_list_of_choices_is_ticked_in_forms():
    field = FIELD.formfield()

    assert (field.clean(["SIGN"]), field.clean([]), field.label) == (["SIGN"], [], "Powers")
    with pytest.raises(ValidationError):
        field.clean(["FLY"])
