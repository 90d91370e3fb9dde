from django.apps import AppConfig

from alliance.roles import keeps

KEPT = ("diary.view_halfday", "diary.view_leaderyear", "diary.allow_leaderyear", *keeps("diary", "termdate", "closure"))


class DiaryConfig(AppConfig):
    name = "diary"
    verbose_name = "Diary"
    role_permissions = {"S2S_LEAD": KEPT, "BROKER": KEPT}
