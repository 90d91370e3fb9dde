"""What the tests of the website share."""

from __future__ import annotations

import pytest

from tests.factories.website import make_home
from website.models import HomePage


@pytest.fixture
def home(db: None) -> HomePage:
    return make_home()
