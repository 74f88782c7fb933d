from django.apps import AppConfig


class AuthoritiesConfig(AppConfig):
    name = "hengjian.authorities"
    label = "authorities"
