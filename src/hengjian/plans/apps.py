from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "hengjian.plans"
    label = "plans"

    def ready(self) -> None:
        from hengjian.kernel.deadlines import OpenDeadline, declare
        from hengjian.plans.models import Plan

        declare(OpenDeadline(Plan, "due_on", "due_provisional", "submitted_on", "due_days"))
