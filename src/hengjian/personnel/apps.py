from django.apps import AppConfig


class PersonnelConfig(AppConfig):
    name = "hengjian.personnel"
    label = "personnel"
