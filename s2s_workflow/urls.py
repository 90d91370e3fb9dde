from django.urls import path

from s2s_workflow.views import agreements, steps, triage

app_name = "s2s_workflow"
urlpatterns = [
    path("<str:reference>/triage/", triage.triage, name="triage"),
    path("<str:reference>/interests/", triage.interests, name="interests"),
    path("<str:reference>/agreement/<int:version>/", agreements.pdf, name="agreement_pdf"),
    path("<str:reference>/do/<slug:slug>/", steps.step, name="step"),
    path("<str:reference>/do/<slug:slug>/<int:target>/", steps.step, name="step_on"),
]
