from django.apps import AppConfig


class InstitutionsConfig(AppConfig):
    name = "hengjian.institutions"
    label = "institutions"

    def ready(self) -> None:
        from hengjian.institutions import registration  # noqa: F401 - a table outside models.py
