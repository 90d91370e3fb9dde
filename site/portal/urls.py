from django.urls import include, path

from portal.views import calendar, case_actions, cases, home, prices

app_name = "portal"
urlpatterns = [
    path("", home.home, name="home"),
    path("people/", include("portal.people_urls")),
    path("search/", cases.search, name="search"),
    path("calendar/", calendar.calendar, name="calendar"),
    path("calendar/export.<str:format>", calendar.export, name="calendar_export"),
    path("prices/", prices.choose_school, name="prices"),
    path("prices/<str:urn>/", prices.prices_for, name="prices_for"),
    path("cases/", cases.case_list, name="cases"),
    path("cases/assign/", case_actions.assign_many, name="cases_assign"),
    path("cases/export.<str:format>", cases.export, name="cases_export"),
    path("cases/<str:reference>/", cases.case, name="case"),
    path("cases/<str:reference>/take/", case_actions.take, name="case_take"),
    path("cases/<str:reference>/assign/", case_actions.assign, name="case_assign"),
    path("cases/<str:reference>/write/", case_actions.write, name="case_write"),
    path("cases/<str:reference>/answer/<int:question>/", case_actions.answer, name="case_answer"),
    path("cases/<str:reference>/settle/<int:question>/", case_actions.settle, name="case_settle"),
    path("cases/<str:reference>/read/<int:answer>/", case_actions.read, name="case_read"),
    path("cases/<str:reference>/end/", case_actions.end, name="case_end"),
    path("cases/<str:reference>/withdraw/", case_actions.withdraw, name="case_withdraw"),
    path("cases/<str:reference>/<slug:tab>/", cases.case, name="case_tab"),
]
