"""Who is shown which rows of a model: said once, in `queries.py` of its domain, and obtained here by every channel.

    DISCLOSED = {**along_jurisdiction(Plan, Batch), Duty: duties_disclosed_to}

Desk, API, search, files and exports get the rows of a model from `disclosed` and from nowhere else. A model of which its
domain says nothing is disclosed to nobody: asking for it is a fault of the program, not an empty list.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any, TypeVar, cast

from django.apps import apps
from django.db import models

from hengjian.kernel.actor import Actor, By, Reaching
from hengjian.kernel.case import CaseModel, case_of
from hengjian.kernel.scope import visible

M = TypeVar("M", bound=models.Model)
DisclosedTo = Callable[[Actor], models.QuerySet[Any]]
Disclosures = Mapping[type[models.Model], DisclosedTo]


class Undisclosed(LookupError):
    """Rows were asked for of a model for which `queries.py` of its domain has no word."""


def along(model: type[M], actor: Actor) -> models.QuerySet[M]:
    """The rows that lie in the actor's jurisdiction, along any dimension the actor's role sees by."""
    return cast("models.QuerySet[M]", visible(models.QuerySet(model), actor))


def along_jurisdiction(*cases: type[models.Model]) -> dict[type[models.Model], DisclosedTo]:
    """For models of which jurisdiction says everything."""

    def of(model: type[models.Model]) -> DisclosedTo:
        return lambda actor: along(model, actor)

    return {model: of(model) for model in cases}


def disclosed(model: type[M], actor: Actor) -> models.QuerySet[M]:
    """The one query set of this model that is shown to this actor. Raises Undisclosed where the domain says nothing."""
    return cast("models.QuerySet[M]", disclosed_to(model)(actor))


def disclosed_row(table: str, pk: int | None, actor: Actor) -> CaseModel | None:
    """The case named by table and key, if it is shown to this actor; whatever is named, nothing else comes of it."""
    model = case_of(table)
    return disclosed(model, actor).filter(pk=pk).first() if model is not None and pk is not None else None


def within(model: type[M], by: By, actor: Reaching) -> models.QuerySet[M]:
    """The rows to which an actor stands in the relation an act asks for: narrower than what is disclosed (tested), and
    following from role and reach alone."""
    return by.within(cast("models.QuerySet[M]", models.QuerySet(model)), actor)


def disclosed_to(model: type[models.Model]) -> DisclosedTo:
    """What the domain of the model says of it."""
    domain = apps.get_app_config(model._meta.app_label).name
    said: Disclosures = import_module(f"{domain}.queries").DISCLOSED
    if model not in said:
        raise Undisclosed(f"{domain}.queries.DISCLOSED does not say to whom {model.__name__} is disclosed")
    return said[model]
