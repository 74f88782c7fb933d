from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "hengjian.web"
    label = "web"
