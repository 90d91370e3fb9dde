from django.urls import path

from diary import feed_views

urlpatterns = [path("<str:token>.ics", feed_views.feed, name="calendar_feed")]
