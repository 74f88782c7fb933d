"""Keyed hashes by which a certificate is looked up: by the name on it, by the tail of the holder's number."""

from __future__ import annotations

from hengjian.kernel import typed
from hengjian.kernel.sealed import blind_index

TAIL = 4  # what the public types: the last four characters


def name_index(name: str) -> bytes:
    return blind_index(typed.name_key(name), "certificates_certificate.name_index")


def tail_index(number: str, document_tail: str) -> bytes:
    """Bound to the certificate's number, so that equal tails do not look equal."""
    tail = typed.number_code(document_tail)[-TAIL:]
    return blind_index(f"{number}\0{tail}", "certificates_certificate.document_tail")


def document_index(document_type: str, number: str) -> bytes:
    return blind_index(f"{document_type}\0{typed.number_code(number)}", "certificates_certificate.document_index")
