"""One settings module, driven by the environment (see `environment.py` and `.env.production.example`)."""

from pathlib import Path
from typing import Any

from botocore.config import Config
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from common.plugins import installed_plugins
from config.environment import BASE_DIR, read_environment
from config.logs import logging_settings

ENVIRONMENT = read_environment()
DEMO = not ENVIRONMENT.is_production
DEBUG = ENVIRONMENT.debug
SECRET_KEY = ENVIRONMENT.secret_key
ALLOWED_HOSTS = ENVIRONMENT.allowed_hosts
DATA_DIR = ENVIRONMENT.data_dir
RELEASE = "0.1.0"

# --- Applications ---------------------------------------------------------------------------------

S2S_PLUGINS = ENVIRONMENT.plugins
CORE_APPS = ["common", "alliance", "outbox", "diary", "finance", "cases", "website", "portal"]
PLUGIN_APPS = installed_plugins(S2S_PLUGINS)

INSTALLED_APPS = [
    *CORE_APPS,
    *PLUGIN_APPS,
    "wagtail_localize",
    "wagtail_localize.locales",  # replaces wagtail.locales
    "wagtail.contrib.redirects",
    "wagtail.contrib.routable_page",
    "wagtail.contrib.settings",
    "wagtail.contrib.search_promotions",
    "wagtail.embeds",
    "wagtail.sites",
    "alliance.users_app.UsersConfig",  # wagtail.users, for superusers only
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "simple_history",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "storages",
    "django_tasks",
    "django_tasks_db",
    "health_check",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
]

MIDDLEWARE = [
    "website.page_cache.PageCacheMiddleware",  # in front: a hit runs nothing below it
    "common.requests.CharsetMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "common.security.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "common.uploads.UploadLimitMiddleware",  # knows the language, and comes before anything that reads a body
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "common.actions.ActorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "common.admin_refusals.RefusalMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "portal.post_only.PostOnlyMiddleware",
    "portal.second_factor.SecondFactorMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SILENCED_SYSTEM_CHECKS = ["security.W019"]  # Wagtail previews pages in a frame of the same origin

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "website.context.website",
                "portal.context.portal",
            ],
        },
    },
]

# --- Database -------------------------------------------------------------------------------------

DATABASES: dict[str, dict[str, Any]] = {"default": {**ENVIRONMENT.database, "ATOMIC_REQUESTS": False, "CONN_MAX_AGE": None}}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # IMMEDIATE: a deferred transaction that upgrades to a write fails with "database is locked".
    # WAL is set once, by the post_migrate receiver in common/sqlite.py.
    DATABASES["default"]["OPTIONS"] = {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": "PRAGMA synchronous=NORMAL"}
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True

# --- Cache, sessions, tasks -----------------------------------------------------------------------

CACHES: dict[str, dict[str, Any]]
if ENVIRONMENT.redis_url:
    CACHES = {
        "default": {
            "BACKEND": "common.caches.RedisOrMemoryCache",
            "LOCATION": ENVIRONMENT.redis_url,
            "OPTIONS": {"socket_timeout": 1, "socket_connect_timeout": 1},  # seconds; a page is made without it sooner than that
        }
    }
else:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "s2s"}}

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 60 * 60 * 12

_task_backend = "django_tasks_db.DatabaseBackend" if ENVIRONMENT.background_worker else "django_tasks.backends.immediate.ImmediateBackend"
TASKS = {"default": {"BACKEND": _task_backend}}

# --- Files ----------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # the database file of the demo lies beside it
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
WHITENOISE_USE_FINDERS = DEMO

_hashed_static_files = "whitenoise.storage.CompressedManifestStaticFilesStorage"
_static_backend = "django.contrib.staticfiles.storage.StaticFilesStorage" if DEMO else _hashed_static_files


def _s3(bucket: str) -> dict[str, Any]:
    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": bucket,
            "endpoint_url": ENVIRONMENT.s3_endpoint_url or None,
            "region_name": ENVIRONMENT.s3_region or None,
            "default_acl": None,
            "file_overwrite": False,
            "querystring_auth": bucket == ENVIRONMENT.s3_bucket,
            "querystring_expire": 60,
            # A storage that is away is told to whoever sends a file; nobody waits for minutes.
            "client_config": Config(connect_timeout=5, read_timeout=30, retries={"max_attempts": 2}, signature_version="s3v4"),
        },
    }


