from django.apps import AppConfig


class OccupationsConfig(AppConfig):
    name = "hengjian.occupations"
    label = "occupations"
