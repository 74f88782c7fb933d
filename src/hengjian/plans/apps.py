from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "hengjian.plans"
    label = "plans"

    def ready(self) -> None:
        from hengjian.plans.models import Plan
        from hengjian.kernel.deadlines import OpenDeadline, declare

        declare(OpenDeadline(Plan, "due_on", "due_provisional", "submitted_on", "due_days"))
