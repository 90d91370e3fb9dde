"""
What finance tells the apps above it.

`invoice_handled` and `invoice_moved` are sent inside the transaction of the action on an invoice, with `send`: an error in a receiver
undoes the action. `invoice.case_reference` says which case it belongs to, if it is one.
"""

from django.dispatch import Signal

invoice_handled = Signal()
"""
Somebody who may handle invoices is about to change one. Arguments: `invoice`, `by`. Sent before the invoice is locked: a receiver
locks what it will change in `invoice_moved`, and may raise a `Refusal`.
"""

invoice_moved = Signal()
"""An invoice changed its status: it was issued, queried, settled, paid, credited or thrown away. Arguments: `invoice`, `at`."""

barred_references_wanted = Signal()
"""
Asked whenever quotes and invoices are shown in the admin. Argument: `user`. Receivers return a queryset of the references of the work
whose money the person does not see.
"""
