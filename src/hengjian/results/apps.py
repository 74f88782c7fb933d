from django.apps import AppConfig


class ResultsConfig(AppConfig):
    name = "hengjian.results"
    label = "results"
