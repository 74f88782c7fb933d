"""The address of the gallery, open to all: it shows invented values only."""

from django.urls import path

from hengjian.web.gallery import gallery
from hengjian.web.pages import URLS

URLS.append(path("gallery/", gallery, name="gallery"))
