"""E-mail by the site's mail server (Django's own backend)."""

from __future__ import annotations

import smtplib
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMessage

from hengjian.messages.channels import Letter, Undeliverable
from hengjian.messages.declared import Address


@dataclass(frozen=True)
class Mail:
    channel: str

    def reaches(self, address: Address) -> bool:
        return bool(address.mail)

    def send(self, letter: Letter) -> str:
        host = settings.MAIL_FROM.rsplit("@", 1)[-1].rstrip(">")
        mail = EmailMessage(
            letter.title,
            f"{letter.text}\n\n{letter.link}\n",
            from_email=settings.MAIL_FROM,
            to=[letter.to.mail],
            headers={"Message-ID": f"<{letter.key}@{host}>", "Auto-Submitted": "auto-generated"},
        )
        try:
            mail.send()
        except smtplib.SMTPRecipientsRefused as refused:
            codes = [code for code, _ in refused.recipients.values()]
            raise Undeliverable(f"SMTP {codes[0]}", for_good=all(code >= 500 for code in codes)) from refused
        except smtplib.SMTPResponseException as refused:
            raise Undeliverable(f"SMTP {refused.smtp_code}", for_good=refused.smtp_code >= 550) from refused
        except (OSError, smtplib.SMTPException) as lost:
            raise Undeliverable(type(lost).__name__) from lost
        return "250"
