"""Addresses under /account/ besides allauth's own, which are tried after these."""

from django.urls import path

from portal.views import calendar_feeds, claims, interests, invitations, listing, preferences, profile

urlpatterns = [
    path("", profile.account, name="portal_account"),
    path("profile/", profile.profile, name="portal_profile"),
    path("calendar/", calendar_feeds.feeds, name="portal_calendar_feeds"),
    path("messages/", preferences.preferences, name="portal_preferences"),
    path("listing/", listing.listing, name="portal_listing"),
    path("roles/", claims.roles, name="portal_roles"),
    path("roles/claim/", claims.choose_school, name="portal_claim_school"),
    path("roles/claim/<str:urn>/", claims.claim, name="portal_claim"),
    path("interests/", interests.interests, name="portal_interests"),
    path("interests/<str:urn>/", interests.declare, name="portal_interest"),
    path("invitation/<str:token>/", invitations.invitation, name="account_invitation"),
]
