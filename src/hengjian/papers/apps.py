from django.apps import AppConfig


class PapersConfig(AppConfig):
    name = "hengjian.papers"
    label = "papers"
