from django.urls import path

from s2s_forms.views import copy, resume, telephone

app_name = "s2s_forms"
urlpatterns = [
    path("resume/<str:token>/", resume.resume, name="resume"),
    path("copy/<str:token>/", copy.copy, name="copy"),
    path("telephone/<int:pk>/", telephone.telephone, name="telephone"),
]
