from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    name = "hengjian.supervision"
    label = "supervision"

    def ready(self) -> None:
        from hengjian.kernel.deadlines import OpenDeadline, declare
        from hengjian.supervision.models import Duty

        declare(OpenDeadline(Duty, "due_on", "due_provisional", "due_from", "due_days"))
