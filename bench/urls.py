"""The product's addresses behind an empty page, which is tried first and passes the same middleware."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import path

from hengjian.web.urls import urlpatterns as product


@login_not_required
def hello(request: HttpRequest) -> HttpResponse:
    return HttpResponse("你好")


hello.hengjian_access = "public"  # type: ignore[attr-defined]
urlpatterns = [path("hello/", hello), *product]
