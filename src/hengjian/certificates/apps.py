from django.apps import AppConfig


class CertificatesConfig(AppConfig):
    name = "hengjian.certificates"
    label = "certificates"
