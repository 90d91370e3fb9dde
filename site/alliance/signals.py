"""What the alliance tells the apps above it."""

from django.dispatch import Signal

school_role_decided = Signal()
"""
A claimed role was verified or declined, from the portal or the admin: `role` says which, `at` when.

Sent inside the transaction of the decision, once for each. Receivers write rows only; an error in one undoes the decision.
"""
