from django.urls import path

from cases import link_views

urlpatterns = [
    path("<str:token>/", link_views.follow, name="follow"),
    path("<str:token>/answer/<int:question>/", link_views.answer, name="follow_answer"),
    path("<str:token>/message/", link_views.message, name="follow_message"),
    path("<str:token>/withdraw/", link_views.withdraw, name="follow_withdraw"),
    path("<str:token>/files/<uuid:key>/", link_views.attachment, name="follow_attachment"),
]