def _disk(folder: Path, url: str | None) -> dict[str, Any]:
    return {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": folder, "base_url": url}}


STORAGES: dict[str, dict[str, Any]] = {
    "default": _s3(ENVIRONMENT.s3_public_bucket) if ENVIRONMENT.s3_bucket else _disk(MEDIA_ROOT, MEDIA_URL),
    "private": _s3(ENVIRONMENT.s3_bucket) if ENVIRONMENT.s3_bucket else _disk(DATA_DIR / "private", None),
    "staticfiles": {"BACKEND": _static_backend},
}
PRIVATE_FILE_MAX_BYTES = 10 * 1024 * 1024
REQUEST_MAX_BYTES = 150 * 1024 * 1024  # what is larger is told at once; what is smaller is read, and told beside the field
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler", "common.uploads.CappedFileUploadHandler"]
ENDED_REQUEST_DAYS = ENVIRONMENT.ended_request_days
CLAMD_ADDRESS = ENVIRONMENT.clamd_address
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000

# --- People and sign-in ---------------------------------------------------------------------------

AUTH_USER_MODEL = "alliance.User"
AUTHENTICATION_BACKENDS = ["alliance.backends.AllianceBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "portal:home"
LOGOUT_REDIRECT_URL = "/"
MFA_REQUIRED = ENVIRONMENT.mfa_required

ACCOUNT_ADAPTER = "portal.account_adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_CHANGE_EMAIL = True  # one address a person; a new one replaces it once it is proven
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_NOTIFICATIONS = True  # tell people when a password, address or second step changed
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_TIMEOUT = 30 * 60
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_FORMS = {
    "add_email": "portal.account_forms.AddEmailForm",
    "change_password": "portal.account_forms.ChangePasswordForm",
    "confirm_email_verification_code": "portal.account_forms.ConfirmEmailVerificationCodeForm",
    "confirm_login_code": "portal.account_forms.ConfirmLoginCodeForm",
    "confirm_password_reset_code": "portal.account_forms.ConfirmPasswordResetCodeForm",
    "login": "portal.account_forms.LoginForm",
    "reauthenticate": "portal.account_forms.ReauthenticateForm",
    "request_login_code": "portal.account_forms.RequestLoginCodeForm",
    "reset_password": "portal.account_forms.ResetPasswordForm",
    "reset_password_from_key": "portal.account_forms.ResetPasswordKeyForm",
    "set_password": "portal.account_forms.SetPasswordForm",
    "signup": "portal.account_forms.SignupForm",
}
MFA_ADAPTER = "portal.second_factor.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEMO
MFA_FORMS = {
    "activate_totp": "portal.account_forms.ActivateTOTPForm",
    "add_webauthn": "portal.account_forms.AddWebAuthnForm",
    "authenticate": "portal.account_forms.AuthenticateForm",
    "edit_webauthn": "portal.account_forms.EditWebAuthnForm",
    "reauthenticate": "portal.account_forms.SecondStepReauthenticateForm",
}

# --- Spam and rate limits -------------------------------------------------------------------------

RATE_LIMITS = ENVIRONMENT.rate_limits  # all counts are in the cache
FORM_SOONEST_SECONDS = ENVIRONMENT.form_soonest_seconds
FORM_LATEST_SECONDS = ENVIRONMENT.form_latest_seconds
REQUEST_SOONEST_SECONDS = ENVIRONMENT.request_soonest_seconds
# Sign-in and sign-up are allauth's; what is not named here has its default. An hourly limit keeps a mailbox from being filled.
ACCOUNT_RATE_LIMITS = {
    "signup": "20/m/ip,100/h/ip",
    "confirm_email": "1/10s/key,10/h/key",
    "request_login_code": "20/m/ip,3/m/key,20/h/key",
    "reset_password": "20/m/ip,5/m/key,20/h/key",
}
ALLAUTH_TRUSTED_PROXY_COUNT = ENVIRONMENT.proxy_count  # of X-Forwarded-For only what these proxies wrote is believed

# --- Mail -----------------------------------------------------------------------------------------

DEFAULT_FROM_EMAIL = ENVIRONMENT.default_from_email
SERVER_EMAIL = DEFAULT_FROM_EMAIL
EMAIL_TIMEOUT = 20
if ENVIRONMENT.email is None:
    EMAIL_BACKEND = "outbox.demo_mailbox.DemoMailboxBackend"
else:
    EMAIL_BACKEND = ENVIRONMENT.email["EMAIL_BACKEND"]
    EMAIL_HOST = ENVIRONMENT.email["EMAIL_HOST"]
    EMAIL_PORT = ENVIRONMENT.email["EMAIL_PORT"]
    EMAIL_HOST_USER = ENVIRONMENT.email["EMAIL_HOST_USER"]
    EMAIL_HOST_PASSWORD = ENVIRONMENT.email["EMAIL_HOST_PASSWORD"]
    EMAIL_USE_TLS = ENVIRONMENT.email["EMAIL_USE_TLS"]
    EMAIL_USE_SSL = ENVIRONMENT.email["EMAIL_USE_SSL"]

# --- Language and time ----------------------------------------------------------------------------

LANGUAGE_CODE = "en-gb"  # with "en", 03/04/2026 reads as 4 March
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("en-gb", _("English")), ("cy", _("Cymraeg"))]
LOCALE_PATHS = [BASE_DIR / "site" / "locale"]
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = WAGTAIL_I18N_ENABLED = True

# --- Wagtail --------------------------------------------------------------------------------------

SITE_URL = ENVIRONMENT.site_url.rstrip("/")
WAGTAIL_SITE_NAME = "School to school support"
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAILADMIN_NOTIFICATION_INCLUDE_SUPERUSERS = False
WAGTAIL_FINISH_WORKFLOW_ACTION = "common.finish_workflow.finish_workflow"
WAGTAIL_FRONTEND_LOGIN_URL = "/account/login/"
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILUSERS_PASSWORD_ENABLED = False
WAGTAILIMAGES_IMAGE_MODEL = "website.SiteImage"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILDOCS_DOCUMENT_MODEL = "website.SiteDocument"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "odt", "xlsx", "ods", "pptx", "csv", "txt"]
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False

# --- History --------------------------------------------------------------------------------------

SIMPLE_HISTORY_HISTORY_CHANGE_REASON_USE_TEXT_FIELD = True
SIMPLE_HISTORY_REVERT_DISABLED = True
SIMPLE_HISTORY_ENFORCE_HISTORY_MODEL_PERMISSIONS = True

# --- Security -------------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", *([ENVIRONMENT.s3_endpoint_url] if ENVIRONMENT.s3_endpoint_url else [])],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
    }
}
X_FRAME_OPTIONS = "SAMEORIGIN"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = not DEMO
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
if not DEMO:
    SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
    SECURE_REDIRECT_EXEMPT = [r"^health/"]
    if ENVIRONMENT.proxy_count:
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
LOGGING = logging_settings(json_lines=not DEMO)
