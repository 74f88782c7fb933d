from django.apps import AppConfig

from hengjian.rosters.sources import SOURCES, Rows


def _held(persons: frozenset[int]) -> Rows:
    """Certificates held, read when a roster is checked: the checks' engine is not loaded at every start."""
    from hengjian.certificates.held import held_by

    return held_by(persons)


class CertificatesConfig(AppConfig):
    name = "hengjian.certificates"
    label = "certificates"

    def ready(self) -> None:
        SOURCES["certificates"] = _held
