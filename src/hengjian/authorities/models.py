"""Areas, offices, seats: the three levels and who sits where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.contrib.auth.hashers import check_password
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q

from hengjian.authorities.roles import SEES, Role
from hengjian.kernel.case import CaseModel
from hengjian.kernel.sealed import EncryptedTextField
from hengjian.kernel.words import listed, say


class User(AbstractUser):
    """A log-in. What its holder may do hangs from seats, never from the log-in; Django's own permissions are unused."""

    decides_nothing = True

    name = models.CharField("姓名", max_length=60)

    class Meta(AbstractUser.Meta):
        pass

    def check_password(self, raw_password: str | None) -> bool:
        """As in Django, without hashing anew on the way: a stored hash changes only by an act of the account."""
        return check_password(raw_password or "", self.password)


class Account(CaseModel):
    """The person behind a log-in: one account for one identity number and one phone.

    `login_digest` is what stands for the log-in in the log: a hash over the stored password hash, the factors and the
    outside identities (`logins`). Whoever changes one of those past an act is found by `log verify` and not let in.
    """

    class State(models.TextChoices):
        OPEN = "open", "在用"
        CLOSED = "closed", "已停用"

    user = models.OneToOneField(User, on_delete=models.PROTECT, related_name="account")
    area_path = models.CharField(max_length=48)
    identity = EncryptedTextField(default=b"")
    identity_index = models.BinaryField(max_length=16, unique=True)
    phone = EncryptedTextField(default=b"")
    phone_index = models.BinaryField(max_length=16, unique=True)
    mail = EncryptedTextField("电子邮箱", default=b"")
    mail_confirmed_at = models.DateTimeField(null=True)  # by whoever reads what is sent there
    login_digest = models.CharField(max_length=64)
    # The one-time link with which the holder sets a password: its hash, and until when it opens.
    link_digest = models.CharField(max_length=64, blank=True)
    link_until = models.DateTimeField(null=True)
    closed_on = models.DateField(null=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.OPEN)

    jurisdiction: ClassVar[dict[str, str]] = {"seats": "area_path", "account": "id"}

    class Meta:
        ordering: ClassVar[Any] = ["id"]
        constraints: ClassVar[Any] = [
            models.CheckConstraint(
                condition=Q(link_digest="", link_until__isnull=True)
                | (~Q(link_digest="") & Q(link_until__isnull=False)),
                name="account_link_has_its_end",
            ),
            models.CheckConstraint(
                condition=Q(state="open", closed_on__isnull=True) | Q(state="closed", closed_on__isnull=False),
                name="account_closed_has_its_day",
            ),
        ]

    def __str__(self) -> str:
        return say("{name}（{username}）", name=self.user.name, username=self.user.username)


class Area(CaseModel):
    """A supervised area: division, development zone or 雄安新区; `path` is closed (`13/1302/130203/`)."""

    class Kind(models.TextChoices):
        PROVINCE = "province", "省"
        CITY = "city", "设区市"
        COUNTY = "county", "县（市、区）"
        ZONE = "zone", "开发区、新区"

    code = models.CharField(max_length=6, unique=True)
    path = models.CharField(max_length=48, unique=True)
    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")

    open_to_all = True
    jurisdiction: ClassVar[dict[str, str]] = {"area": "path"}

    class Meta:
        ordering: ClassVar[Any] = ["path"]
        constraints: ClassVar[Any] = [
            models.CheckConstraint(condition=Q(path__endswith="/"), name="area_path_is_closed")
        ]

    def __str__(self) -> str:
        return self.name


class Office(CaseModel):
    """The appraisal centre or bureau of one area."""

    class Level(models.TextChoices):
        PROVINCE = "province", "省级"
        CITY = "city", "市级"
        DISTRICT = "district", "区县级"

    area = models.OneToOneField(Area, on_delete=models.PROTECT, related_name="office")
    name = models.CharField(max_length=80)
    level = models.CharField(max_length=12, choices=Level.choices)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="lower")
    phone = models.CharField(max_length=40, blank=True)

    open_to_all = True
    jurisdiction: ClassVar[dict[str, str]] = {"office": "id", "area": "area__path"}

    class Meta:
        ordering: ClassVar[Any] = ["area__path"]

    def __str__(self) -> str:
        return self.name


class Seat(CaseModel):
    """One person in one role at one office or institution: who acts and who sees.

    Institutions and persons of the personnel base live in layers above; they are held by number. A seat that has ended
    stays as it was; whoever comes back gets another.
    """

    class State(models.TextChoices):
        PENDING = "pending", "待确认"
        ACTIVE = "active", "在用"
        DECLINED = "declined", "未予确认"
        ENDED = "ended", "已撤销"

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="seats")
    role = models.CharField(max_length=24, choices=Role.choices)
    office = models.ForeignKey(Office, null=True, on_delete=models.PROTECT, related_name="seats")
    institution_id = models.BigIntegerField(null=True, db_index=True)
    person_id = models.BigIntegerField(null=True, db_index=True)
    place_name = models.CharField(max_length=120)
    area_path = models.CharField(max_length=48)
    proposed_by = models.CharField(max_length=64, blank=True)  # who opened it, or made its confirmation necessary again
    confirmed_by = models.CharField(max_length=64, blank=True)
    ended_on = models.DateField(null=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.ACTIVE)
    # The token through which this seat acts just now, where it does: `seating` says so on the copy it hands out.
    by_token: int | None = None
    token_scope: Sequence[str] | None = None  # None: nothing narrows it

    jurisdiction: ClassVar[dict[str, str]] = {
        "office": "office_id",
        "institution": "institution_id",
        "staff": "institution_id",
        "area": "area_path",
        "seats": "area_path",
    }

    class Meta:
        ordering: ClassVar[Any] = ["id"]
        constraints: ClassVar[Any] = [
            models.CheckConstraint(
                condition=Q(office__isnull=False, institution_id__isnull=True)
                | Q(office__isnull=True, institution_id__isnull=False),
                name="seat_at_office_or_institution",
            ),
            models.UniqueConstraint(
                fields=["user", "role", "office"],
                condition=Q(office__isnull=False, ended_on__isnull=True),
                name="seat_once_at_office",
            ),
            models.UniqueConstraint(
                fields=["user", "role", "institution_id"],
                condition=Q(institution_id__isnull=False, ended_on__isnull=True),
                name="seat_once_at_institution",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["pending", "active"], ended_on__isnull=True)
                | Q(state__in=["declined", "ended"], ended_on__isnull=False),
                name="seat_ended_has_its_day",
            ),
            models.CheckConstraint(
                condition=~Q(state="pending") | ~Q(proposed_by=""), name="seat_pending_has_its_author"
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def is_held(self) -> bool:
        """Whether its holder acts and sees from it now."""
        return self.state == Seat.State.ACTIVE

    @property
    def actor_id(self) -> str:
        return f"seat:{self.pk}"

    @property
    def label(self) -> str:
        return listed((self.place_name, Role(self.role).label), "·")

    @property
    def role_code(self) -> str:
        return self.role

    @property
    def person(self) -> str:
        return f"user:{self.user_id}"

    @property
    def reach(self) -> Mapping[str, Any]:
        return {
            "office": self.office_id,
            "superior": self.office_id,
            "institution": self.institution_id,
            "staff": self.institution_id,
            "person": self.person_id,
            "area": self.area_path,
            "held": self.area_path,
            "seats": self.area_path,
            "seat": self.actor_id,
            "seat_number": self.pk,
        }

    @property
    def sees(self) -> tuple[str, ...]:
        return SEES[Role(self.role)]
