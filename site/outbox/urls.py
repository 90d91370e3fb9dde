from django.urls import path

from outbox import views

app_name = "outbox"
urlpatterns = [
    path("", views.demo_mailbox, name="demo_mailbox"),
    path("<int:pk>/", views.demo_mail, name="demo_mail"),
]
