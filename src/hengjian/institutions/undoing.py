"""What a takeover brought, in whatever room, and what has come to hang on it since."""

from __future__ import annotations

from typing import Any

from hengjian.authorities.models import Seat
from hengjian.authorities.roles import Role
from hengjian.institutions.models import Brought, Takeover
from hengjian.kernel.words import say


def brought() -> list[Any]:
    """The models whose rows a takeover may have brought, in whatever room."""
    relations = Takeover._meta.related_objects
    return [one.related_model for one in relations if issubclass(one.related_model, Brought)]


def hanging_on(takeover: Takeover) -> str:
    """What was done with a row taken over, in words: an act on it, a seat at it, a row of any room that names it. Empty for nothing."""
    for model in brought():
        taken = model._base_manager.filter(takeover=takeover).order_by("pk")
        touched = taken.filter(revision__gt=1).first()
        if touched is not None:
            return say("“{row}”已经办理过事项", row=touched)
        if model.seated_by and (seated := _seated(model, taken)) is not None:
            return say("“{row}”已经开通席位", row=seated)
        for relation in model._meta.related_objects:
            if relation.name in model.comes_with:
                continue
            of = {f"{relation.field.name}__takeover": takeover}
            naming = relation.related_model._base_manager.filter(**of).order_by("pk").first()
            if naming is not None:
                row = getattr(naming, relation.field.name)
                return say("“{row}”已有与其相关的“{naming}”", row=row, naming=naming)
    return ""


def _seated(model: Any, taken: Any) -> Any:
    """The first of these rows at which a seat stands."""
    seats = Seat.objects.filter(**{f"{model.seated_by}__in": taken.order_by().values("pk")})
    if model.seated_by == "person_id":
        seats = seats.filter(role=Role.SUPERVISOR)
    key = seats.order_by("pk").values_list(model.seated_by, flat=True).first()
    return taken.filter(pk=key).first() if key is not None else None
