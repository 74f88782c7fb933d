"""Every address of the product. Whoever is not signed in reaches what is marked for it (`login_not_required`) and nothing else."""

from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

from hengjian.api.app import unknown_address
from hengjian.api.routes import asking_for_itself, load
from hengjian.web.closed import CLOSED, LEADING_ON
from hengjian.web.room import addresses

urlpatterns = [
    *CLOSED,
    *LEADING_ON,
    path("accounts/", include("allauth.urls")),
    path("i18n/setlang/", login_not_required(set_language), name="set_language"),
    path("api/", unknown_address, {"rest": ""}),
    path("api/", asking_for_itself(load().urls)),
    path("api/<path:rest>", unknown_address),
    *addresses(),
]

handler500 = "hengjian.web.patience.server_error"
