from django.apps import AppConfig


class RostersConfig(AppConfig):
    name = "hengjian.rosters"
    label = "rosters"
