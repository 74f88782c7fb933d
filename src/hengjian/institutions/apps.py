from django.apps import AppConfig


class InstitutionsConfig(AppConfig):
    name = "hengjian.institutions"
    label = "institutions"

    def ready(self) -> None:
        from hengjian.institutions.models import Filing
        from hengjian.kernel.deadlines import OpenDeadline, declare

        declare(OpenDeadline(Filing, "due_on", "due_provisional", "due_from", "due_days"))
