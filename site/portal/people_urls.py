"""Addresses under /portal/people/, in the namespace of the portal."""

from django.urls import path

from portal.views import claims, invite, people

urlpatterns = [
    path("", people.people, name="people"),
    path("roles/<int:pk>/end/", people.end_role, name="role_end"),
    path("invite/", invite.invite, name="invite"),
    path("invite/school/", invite.choose_school, name="invite_choose_school"),
    path("invite/school/<str:urn>/", invite.to_school, name="invite_to_school"),
    path("invite/leader/", invite.choose_supporting_school, name="invite_choose_supporting_school"),
    path("invite/leader/<str:urn>/", invite.leader, name="invite_leader"),
    path("invite/alliance/", invite.to_alliance, name="invite_to_alliance"),
    path("invitations/", people.invitations, name="invitations"),
    path("invitations/<str:kind>/<int:pk>/resend/", people.resend, name="invitation_resend"),
    path("invitations/<str:kind>/<int:pk>/withdraw/", people.withdraw, name="invitation_withdraw"),
    path("claims/", claims.claims, name="claims"),
    path("claims/<int:pk>/verify/", claims.verify, name="claim_verify"),
    path("claims/<int:pk>/decline/", claims.decline, name="claim_decline"),
]
