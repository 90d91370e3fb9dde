"""What plugins hear of the public pages."""

from django.dispatch import Signal

story_goes_live = Signal()
"""
A story is to be shown, now or on a day that is set, whoever asks and by whatever door. Argument: `story`. A receiver may raise a
`Refusal`: the story stays as it is. Sent in the transaction that shows it, so what a receiver locks stays true until then; sent
more than once for one publishing.
"""
