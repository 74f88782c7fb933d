from django.apps import AppConfig


class AuthoritiesConfig(AppConfig):
    name = "hengjian.authorities"
    label = "authorities"

    def ready(self) -> None:
        from hengjian.authorities import tokens  # noqa: F401 - a table outside models.py
