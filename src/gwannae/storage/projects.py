"""Projects while they are designed, the rows of their bills, and what the city bought of their things before."""

from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Row, Select, bindparam, case, delete, func, insert, select

from gwannae.programme.hangul import search_key
from gwannae.programme.organisations import Actor
from gwannae.programme.projects import BoughtBefore, Item, Project, ProjectForm, Stage, words_of
from gwannae.programme.purchase_kind import PurchaseKind
from gwannae.programme.purchases import PurchaseState
from gwannae.programme.ratio import Ratio
from gwannae.programme.verdict import Verdict
from gwannae.storage.database import Transaction
from gwannae.storage.statements import insert_if_absent, is_among
from gwannae.storage.tables.people import organisations
from gwannae.storage.tables.projects import project_items, projects
from gwannae.storage.tables.purchases import purchases

_P, _I, _B = projects.c, project_items.c, purchases.c
_SUMS = (
    select(_I.project_id, func.count().label("rows"), func.coalesce(func.sum(_I.amount), 0).label("amount"))
    .group_by(_I.project_id)
    .subquery()
)
_ALL: Select[Any] = (
    select(projects, organisations.c.name.label("organisation"), _SUMS.c.rows, _SUMS.c.amount)
    .join(organisations, organisations.c.id == _P.organisation_id)
    .join(_SUMS, _SUMS.c.project_id == _P.id)
    .order_by(_P.ordered_in, _P.id)
)
_BY_ID = _ALL.where(_P.id == bindparam("of"))
_BY_FORM = _ALL.where(_P.form_key == bindparam("of"))
_BY_NAME = select(_P.id).where(_P.organisation_id == bindparam("organisation"), _P.name_key == bindparam("key"))
_MONTHS = (
    select(_I.key, func.min(_P.ordered_in).label("month"))
    .join(projects, _P.id == _I.project_id)
    .where(is_among(_I.key, "keys"), _P.ordered_in >= bindparam("since"))
    .group_by(_I.key)
)
_ADD_ITEM = insert(project_items)
_REMOVE_ITEMS = delete(project_items).where(_I.project_id == bindparam("of"))
_REMOVE = delete(projects).where(_P.id == bindparam("of"))
_ITEMS = select(project_items).where(_I.project_id == bindparam("of")).order_by(_I.place)
_LOCAL, _OUTSIDE = _B.verdict == Verdict.LOCAL.value, _B.verdict == Verdict.OUTSIDE.value
_BOUGHT = (
    select(
        _B.item_key,
        func.count().label("times"),
        func.sum(case((_LOCAL, 1), else_=0)).label("local"),
        func.sum(case((_OUTSIDE, 1), else_=0)).label("outside"),
        func.sum(case((_LOCAL, _B.amount), else_=0)).label("local_amount"),
        func.sum(case((_OUTSIDE, _B.amount), else_=0)).label("outside_amount"),
        func.min(_B.amount).label("least"),
        func.max(_B.amount).label("most"),
    )
    .where(_B.state == PurchaseState.REPORTED.value, is_among(_B.item_key, "keys"))
    .group_by(_B.item_key)
)


def add(
    tx: Transaction, form: ProjectForm, items: Sequence[Item], form_key: str, *, by: Actor, at: datetime
) -> int | None:
    """Register a project with all its rows; the new id, or None where the form or the name was taken."""
    values = {
        "form_key": form_key,
        "organisation_id": form.organisation_id,
        "name": form.name,
        "name_key": search_key(form.name),
        "kind": form.kind.value,
        "stage": form.stage.value,
        "ordered_in": form.ordered_in,
        "budget": form.budget,
        "at": at.astimezone(UTC),
        "team_id": by.team_id,
        "user_id": by.user_id,
    }
    made = tx.execute(insert_if_absent(tx, projects, "id"), values).first()
    if made is None:
        return None
    rows = [
        {
            "project_id": made.id,
            "place": place,
            "name": item.name,
            "key": search_key(words_of(item.name)),
            "spec": item.spec,
            "unit": item.unit,
            "quantity": item.quantity,
            "amount": item.amount,
            "sheet": item.sheet,
            "source_row": item.row,
        }
        for place, item in enumerate(items, 1)
    ]
    tx.execute(_ADD_ITEM, rows)
    return int(made.id)


def remove(tx: Transaction, project_id: int) -> None:
    """Take a project and its rows out."""
    tx.execute(_REMOVE_ITEMS, {"of": project_id})
    tx.execute(_REMOVE, {"of": project_id})


def by_id(tx: Transaction, project_id: int) -> Project | None:
    """One project."""
    return _one(tx.execute(_BY_ID, {"of": project_id}).first())


def by_form(tx: Transaction, form_key: str) -> Project | None:
    """The project that a form registered."""
    return _one(tx.execute(_BY_FORM, {"of": form_key}).first())


def named(tx: Transaction, organisation_id: int, name: str) -> int | None:
    """The id of an organisation's project of that name, in any spelling."""
    found = tx.execute(_BY_NAME, {"organisation": organisation_id, "key": search_key(name)}).scalar()
    return None if found is None else int(found)


def all_projects(tx: Transaction) -> tuple[Project, ...]:
    """All of them, by planned month."""
    return tuple(_project(row) for row in tx.execute(_ALL))


def items(tx: Transaction, project_id: int) -> tuple[Item, ...]:
    """The rows of a project's bill, in its order."""
    return tuple(
        Item(row.name, row.spec, row.unit, row.quantity, row.amount, row.sheet, row.source_row)
        for row in tx.execute(_ITEMS, {"of": project_id})
    )


def months_of(tx: Transaction, keys: Collection[str], since: date) -> dict[str, date]:
    """In which month (its first day) each thing is planned to be ordered next, from a day on; others are left out."""
    return {row.key: row.month for row in tx.execute(_MONTHS, {"keys": [*keys], "since": since})}


def bought_before(tx: Transaction, keys: Collection[str]) -> dict[str, BoughtBefore]:
    """What all organisations reported of things so far, by the stated item's key; things never bought are left out.

    Purchases that state no item are in none.
    """
    found = tx.execute(_BOUGHT, {"keys": [key for key in keys if key]})
    return {
        row.item_key: BoughtBefore(
            Ratio(int(row.local), int(row.local + row.outside)),
            Ratio(int(row.local_amount), int(row.local_amount + row.outside_amount)),
            int(row.times - row.local - row.outside),
            int(row.least),
            int(row.most),
        )
        for row in found
    }


def _one(row: Row[Any] | None) -> Project | None:
    return None if row is None else _project(row)


def _project(row: Row[Any]) -> Project:
    form = ProjectForm(
        row.name, row.organisation_id, PurchaseKind(row.kind), Stage(row.stage), row.ordered_in, row.budget
    )
    return Project(row.id, form, row.organisation, int(row.rows), int(row.amount), row.at)
