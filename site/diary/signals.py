"""What the diary asks of the apps above it."""

from django.dispatch import Signal

calendar_entries_wanted = Signal()
"""
Asked whenever a calendar feed is read. Arguments: `user` (somebody's own calendar) or `school` (that school's), the other one None, and
`first` (date). Receivers return a list of `diary.calendars.CalendarEntry` from that day on that the person, or the school, may see now;
cancelled ones stay in it, as cancelled.
"""
