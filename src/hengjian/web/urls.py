"""Every address of the product; each view says who may reach it (`middleware.access_of`)."""

from django.urls import include, path

from hengjian.api.app import unknown_address
from hengjian.api.routes import load
from hengjian.web.closed import CLOSED
from hengjian.web.room import addresses

urlpatterns = [
    *CLOSED,
    path("accounts/", include("allauth.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("api/", unknown_address, {"rest": ""}),
    path("api/", load().urls),
    path("api/<path:rest>", unknown_address),
    *addresses(),
]

handler500 = "hengjian.web.patience.server_error"
