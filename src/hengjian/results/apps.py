from django.apps import AppConfig


class ResultsConfig(AppConfig):
    name = "hengjian.results"
    label = "results"

    def ready(self) -> None:
        from hengjian.kernel.deadlines import OpenDeadline, declare
        from hengjian.results.models import Objection, ResultSheet

        declare(
            OpenDeadline(ResultSheet, "notice_closes_on", "notice_provisional", "notice_opened_on", "notice_days"),
            OpenDeadline(ResultSheet, "due_on", "due_provisional", "due_from", "due_days"),
            OpenDeadline(Objection, "due_on", "due_provisional", "received_on", "due_days"),
        )
