"""What everybody may see without a log-in."""

from __future__ import annotations

from hengjian.web import gallery_page, health_page, metrics_page
from hengjian.web.public import (
    check_batch_pages,
    check_pages,
    draw_pages,
    home_page,
    notice_pages,
    objection_pages,
    registration_pages,
    site_pages,
    verify_page,
)
from hengjian.web.room import Room

ROOM = Room(
    "public",
    pages=(
        site_pages.contact_page,
        site_pages.privacy_page,
        site_pages.robots_file,
        site_pages.security_file,
        home_page.home_page,
        check_pages.check_page,
        check_batch_pages.check_batch_page,
        check_pages.check_number_page,
        check_pages.origin_page,
        verify_page.verify_page,
        notice_pages.notices_page,
        notice_pages.notice_page,
        notice_pages.find_page,
        notice_pages.notice_list_file,
        notice_pages.notice_table_file,
        notice_pages.notice_receipt_file,
        objection_pages.object_page,
        objection_pages.omission_page,
        objection_pages.objection_status_page,
        registration_pages.ask_registration_page,
        registration_pages.registration_status_page,
        draw_pages.public_draws_page,
        draw_pages.public_draw_page,
        draw_pages.public_draw_file,
        gallery_page.gallery_page,
        health_page.health_page,
        metrics_page.metrics_page,
    ),
)
