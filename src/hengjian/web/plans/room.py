"""What will be assessed, where, when and for how many."""

from __future__ import annotations

from hengjian.plans.models import Batch, Plan
from hengjian.plans.search import BATCHES, PLANS
from hengjian.web.plans import alarms, batch_page, past_plans_page, plan_pages, rows_pages, waiting
from hengjian.web.plans.agenda import exams
from hengjian.web.plans.parts import batch_chip, plan_chip
from hengjian.web.plans.questions import QUESTIONS
from hengjian.web.room import MenuEntry, Opening, Room, Search
from hengjian.web.seats_of import CASE_ROLES

ROOM = Room(
    "plans",
    pages=(
        plan_pages.plans_page,
        plan_pages.plan_page,
        rows_pages.add_batches_page,
        rows_pages.add_sittings_page,
        batch_page.batch_page,
        past_plans_page.past_plans_page,
    ),
    questions=QUESTIONS,
    queue={Plan: waiting.PLAN_QUEUE, Batch: waiting.BATCH_QUEUE},
    alarms=(alarms.rosters_still_missing, alarms.idle_institutions),
    menu=(
        MenuEntry("事中", "认定计划", "plans", CASE_ROLES),
        MenuEntry("事中", "以往计划", "past_plans", CASE_ROLES),
    ),
    agenda=(exams,),
    openings=(Opening("plans.draft_plan"),),
    search=(Search(PLANS, plan_chip), Search(BATCHES, batch_chip)),
)
