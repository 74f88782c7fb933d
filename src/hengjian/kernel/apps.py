from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "hengjian.kernel"
    label = "kernel"
    verbose_name = "衡鉴内核"
