"""Tables of the kernel: the log, its tiles and checkpoints, local values, the calendar, counters, waivers."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from hengjian.kernel.case import CaseModel


class Entry(models.Model):
    """One fact. Inserted in the act's transaction; the sealer gives it its index afterwards.

    `leaf` is public; `salt` and `details` (encrypted) open its commitment and can be destroyed.
    """

    idx = models.BigIntegerField(null=True, unique=True)
    leaf = models.BinaryField()
    leaf_hash = models.BinaryField(max_length=32)
    act = models.CharField(max_length=64)
    at = models.DateTimeField()
    actor = models.CharField(max_length=64)
    subject_table = models.CharField(max_length=64)
    subject_id = models.BigIntegerField(null=True)
    salt = models.BinaryField(max_length=32, null=True)
    details = models.BinaryField(null=True)
    key = models.CharField(max_length=160, null=True, unique=True)
    lane = models.SmallIntegerField()
    place = models.BigIntegerField()

    class Meta:
        ordering: ClassVar[Any] = ["id"]
        constraints: ClassVar[Any] = [models.UniqueConstraint(fields=["lane", "place"], name="entry_place_once")]
        indexes: ClassVar[Any] = [
            models.Index(fields=["subject_table", "subject_id"], name="entry_by_subject"),
            models.Index(fields=["id"], condition=Q(idx__isnull=True), name="entry_unsealed"),
        ]


class Lane(models.Model):
    """How many entries were written on a lane, counted in their own transactions: without holes, unless made by hand."""

    lane = models.SmallIntegerField(unique=True)
    last = models.BigIntegerField()

    class Meta:
        ordering: ClassVar[Any] = ["lane"]


class EntryRow(models.Model):
    """Commitment to one row an act wrote: HMAC(salt, canonical values). `position` is its place under the entry's root."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="rows", db_index=False)
    position = models.IntegerField()
    table = models.CharField(max_length=64)
    row_id = models.BigIntegerField()
    salt = models.BinaryField(max_length=32, null=True)
    commitment = models.BinaryField(max_length=32)

    class Meta:
        ordering: ClassVar[Any] = ["id"]
        indexes: ClassVar[Any] = [models.Index(fields=["table", "row_id"], name="entryrow_by_row")]
        constraints: ClassVar[Any] = [models.UniqueConstraint(fields=["entry", "position"], name="entryrow_once")]


class Tile(models.Model):
    """C2SP tile: up to 256 hashes of one level, one growing row per tile; a partial tile is a prefix."""

    level = models.SmallIntegerField()
    n = models.BigIntegerField()
    data = models.BinaryField()

    class Meta:
        ordering: ClassVar[Any] = ["level", "n"]
        constraints: ClassVar[Any] = [models.UniqueConstraint(fields=["level", "n"], name="tile_once")]


class Checkpoint(models.Model):
    """A signed tree head as it was published."""

    size = models.BigIntegerField(unique=True)
    root = models.BinaryField(max_length=32)
    note = models.TextField()
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[Any] = ["size"]


class LocalPolicyValue(CaseModel):
    """A stricter value of one area, enacted by an act; it ends when a later one replaces it."""

    key = models.CharField(max_length=96)
    area_path = models.CharField(max_length=48)
    since = models.DateField()
    value = models.JSONField()
    law = models.CharField(max_length=300)
    reason = models.TextField()

    open_to_all = True
    jurisdiction: ClassVar[dict[str, str]] = {"area": "area_path"}

    class Meta:
        ordering: ClassVar[Any] = ["key", "area_path", "since"]
        constraints: ClassVar[Any] = [
            models.UniqueConstraint(fields=["key", "area_path", "since"], name="local_value_once")
        ]


class CalendarDay(CaseModel):
    """A day on which the State Council's notice departs from the week: holiday, or make-up working day."""

    on = models.DateField(unique=True)
    is_working = models.BooleanField()
    name = models.CharField(max_length=32)
    notice = models.CharField(max_length=120, blank=True)

    open_to_all = True

    class Meta:
        ordering: ClassVar[Any] = ["on"]


class CalendarYear(CaseModel):
    """A year whose notice has been entered; deadlines that cross any other year are provisional."""

    year = models.IntegerField(unique=True)
    notice = models.CharField(max_length=120)

    open_to_all = True

    class Meta:
        ordering: ClassVar[Any] = ["year"]


class Sequence(CaseModel):
    """The last number given out under a name; gapless, because a rolled-back act gives its numbers back."""

    name = models.CharField(max_length=96, unique=True)
    last = models.BigIntegerField(default=0)

    class Meta:
        ordering: ClassVar[Any] = ["name"]


