"""Every address of the product; each view says who may reach it (`middleware.access_of`)."""

import importlib
import pkgutil

from django.urls import include, path

import hengjian.web
from hengjian.api.app import load
from hengjian.web.pages import URLS


def _gather() -> None:
    """Import each module that registers pages: `*_pages`, `*_page`, `performing`, in this folder and the domains' ones."""
    for found in sorted(pkgutil.walk_packages(hengjian.web.__path__, "hengjian.web."), key=lambda item: item.name):
        if found.name.endswith(("_pages", "_page", ".performing")):
            importlib.import_module(found.name)


_gather()
urlpatterns = [
    path("accounts/", include("allauth.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("api/", load().urls),
    *URLS,
]
