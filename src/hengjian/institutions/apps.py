from django.apps import AppConfig


class InstitutionsConfig(AppConfig):
    name = "hengjian.institutions"
    label = "institutions"
