from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    name = "hengjian.supervision"
    label = "supervision"

    def ready(self) -> None:
        from hengjian.supervision import reminders  # noqa: F401 - what is told before an exam
