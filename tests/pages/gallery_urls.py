"""The gallery alone, with the few addresses the frame of a page names."""

from django.urls import include, path

from hengjian.web.gallery import gallery

urlpatterns = [
    path("gallery/", gallery),
    path("accounts/", include("allauth.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("", gallery, name="home"),
    path("desk/", gallery, name="desk"),
]
