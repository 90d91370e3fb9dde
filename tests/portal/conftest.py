"""What the tests of accounts share."""

from __future__ import annotations

from typing import Any

import pytest

from website.freshness import forget


@pytest.fixture
def site(transactional_db: None, live_server: Any) -> str:
    """The address of a running product on a freshly migrated database. `localhost`: passkeys need a name."""
    forget()
    return str(live_server.url)
