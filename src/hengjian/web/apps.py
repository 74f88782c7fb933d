from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "hengjian.web"
    label = "web"

    def ready(self) -> None:
        from hengjian.kernel.argument_labels import labels_are

        labels_are(_label)


def _label(code: str, name: str) -> str:
    """The label under which the forms ask for an argument; nothing for what no form asks (`seen`, `subjects`)."""
    from hengjian.web.questions import UnknownQuestion, question  # rooms are read when somebody asks, not at the start

    try:
        return question(code, name).label
    except UnknownQuestion:
        return ""
