from django.urls import path

from cases import file_views

urlpatterns = [path("<uuid:key>/", file_views.attachment, name="attachment")]
