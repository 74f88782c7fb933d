"""The digital signature of papers: PAdES B-B, or B-T where the setting names a time-stamping authority.

The key lies in one PEM file: private key (P-256 or RSA), its certificate, then those above it. Only the process that makes
papers opens it. A demonstration makes itself a test key whose certificate says in its name that it binds nobody.
"""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from asn1crypto import keys as asn1_keys
from asn1crypto import pem as asn1_pem
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.conf import settings
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers, timestamps
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from hengjian.kernel.words import say

R = TypeVar("R")
FIELD = "Signature"
TEST_NAME = "衡鉴演示签章（测试密钥，无法律效力）"  # not said: the name in a certificate
_TEST_YEARS = 30
_DAYS_A_YEAR = 365


class NoKey(LookupError):
    """There is no key to sign papers with; the sentence says what to do."""


@dataclass(frozen=True)
class Held:
    """What a signature says when it is looked at: whole, by whom, when; `trusted` under the certificates given."""

    intact: bool
    whole_file: bool
    trusted: bool
    signer: str
    signed_at: datetime | None
    first_revision: int  # bytes of the paper as it was before it was signed

    @property
    def holds(self) -> bool:
        return self.intact and self.whole_file


@lru_cache(maxsize=2)
def _signer(path: Path, changed: int) -> signers.SimpleSigner:
    """The signer of this file; read anew when the file has changed."""
    key: asn1_keys.PrivateKeyInfo | None = None
    certificates: list[asn1_x509.Certificate] = []
    for kind, _, der in asn1_pem.unarmor(path.read_bytes(), multiple=True):
        if kind == "CERTIFICATE":
            certificates.append(asn1_x509.Certificate.load(der))
        elif kind == "PRIVATE KEY":
            key = asn1_keys.PrivateKeyInfo.load(der)
    if key is None or not certificates:
        raise NoKey(
            say("公文签名密钥文件 {path} 应先后写有 PKCS#8 私钥和证书（PEM），公文只登记，暂不制作。", path=path)
        )
    store = SimpleCertificateStore()  # type: ignore[no-untyped-call]
    store.register_multiple(certificates[1:])
    return signers.SimpleSigner(signing_cert=certificates[0], signing_key=key, cert_registry=store)


def signer() -> signers.SimpleSigner:
    """Raises NoKey. A demonstration without a key makes itself one."""
    path = Path(settings.PAPER_KEY_FILE)
    if not path.is_file():
        if not settings.DEMO:
            raise NoKey(
                say(
                    "没有公文签名密钥 {path}，公文只登记，暂不制作。请把私钥和证书写成一个 PEM 文件，"
                    "由 HENGJIAN_PAPER_KEY_FILE 指明。",
                    path=path,
                )
            )
        make_test_key(path)
    return _signer(path, path.stat().st_mtime_ns)


def is_test_key() -> bool:
    return name_of_signer() == TEST_NAME


def name_of_signer() -> str:
    """The common name in the certificate of the key."""
    certificate = signer().signing_cert
    assert certificate is not None  # `_signer` has read it
    return str(certificate.subject.native.get("common_name", ""))


def make_test_key(path: Path) -> None:
    """A self-signed P-256 key for demonstrations and tests, readable by its owner only."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, TEST_NAME)])
    begins = datetime.fromisoformat("2020-01-01T00:00:00+08:00")
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(begins + timedelta(days=_TEST_YEARS * _DAYS_A_YEAR))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_signs_documents(), critical=True)
        .sign(key, hashes.SHA256())
    )
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(secret + certificate.public_bytes(serialization.Encoding.PEM))
    draft.replace(path)


def _signs_documents() -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_cert_sign=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )


class _SignedAt(signers.PdfSigner):
    """Signs by the house's clock, which in a demonstration has been moved, not by the machine's."""

    def __init__(self, *args: Any, at: datetime, **options: Any) -> None:
        super().__init__(*args, **options)
        self._at = at

    def init_signing_session(self, *args: Any, **options: Any) -> Any:
        session = super().init_signing_session(*args, **options)
        session.system_time = self._at
        return session


def signed(pdf: bytes, *, at: datetime, reason: str) -> bytes:
    """The file with the signature appended: what came before stays byte for byte. Raises NoKey."""
    by = signer()
    details = signers.PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        subfilter=fields.SigSeedSubFilter.PADES,
        reason=reason,
        certify=True,
        docmdp_permissions=fields.MDPPerm.NO_CHANGES,
    )
    stamper = timestamps.HTTPTimeStamper(settings.PAPER_TSA) if settings.PAPER_TSA else None
    out = io.BytesIO()

    def sign() -> None:
        _SignedAt(details, by, timestamper=stamper, at=at).sign_pdf(
            IncrementalPdfFileWriter(io.BytesIO(pdf)), output=out
        )

    _apart(sign)
    return out.getvalue()


def _apart(work: Callable[[], R]) -> R:
    """In a thread of its own: the library starts an event loop, which fails where the caller's thread runs one."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        return pool.submit(work).result()


def held(pdf: bytes, *, roots: bytes = b"") -> Held | None:
    """What the file's signature says; None where it has none. `roots`: certificates (PEM) that are trusted."""
    reader = PdfFileReader(io.BytesIO(pdf), strict=False)
    embedded = reader.embedded_regular_signatures
    if not embedded:
        return None
    trusted = [asn1_x509.Certificate.load(der) for _, _, der in asn1_pem.unarmor(roots, multiple=True)] if roots else []
    status = _apart(
        lambda: validate_pdf_signature(embedded[0], ValidationContext(trust_roots=trusted, allow_fetching=False))
    )
    return Held(
        intact=bool(status.intact and status.valid),
        whole_file=len(embedded) == 1 and embedded[0].signed_revision + 1 == reader.xrefs.total_revisions,
        trusted=bool(status.trusted),
        signer=str(embedded[0].signer_cert.subject.native.get("common_name", "")),
        signed_at=embedded[0].self_reported_timestamp,
        first_revision=_first_revision(pdf),
    )


def _first_revision(pdf: bytes) -> int:
    """Where the paper ended before it was signed."""
    mark = b"%%EOF"
    return pdf.index(mark) + len(mark)
