"""A mail address as it is kept."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from hengjian.kernel.refusal import PRODUCT, refuse


def mail_of(value: str) -> str:
    """The address without blanks around it; empty stays empty, anything else is refused at the field `mail`."""
    address = value.strip()
    if not address:
        return ""
    try:
        validate_email(address)
    except ValidationError:
        raise refuse(
            "authorities.mail",
            "电子邮箱的写法不正确。",
            field="mail",
            remedy="请填写完整的邮箱地址，或者留空。",
            clause=PRODUCT,
        ) from None
    return address
