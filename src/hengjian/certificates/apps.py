from django.apps import AppConfig


class CertificatesConfig(AppConfig):
    name = "hengjian.certificates"
    label = "certificates"

    def ready(self) -> None:
        from hengjian.certificates import held  # noqa: F401  (hands its reading to the roster checks)
