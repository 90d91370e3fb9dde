"""
The part of a process to be killed that is the same for every plugin. It is warm: each line of its standard input is done by a fork of
it, which dies alone. `WORK seed statement` walks on and kills itself at that statement (0: is killed from outside, if at all); `CHECK`
says what is in the database.
"""

from __future__ import annotations

import gc
import json
import os
import random
import signal
import sys
from collections.abc import Callable
from typing import Any

from django.db import connection, transaction

Act = Callable[[], object]
NextStep = Callable[[random.Random], tuple[str, Act] | None]
"""The next thing that somebody does, by its name; None at the end of the walk."""
State = Callable[[], dict[str, Any]]
"""Whatever is `broken`, in words, how often what was `done`, and whether the walk `is_over`."""


def say(**what: Any) -> None:
    os.write(1, (json.dumps(what) + "\n").encode())


def work(next_step: NextStep, seed: int, statement: int) -> None:
    """Walk to the end, saying what was done once it is done. Only the actions' statements count."""
    left = statement

    def count(execute: Callable[..., Any], *args: Any) -> Any:
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(*args)

    chance = random.Random(seed)
    while step := next_step(chance):
        done, act = step
        with connection.execute_wrapper(count):
            act()
        say(done=done)


def warm_up(next_step: NextStep, state: State) -> None:
    """Walk to the end once and take it back, so that forks find everything read and compiled; they share it untouched."""
    chance = random.Random(0)
    with transaction.atomic():
        while step := next_step(chance):
            step[1]()
        state()
        transaction.set_rollback(True)
    connection.close()
    gc.collect()
    gc.freeze()
    gc.disable()


def serve(next_step: NextStep, state: State) -> None:
    """Do what the lines say until there are no more."""
    warm_up(next_step, state)
    say(ready=True)
    for line in sys.stdin:
        command, *numbers = line.split()
        child = os.fork()
        if child == 0:
            say(pid=os.getpid())
            work(next_step, *map(int, numbers)) if command == "WORK" else say(**state())
            os._exit(0)
        _pid, status = os.waitpid(child, 0)
        say(ended=True, killed=os.WIFSIGNALED(status), failed=os.WIFEXITED(status) and os.WEXITSTATUS(status) != 0)
