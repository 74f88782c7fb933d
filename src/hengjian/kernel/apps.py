from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "hengjian.kernel"
    label = "kernel"
    verbose_name = "衡鉴内核"

    def ready(self) -> None:
        from hengjian.kernel import among  # noqa: F401 its import makes the look-up known
