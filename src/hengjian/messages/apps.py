from django.apps import AppConfig


class MessagesConfig(AppConfig):
    name = "hengjian.messages"
    label = "told"  # `messages` is Django's own
