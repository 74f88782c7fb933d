"""The gallery of components, open to all: it shows invented values only."""

from __future__ import annotations

from hengjian.web.gallery import gallery
from hengjian.web.pages import Answer, Desk, page


@page("gallery/", "gallery", access="public")
def gallery_page(desk: Desk) -> Answer:
    """Every component in every state."""
    return gallery(desk.request)
