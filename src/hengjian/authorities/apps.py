from django.apps import AppConfig


class AuthoritiesConfig(AppConfig):
    name = "hengjian.authorities"
    label = "authorities"

    def ready(self) -> None:
        from hengjian.authorities import exports, file_openings, logins, passwords, tokens  # noqa: F401 - tables outside models.py; settings name `passwords` as text
        from hengjian.kernel import verification

        if logins.differences not in verification.COMPARISONS:
            verification.COMPARISONS.append(logins.differences)
