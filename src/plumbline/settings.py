"""Django's settings, read from environment variables named ``PLUMBLINE_*``.

Every variable stands in ``docs/reference/settings.md``. Reading never fails:
``plumbline check`` and ``plumbline serve`` refuse what is unsafe, in words.
"""

import os
from pathlib import Path

from plumbline.deployment import Deployment

DEPLOYMENT = Deployment.from_environment(os.environ)

BASE_DIR = Path(__file__).resolve().parent
SECRET_KEY = DEPLOYMENT.secret_key
DEBUG = False
ALLOWED_HOSTS = DEPLOYMENT.allowed_hosts
CSRF_TRUSTED_ORIGINS = DEPLOYMENT.trusted_origins

INSTALLED_APPS = [
    "plumbline.people",
    "plumbline.goals",
    "plumbline.worker",
    "plumbline.integrations.email",
    "plumbline.web",
    "plumbline.api",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
]

MIDDLEWARE = [
    "plumbline.web.proxy.front_door",
    "django.middleware.security.SecurityMiddleware",
    "plumbline.web.content_policy.content_policy",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "plumbline.web.plain_text.plain_text",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "plumbline.web.http.VisitMiddleware",
    "plumbline.web.language.own_language",
    "plumbline.web.switches.Switches",
]

ROOT_URLCONF = "plumbline.urls"
WSGI_APPLICATION = "plumbline.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "plumbline.web.shell.shell",
            ],
        },
    },
]

DATABASES = {"default": DEPLOYMENT.database}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Shared by every process, because sign-in attempts are counted here.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_REDIRECT_URL = "home"
LOGIN_URL = "account_login"

ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "plumbline.web.account_adapter.AccountAdapter"
ACCOUNT_FORMS = {"login": "plumbline.web.forms.accounts.SignInForm"}
ACCOUNT_PREVENT_ENUMERATION = True
# A letter to an address that nobody has would tell a stranger's mailbox what it must not know.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_LOGIN_ON_PASSWORD_RESET = False
MFA_SUPPORTED_TYPES = ["recovery_codes", "totp", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
# Addresses come from an admin's invitation, whose link is the proof.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "Plumbline"

SESSION_COOKIE_NAME = "plumbline_session"
SESSION_COOKIE_SECURE = DEPLOYMENT.is_https
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "plumbline_csrf"
CSRF_COOKIE_SECURE = DEPLOYMENT.is_https
CSRF_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = DEPLOYMENT.is_https
LANGUAGE_COOKIE_SAMESITE = "Lax"
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if DEPLOYMENT.is_https else 0
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("de", "Deutsch")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = DEPLOYMENT.time_zone
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DEPLOYMENT.folder / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "plumbline.web.static_storage.StaticStorage"},
}

EMAIL_BACKEND = DEPLOYMENT.mail["EMAIL_BACKEND"]
EMAIL_FILE_PATH = DEPLOYMENT.mail.get("EMAIL_FILE_PATH")
EMAIL_HOST = DEPLOYMENT.mail.get("EMAIL_HOST", "")
EMAIL_PORT = DEPLOYMENT.mail.get("EMAIL_PORT", 25)
EMAIL_HOST_USER = DEPLOYMENT.mail.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = DEPLOYMENT.mail.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_SSL = DEPLOYMENT.mail.get("EMAIL_USE_SSL", False)
EMAIL_USE_TLS = DEPLOYMENT.mail.get("EMAIL_USE_TLS", False)
EMAIL_TIMEOUT = DEPLOYMENT.mail.get("EMAIL_TIMEOUT")
DEFAULT_FROM_EMAIL = SERVER_EMAIL = DEPLOYMENT.mail["DEFAULT_FROM_EMAIL"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"no_secrets": {"()": "plumbline.logs.NoSecrets"}},
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["no_secrets"]}},
    "root": {"handlers": ["console"], "level": "INFO"},
    # Django's own handlers would mail error pages, which hold what people typed.
    "loggers": {"django": {"handlers": [], "level": "INFO", "propagate": True}},
}
