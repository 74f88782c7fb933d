"""One settings file: the environment comes in here, typed, and nowhere else.

`HENGJIAN_MODE` is `demo` (the default: own keys under `var/`, movable clock, labelled data), `test` or `production`.
Production starts only with every secret given, secure cookies and no debug flag.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import dj_database_url
from dj_database_url import DBConfig

from hengjian import production
from hengjian.environment import Environment, demo_keys
from hengjian.kernel.terminal import for_the_terminal
from hengjian.trusted import Trusted

BASE_DIR = Path(__file__).resolve().parents[2]
env = Environment(os.environ)
MODE = env.choice("HENGJIAN_MODE", ("demo", "test", "production"), default="demo")
VAR_DIR = env.path("HENGJIAN_VAR", BASE_DIR / "var")
PRODUCTION = MODE == "production"
DEMO = MODE != "production"
# A demo's clock may be moved ahead by an act; reading it costs a query a second.
CLOCK_MOVABLE = MODE == "demo"
DEBUG = env.flag("HENGJIAN_DEBUG", default=False)

if PRODUCTION:
    env.insist_all(production.faults(os.environ))

# The log's private key is no setting: the sealing process alone opens this file (kernel.log_key).
LOG_KEY_FILE = env.path("HENGJIAN_LOG_KEY_FILE", VAR_DIR / "log-key")
_keys = {} if PRODUCTION else demo_keys(VAR_DIR / "keys.json", LOG_KEY_FILE)


def _secret(name: str) -> str:
    return env.required(name) if PRODUCTION else env.text(name, _keys[name])


SECRET_KEY = _secret("HENGJIAN_SECRET_KEY")
# "k2:<hex>,k1:<hex>": the first encrypts, all decrypt; the index key makes blind indexes (32 bytes each).
FIELD_KEYS = _secret("HENGJIAN_FIELD_KEYS")
INDEX_KEY = _secret("HENGJIAN_INDEX_KEY")
# The log's public key, `name+id+base64`: what every checkpoint is verified with.
LOG_VKEY = _secret("HENGJIAN_LOG_VKEY")
POLICIES_DIR = env.path("HENGJIAN_POLICIES", BASE_DIR / "policies")
LOG_ORIGIN = env.text("HENGJIAN_LOG_ORIGIN", "log.hengjian.example/demo")
SITE_ADDRESS = env.text("HENGJIAN_SITE", "http://127.0.0.1:8000")

# Who may say from where a request came: a number of proxies, or their addresses.
TRUSTED_PROXIES = env.trusted("HENGJIAN_TRUSTED_PROXIES", "0")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if Trusted() != TRUSTED_PROXIES else None
ALLOWED_HOSTS = env.words("HENGJIAN_HOSTS", default=() if PRODUCTION else ("*",))
CSRF_TRUSTED_ORIGINS = list(env.words("HENGJIAN_ORIGINS", default=()))
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = env.flag("HENGJIAN_SECURE_COOKIES", default=PRODUCTION)
# No script of ours reads a cookie of the server; forms and htmx carry the token themselves.
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = SESSION_COOKIE_SECURE
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION else 0
# The address of a production site begins with https:// (`production.faults`); whoever comes without is sent there. The
# check of health asks on the machine itself, past the proxy.
SECURE_SSL_REDIRECT = PRODUCTION
SECURE_REDIRECT_EXEMPT = [r"^health$", r"^metrics$"]
# Who may read /metrics: nobody, until addresses or a token are named.
METRICS_FROM = env.addresses("HENGJIAN_METRICS_FROM")
METRICS_TOKEN = env.text("HENGJIAN_METRICS_TOKEN", "")
env.insist(
    not METRICS_TOKEN or len(METRICS_TOKEN) >= production.SECRET_SIGNS,
    "HENGJIAN_METRICS_TOKEN 太短，至少 32 个字符，可用 openssl rand -hex 32 生成。",
)
# Whom the public and finders of faults write to: mailto:, https:// or tel:.
CONTACT = env.text("HENGJIAN_CONTACT", "mailto:contact@hengjian.example")
if PRODUCTION:
    env.insist(not DEBUG, "生产环境不得打开调试开关：请去掉 HENGJIAN_DEBUG。")
    env.insist(SESSION_COOKIE_SECURE, "生产环境的会话凭据只能经加密连接发送：请去掉 HENGJIAN_SECURE_COOKIES=0。")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "template_partials",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "hengjian.kernel",
    "hengjian.messages",
    "hengjian.authorities",
    "hengjian.papers",
    "hengjian.occupations",
    "hengjian.institutions",
    "hengjian.personnel",
    "hengjian.plans",
    "hengjian.rosters",
    "hengjian.supervision",
    "hengjian.results",
    "hengjian.certificates",
    "hengjian.web",
]

# Tables of the libraries that hold no case and may be written without an act: log-in, sessions, jobs.
LIBRARY_TABLES = (
    "django_session",
    "django_migrations",
    "django_content_type",
    "auth_permission",
    "auth_group",
    "auth_group_permissions",
    "account_emailaddress",
    "account_emailconfirmation",
    "mfa_authenticator",
    "socialaccount_socialaccount",
    "socialaccount_socialapp",
    "socialaccount_socialtoken",
    "usersessions_usersession",
    "django_tasks_database_dbtaskresult",
)

MIDDLEWARE = [
    "hengjian.web.proxies.FromOutside",
    "hengjian.web.typable.Typable",
    "hengjian.web.middleware.SecurityHeaders",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "hengjian.web.patience.Patience",
    "hengjian.web.patience.Sessions",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "hengjian.web.middleware.Seated",
]

ROOT_URLCONF = "hengjian.web.urls"
WSGI_APPLICATION = "hengjian.web.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "src/hengjian/web/templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "hengjian.web.shell.context",
            ],
            "builtins": [
                "hengjian.web.templatetags.words",
                "django.templatetags.i18n",
                "django.templatetags.static",
                "template_partials.templatetags.partials",
            ],
        },
    }
]


def _database(url: str) -> DBConfig:
    """The connection settings of an address: `sqlite:////file` or `postgres://user:password@host:port/name?sslmode=…`."""
    engine = {"sqlite": "sqlite3", "postgres": "postgresql", "postgresql": "postgresql"}.get(url.partition(":")[0])
    if engine is None:
        sys.exit(for_the_terminal("HENGJIAN_DATABASE_URL 应以 sqlite:/// 或 postgres:// 开头。"))
    try:
        # Measured: a new connection for each request costs thirteen times the throughput.
        found = dj_database_url.parse(url, conn_max_age=None, conn_health_checks=engine == "postgresql")
    except ValueError:
        sys.exit(for_the_terminal("HENGJIAN_DATABASE_URL 应为 sqlite:///文件 或 postgres://账号:口令@主机:端口/库名。"))
    found["ENGINE"] = f"hengjian.kernel.backends.{engine}"
    if engine == "sqlite3":
        found["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA secure_delete=ON; PRAGMA cache_size=-65536;",
        }
    else:
        # Measured: a desk's counts are one long statement of small parts, done in 2 ms; the server would compile it first,
        # for 1,400 ms.
        asked = found.setdefault("OPTIONS", {})
        asked["options"] = f"-c jit=off {asked.get('options', '')}".strip()
    return found


DATABASES = {"default": _database(env.text("HENGJIAN_DATABASE_URL", f"sqlite:///{VAR_DIR / 'hengjian.sqlite3'}"))}
DATABASES["default"]["TEST"] = {"NAME": env.text("HENGJIAN_TEST_DATABASE", "") or None}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "authorities.User"

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.MD5PasswordHasher"
    if MODE == "test"
    else "django.contrib.auth.hashers.ScryptPasswordHasher"
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "hengjian.authorities.passwords.LongEnough"},
    *(
        {"NAME": f"django.contrib.auth.password_validation.{name}"}
        for name in ("UserAttributeSimilarityValidator", "CommonPasswordValidator", "NumericPasswordValidator")
    ),
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_ADAPTER = "hengjian.web.accounts.Accounts"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
ACCOUNT_SESSION_REMEMBER = False
# Wrong passwords are counted by `authorities.logging_in`; this one is for wrong codes of the second factor.
ACCOUNT_RATE_LIMITS = {"login_failed": "5/15m/key", "login": "", "reset_password": ""}
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEMO
MFA_TOTP_ISSUER = "衡鉴"
MFA_ADAPTER = "hengjian.web.accounts.SecondFactor"
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {}
if env.text("HENGJIAN_OIDC_ISSUER", ""):
    SOCIALACCOUNT_PROVIDERS["openid_connect"] = {
        "APPS": [
            {
                "provider_id": "office",
                "name": env.text("HENGJIAN_OIDC_NAME", "统一身份认证"),
                "client_id": env.required("HENGJIAN_OIDC_CLIENT"),
                "secret": env.required("HENGJIAN_OIDC_SECRET"),
                "settings": {"server_url": env.required("HENGJIAN_OIDC_ISSUER")},
            }
        ]
    }
# Who needs one, and where, says `accounts.second_factor_roles` and `…_modes`; a demonstration may ask for it besides.
SECOND_FACTOR_REQUIRED = env.flag("HENGJIAN_SECOND_FACTOR", default=False)
if PRODUCTION:
    env.insist(
        SECOND_FACTOR_REQUIRED or not env.text("HENGJIAN_SECOND_FACTOR", ""),
        "第二重验证由 policies/accounts.toml 规定，生产环境不能关闭：请去掉 HENGJIAN_SECOND_FACTOR。",
    )
SESSION_COOKIE_AGE = env.number("HENGJIAN_SESSION_MINUTES", 120) * 60
SESSION_SAVE_EVERY_REQUEST = False
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]  # not said: the name of the language in itself
LOCALE_PATHS = [BASE_DIR / "src/hengjian/locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STORAGES = {
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if MODE == "test" or DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = MODE == "test"
LOG_FILES_DIR = VAR_DIR / "log"
# The store of files (`files.place`): a folder, or s3://bucket/prefix with its endpoint, access key, secret and region.
FILES = env.files(default=VAR_DIR / "files")
# Papers: typefaces that are not in Debian's own folders, the offices' seals (`1302.svg`), key and certificate of the
# signature (PEM; only the process that makes papers opens it) and who stamps the time of it, if anybody.
FONTS_DIR = env.path("HENGJIAN_FONTS", BASE_DIR / "var/fonts")
SEALS_DIR = env.path("HENGJIAN_SEALS", VAR_DIR / "seals")
PAPER_KEY_FILE = env.path("HENGJIAN_PAPER_KEY_FILE", VAR_DIR / "paper-key.pem")
PAPER_TSA = env.text("HENGJIAN_PAPER_TSA", "")
DATA_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000

TASKS = {
    "default": {
        "BACKEND": "django_tasks.backends.immediate.ImmediateBackend"
        if MODE == "test"
        else "django_tasks_db.DatabaseBackend",
        "QUEUES": ["default"],
    }
}
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    if MODE == "test"
    else {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": VAR_DIR / "cache"}
}
# Messages: who writes them, who holds what, where somebody is reached, by which ways they leave the house.
TELLER = "hengjian.messages.telling.tell"
TELLS_WHOM = "hengjian.authorities.holders.seats_holding"
ADDRESS_BOOK = "hengjian.authorities.holders.addresses_of"
EMAIL_HOST = env.text("HENGJIAN_MAIL_HOST", "")
EMAIL_PORT = env.number("HENGJIAN_MAIL_PORT", 587)
EMAIL_HOST_USER = env.text("HENGJIAN_MAIL_USER", "")
EMAIL_HOST_PASSWORD = env.text("HENGJIAN_MAIL_PASSWORD", "")
EMAIL_USE_TLS = env.flag("HENGJIAN_MAIL_TLS", default=PRODUCTION)
EMAIL_TIMEOUT = 10
MAIL_FROM = env.text("HENGJIAN_MAIL_FROM", "hengjian@hengjian.example")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'locmem'}.EmailBackend"
MESSAGE_WAYS: dict[str, dict[str, Any]] = {}
if EMAIL_HOST:
    MESSAGE_WAYS["mail"] = {"class": "hengjian.messages.channels.mail.Mail"}
for _way in ("sms", "chat"):
    if env.text(f"HENGJIAN_{_way.upper()}_URL", ""):
        MESSAGE_WAYS[_way] = {
            "class": "hengjian.messages.channels.http.Http",
            "url": env.text(f"HENGJIAN_{_way.upper()}_URL", ""),
            "secret": env.text(f"HENGJIAN_{_way.upper()}_SECRET", ""),
            "form": env.choice(f"HENGJIAN_{_way.upper()}_FORM", ("plain", "wecom_group"), default="plain"),
        }
if DEMO:  # a demonstration shows what it would have sent
    for _way in ("mail", "sms"):
        MESSAGE_WAYS.setdefault(_way, {"class": "hengjian.messages.channels.folder.Folder", "folder": VAR_DIR / "post"})
SILENCED_SYSTEM_CHECKS: list[str] = []
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # Certificates that nobody here trusts are told by the answer of a verification, not by a trace in the log.
    "loggers": {"hengjian": {"level": "INFO"}, "pyhanko": {"level": "CRITICAL"}},
}