class Waiver(CaseModel):
    """A rule set aside on record: asked, approved or declined, expiring, published with the case."""

    class State(models.TextChoices):
        ASKED = "asked", "待批"
        APPROVED = "approved", "已批准"
        DECLINED = "declined", "不予批准"

    rule = models.CharField(max_length=96)
    subject_table = models.CharField(max_length=64)
    subject_id = models.BigIntegerField()
    reason = models.TextField()
    asked_by = models.CharField(max_length=64)
    answered_by = models.CharField(max_length=64, blank=True)
    answer = models.TextField(blank=True)
    expires_on = models.DateField(null=True)
    state = models.CharField(max_length=16, choices=State.choices, default=State.ASKED)
    office_id = models.BigIntegerField(null=True)
    institution_id = models.BigIntegerField(null=True)

    jurisdiction: ClassVar[dict[str, str]] = {"office": "office_id", "institution": "institution_id"}

    class Meta:
        ordering: ClassVar[Any] = ["id"]
        constraints: ClassVar[Any] = [
            models.CheckConstraint(
                condition=Q(state="asked", answered_by="") | (~Q(state="asked") & ~Q(answered_by="")),
                name="waiver_answer_has_author",
            ),
            models.CheckConstraint(
                condition=~Q(state="approved") | Q(expires_on__isnull=False), name="waiver_approved_expires"
            ),
        ]

    def __str__(self) -> str:
        return "豁免申请"


class Hand(CaseModel):
    """经手: this person has done this act on this case or on one of its rows. Kept for acts that are recalled."""

    act = models.CharField(max_length=64)
    case_table = models.CharField(max_length=64)
    case_id = models.BigIntegerField()
    person = models.CharField(max_length=64)

    class Meta:
        ordering: ClassVar[Any] = ["id"]
        constraints: ClassVar[Any] = [
            models.UniqueConstraint(fields=["case_table", "case_id", "act", "person"], name="hand_once")
        ]


class DemoClock(CaseModel):
    """How far a demo installation's clock has been moved ahead."""

    ahead_seconds = models.BigIntegerField(default=0)

    open_to_all = True


class FilePart(models.Model):
    """One encrypted part of a file as it lay in the database before there was a store of files; `stored_files.move_old`
    takes them over, and until then they are read from here. Free table, like `StoredFile`."""

    decides_nothing = True

    name = models.BinaryField(max_length=32)
    part = models.PositiveIntegerField()
    data = models.BinaryField()

    class Meta:
        ordering: ClassVar[Any] = ["name", "part"]
        constraints: ClassVar[Any] = [models.UniqueConstraint(fields=["name", "part"], name="filepart_once")]


class StoredFile(models.Model):
    """Which object in the store of files holds a file (`stored_files`). `name` is a keyed digest of the content, so that
    the same file is stored once and the table tells nobody which known document is there; `key` is the key it is encrypted
    with, `size` the bytes that lie there. `taken_at` is when the first act took it up; until then it is only handed in.
    Of the nightly check: when it was read last, and what was wrong with it then.
    Where `doomed_at` is set an act has destroyed it, and the object is still to be taken away. Free table: what a file is,
    the digest in a fact or a case decides."""

    class Fault(models.TextChoices):
        GONE = "gone"
        ALTERED = "altered"

    decides_nothing = True

    name = models.BinaryField(max_length=32, unique=True)
    place = models.CharField(max_length=120, unique=True)
    key = models.CharField(max_length=32)
    size = models.BigIntegerField()
    at = models.DateTimeField()
    checked_at = models.DateTimeField(null=True)
    fault = models.CharField(max_length=8, choices=Fault.choices, blank=True)
    doomed_at = models.DateTimeField(null=True)
    taken_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[Any] = ["id"]


class Upload(models.Model):
    """A file as it was handed in, before any act refers to it by its hash; its content lies in the store of files. Free table: it
    decides nothing."""

    decides_nothing = True

    sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100, blank=True)
    size = models.BigIntegerField()
    owner = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[Any] = ["id"]
        indexes: ClassVar[Any] = [models.Index(fields=["owner", "sha256"], name="upload_by_owner")]


class RestraintCount(models.Model):
    """How often one thing was asked in one twelfth of its period, under a hash whose key changes each day."""

    decides_nothing = True

    key = models.BinaryField(max_length=16)
    slot = models.BigIntegerField()
    n = models.IntegerField()
    ends_at = models.BigIntegerField(db_index=True)

    class Meta:
        ordering: ClassVar[Any] = ["id"]
        constraints: ClassVar[Any] = [models.UniqueConstraint(fields=["key", "slot"], name="restraint_once")]
