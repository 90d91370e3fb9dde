"""The documentation shows the table of moves as it is."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command

from s2s_workflow import diagram
from s2s_workflow.transitions import MOVES


def test_docs_show_the_table_of_moves():
    call_command("stage_diagram", "--check")


def test_a_move_that_the_docs_do_not_show_fails_the_check(monkeypatch):
    monkeypatch.setattr(diagram, "MOVES", MOVES[1:])

    with pytest.raises(CommandError, match="stage_diagram"):
        call_command("stage_diagram", "--check")


def test_every_move_is_a_row():
    assert len(diagram.table().splitlines()) == len(MOVES) + 2


def test_a_page_without_a_place_is_refused():
    with pytest.raises(ValueError, match="no place"):
        diagram.with_moves("# Something else\n")
