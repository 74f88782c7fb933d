"""自助登记: an institution nobody has registered yet asks for it; the office that would be responsible confirms or refuses.

Whether the code is known already is looked at when it is confirmed and told to the office alone: whoever asks learns nothing.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from hengjian.authorities.models import Area, Office
from hengjian.institutions.models import Institution
from hengjian.institutions.states import RegistrationState
from hengjian.kernel.case import CaseModel
from hengjian.kernel.kept_field import SaidField
from hengjian.kernel.sealed import EncryptedTextField


class Registration(CaseModel):
    """What somebody says of an institution and of themselves, who would be its first administrator.

    `code` is the key with which they follow it. Once it is decided, number, phone and mail are kept here no longer.
    """

    code = models.CharField(max_length=16, unique=True)
    name = models.CharField(max_length=120)
    uscc = models.CharField(max_length=18, db_index=True)
    kind = models.CharField(max_length=1, choices=Institution.Kind.choices)
    ownership = models.CharField(max_length=12, choices=Institution.Ownership.choices)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="registrations")
    area_path = models.CharField(max_length=48)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="registrations")
    office_reason = SaidField()
    address = models.CharField(max_length=200)
    person_name = models.CharField(max_length=60)
    username = models.CharField(max_length=60)
    identity = EncryptedTextField(default=b"")
    phone = EncryptedTextField(default=b"")
    mail = EncryptedTextField(default=b"")
    received_at = models.DateTimeField()
    decided_on = models.DateField(null=True)
    answer = models.TextField(blank=True)
    institution = models.OneToOneField(Institution, null=True, on_delete=models.PROTECT, related_name="registration")
    state = models.CharField(max_length=12, choices=RegistrationState.choices, default=RegistrationState.WAITING)

    jurisdiction: ClassVar[dict[str, str]] = {"office": "office_id", "area": "area_path"}

    class Meta:
        ordering: ClassVar[Any] = ["-id"]
        constraints: ClassVar[Any] = [
            models.CheckConstraint(
                condition=Q(state="waiting", decided_on__isnull=True, institution__isnull=True)
                | Q(state="confirmed", decided_on__isnull=False, institution__isnull=False)
                | (Q(state="refused", decided_on__isnull=False, institution__isnull=True) & ~Q(answer="")),
                name="registration_decided_says_how",
            ),
        ]

    def __str__(self) -> str:
        return self.name
