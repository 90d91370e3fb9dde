import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.hashers import MD5PasswordHasher
from django.contrib.auth.models import Permission

from tests.factories.alliance import UserFactory

pytestmark = pytest.mark.django_db
PASSWORD = "a-long-password"


def sign_in(email: str, password: str = PASSWORD):
    return authenticate(None, email=email, password=password)


@pytest.fixture
def hashes(monkeypatch) -> list[str]:
    """The passwords that were hashed: what takes the time of a sign-in."""
    hashed = []
    encode = MD5PasswordHasher.encode

    def counted(self, password, salt):
        hashed.append(password)
        return encode(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
    return hashed


@pytest.mark.parametrize("typed", ["pat@example.org", "PAT@Example.ORG"])
def test_sign_in_knows_an_address_in_any_case(typed):
    user = UserFactory(email="pat@example.org")

    assert sign_in(typed) == user


def test_sign_in_refuses_a_wrong_password():
    UserFactory(email="pat@example.org")

    assert (sign_in("pat@example.org", "wrong"), sign_in("pat@example.org", "")) == (None, None)


def test_sign_in_refuses_people_who_were_deactivated():
    UserFactory(email="pat@example.org", is_active=False)

    assert sign_in("pat@example.org") is None


def test_sign_in_takes_as_long_over_an_unknown_address(hashes):
    UserFactory(email="pat@example.org")
    hashes.clear()

    assert [sign_in("pat@example.org", "wrong"), sign_in("nobody@example.org", "wrong")] == [None, None]

    assert hashes == ["wrong", "wrong"]


def test_permissions_end_with_the_account():
    user = UserFactory()
    user.user_permissions.add(Permission.objects.get(codename="view_school"))
    active = type(user).objects.get(pk=user.pk).has_perm("alliance.view_school")
    user.is_active = False
    user.save()

    assert (active, type(user).objects.get(pk=user.pk).has_perm("alliance.view_school")) == (True, False)
