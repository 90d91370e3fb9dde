from django.urls import path

from health_checks.views import booking, booking_steps, days, records, report, steps

app_name = "health_checks"
urlpatterns = [
    path("book/", booking.start, name="book"),
    path("book/school/", booking.choose_school, name="book_school"),
    path("book/claim/<str:urn>/", booking.claim, name="book_claim"),
    path("book/<int:pk>/check/", booking.check, name="book_check"),
    path("book/<int:pk>/sent/", booking.sent, name="book_sent"),
    path("book/<int:pk>/<slug:slug>/", booking_steps.step, name="book_step"),
    path("report/", report.report, name="report"),
    path("report/<str:format>/", report.export, name="report_export"),
    path("<str:reference>/day/<int:pk>/", days.day, name="day"),
    path("<str:reference>/day/<int:pk>/record/", records.write, name="record"),
    path("<str:reference>/day/<int:pk>/evidence/", records.pack, name="evidence_pack"),
    path("<str:reference>/day/<int:pk>/calendar/", days.calendar_entry, name="calendar_entry"),
    path("<str:reference>/do/<slug:slug>/", steps.step, name="step"),
    path("<str:reference>/do/<slug:slug>/<int:target>/", steps.step, name="step_on"),
]
