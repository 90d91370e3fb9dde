"""`make run` says at once that its address is taken."""

from __future__ import annotations

import socket

import pytest
from django.core.management import CommandError, call_command


def test_an_address_that_is_taken_is_refused_before_anything_is_started(settings):
    settings.DEMO = True
    with socket.create_server(("127.0.0.1", 0)) as other:
        address = f"127.0.0.1:{other.getsockname()[1]}"

        with pytest.raises(CommandError, match=f"Cannot serve on {address}.*make run ADDRESS="):
            call_command("serve", address=address)


@pytest.mark.parametrize("address", ["localhost", "127.0.0.1:99999", "127.0.0.1:http"])
def test_an_address_that_is_none_is_told(settings, address):
    settings.DEMO = True
    with pytest.raises(CommandError, match=f"Cannot serve on {address}"):
        call_command("serve", address=address)
