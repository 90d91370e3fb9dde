"""
What plugins hear of a case.

All are sent inside the transaction of the action that causes them, with `send`, so an error in a receiver fails the
whole action, loudly. A receiver only writes rows and accepts repeats.
"""

from django.dispatch import Signal

request_submitted = Signal()
"""A request came in. Arguments: `case`, `at`. The case is open and has its reference."""

owner_chosen = Signal()
"""Somebody is to own the case. Arguments: `case`, `owner` (User), `at`. A receiver may raise a `Refusal`."""

barred_wanted = Signal()
"""
Asked whenever work on cases is offered. No arguments. Receivers return a queryset of `values("case", "person")`: the keys of
cases and of the people who may not handle them for the alliance. They are not offered as owners and get no turns of a role there; what
they do for a school of their own stays theirs.
"""

decided_by_others_wanted = Signal()
"""
Asked for every list of turns. Argument: `user`. Receivers return a `Q` on turns, or None: of those of the person's roles the ones
that they may not take, because somebody else has to decide. It becomes part of the list's own query.
"""

looked_at_wanted = Signal()
"""
Asked for every list of cases. Arguments: `user`, `on` (date). Receivers return a queryset of the keys of cases that the person
has a part in. They see how far these are (`for_onlookers` tabs), and the tabs that the plugin gives them.
"""

question_asked = Signal()
"""The alliance asked the requester something. Arguments: `case`, `question` (Message), `at`."""

question_answered = Signal()
"""The requester answered a question. Arguments: `case`, `answer` (Message), `at`."""

question_settled = Signal()
"""The alliance needs no answer to a question any more. Arguments: `case`, `question` (Message), `at`."""

case_closed = Signal()
"""A case ended, whatever way. Arguments: `case` (with its final public status), `at`, `reason`."""

endings_wanted = Signal()
"""
Asked before an end of a case is offered. Arguments: `case`, which is open, and `by`, who would end it (a User or an Actor).
Receivers return the `PublicStatus`es that they may end it with on the case itself, as it stands, or None when that is not theirs to
say. Ending it asks again.
"""

became_more_wanted = Signal()
"""
Asked by retention. No arguments. Receivers return a queryset of the keys of cases of which more came than a request, such as a project:
those are records, and are kept as they are however they ended.
"""

case_anonymised = Signal()
"""
A request that came to nothing is emptied of persons, long after its end. Arguments: `case`, `at`. Receivers take what the requester and
others wrote out of what they hold, in the history too; what counts need (kinds, dates, schools) stays.
"""

turns_wanted = Signal()
"""Asked after every action on a case. Argument: `case`. Receivers return a list of `cases.turns.TurnWanted`."""
