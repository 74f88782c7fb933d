from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    name = "hengjian.supervision"
    label = "supervision"
