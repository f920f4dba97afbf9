"""The one settings file: every value comes from here or from a typed environment variable."""

from pathlib import Path

from environs import Env

from wurzelwerk.config.databases import database_from_url
from wurzelwerk.config.folders import private_folder
from wurzelwerk.config.mail import mail_from_url
from wurzelwerk.kernel.keyring import application_secret

env = Env()

PACKAGE = Path(__file__).resolve().parent.parent
DATA = Path(env.str("WURZELWERK_DATA", str(Path.cwd() / "var"))).resolve()
DEBUG = env.bool("WURZELWERK_DEBUG", False)
DEMO = env.bool("WURZELWERK_DEMO", False)
HTTPS = env.bool("WURZELWERK_HTTPS", False)
ORGANISATION = env.str("WURZELWERK_ORGANISATION", "Wurzelwerk")
ADDRESS = env.str("WURZELWERK_ADDRESS", "http://localhost").rstrip("/")
ALLOWED_HOSTS = env.list("WURZELWERK_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
TRUSTED_PROXIES = env.int("WURZELWERK_TRUSTED_PROXIES", 0)

KEY_FOLDER = Path(env.str("WURZELWERK_KEYS", str(DATA / "keys"))).resolve()
SECRET_KEY = env.str("WURZELWERK_SECRET_KEY", "") or application_secret(KEY_FOLDER)
SECRET_KEY_FALLBACKS: list[str] = env.list("WURZELWERK_SECRET_KEY_FALLBACKS", [])

# Rooms from the ground up; a room may import only those before it.
ROOMS = (
    "kernel",
    "ui",
    "people",
    "privacy",
    "lrs",
    "search",
    "notifications",
    "competences",
    "catalogue",
    "journal",
    "learning_time",
    "paths",
    "partnerships",
    "home",
    "demo",
)

INSTALLED_APPS = [
    *(f"wurzelwerk.{room}" for room in ROOMS),
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "wurzelwerk.ui.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "wurzelwerk.people.middleware.SessionLimitsMiddleware",
    "wurzelwerk.people.middleware.SecondFactorMiddleware",
    "wurzelwerk.config.middleware.PlainAnswersMiddleware",
    "wurzelwerk.ui.middleware.PrivateResponsesMiddleware",
]

ROOT_URLCONF = "wurzelwerk.config.urls"
WSGI_APPLICATION = "wurzelwerk.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": True,
        "OPTIONS": {
            "environment": "wurzelwerk.ui.environment.environment",
            "context_processors": ["wurzelwerk.ui.rendering.page_context"],
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

DATABASES = {"default": database_from_url(env.str("DATABASE_URL", f"sqlite:///{DATA}/wurzelwerk.sqlite3"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SILENCED_SYSTEM_CHECKS: list[str] = []

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["wurzelwerk.people.signing_in.PersonBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "staff_number"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PRESERVE_USERNAME_CASING = True
ACCOUNT_ADAPTER = "wurzelwerk.people.signing_in.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "wurzelwerk.people.sign_in_forms.SignInForm",
    "reset_password": "wurzelwerk.people.sign_in_forms.NewPasswordForm",
}
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105 - a name
PASSWORD_RESET_TIMEOUT = 24 * 60 * 60
ACCOUNT_RATE_LIMITS = {
    "login": "600/m/ip",  # a whole company may stand behind one address
    "login_failed": "100/15m/ip,10/15m/key",
    "reset_password": "100/15m/ip,3/15m/key",
    "reset_password_from_key": "100/15m/ip",
    "access_code": "600/m/ip,10/15m/key",
}
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
MFA_ADAPTER = "wurzelwerk.people.second_factor.SecondFactorAdapter"
MFA_ALLOW_UNVERIFIED_EMAIL = True  # addresses come from the people file
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
USERSESSIONS_TRACK_ACTIVITY = False

LANGUAGE_CODE = "de"
LANGUAGES = [
    ("de", "Deutsch (du)"),
    ("de-formal", "Deutsch (Sie)"),
    ("en", "English"),
]
USE_I18N = True
USE_TZ = True
TIME_ZONE = env.str("WURZELWERK_TIME_ZONE", "Europe/Berlin")

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STATICFILES_FINDERS = ["wurzelwerk.ui.bundles.BundleFinder"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = DATA / "media"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
# Not where others may look; the sweep of the people import empties it.
FILE_UPLOAD_TEMP_DIR = private_folder(DATA / "uploads")

# Counts wrong sign-in attempts for all web processes together.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "kernel_cacheentry",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# Plain http (localhost) has plain cookie names; https gets the __Host- prefix.
_prefix = "__Host-" if HTTPS else ""
SESSION_ENGINE = "wurzelwerk.people.sessions"
SESSION_COOKIE_NAME = f"{_prefix}session"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 60 * 60
CSRF_COOKIE_NAME = f"{_prefix}csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SECURE = HTTPS
CSRF_USE_SESSIONS = False
CSRF_FAILURE_VIEW = "wurzelwerk.ui.errors.csrf_failed"
CSRF_TRUSTED_ORIGINS: list[str] = env.list("WURZELWERK_TRUSTED_ORIGINS", [])
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}

MAIL = mail_from_url(env.str("WURZELWERK_MAIL_URL", ""))
EMAIL_BACKEND = env.str("WURZELWERK_EMAIL_BACKEND", MAIL.backend)
EMAIL_HOST, EMAIL_PORT = MAIL.host, MAIL.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL.user, MAIL.password
EMAIL_USE_TLS, EMAIL_USE_SSL = MAIL.starts_tls, MAIL.is_tls
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.str("WURZELWERK_MAIL_FROM", "wurzelwerk@localhost")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": env.str("WURZELWERK_LOG_LEVEL", "WARNING")},
}
