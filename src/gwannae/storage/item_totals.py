"""What was bought of each item, by verdict, and what of it leaves the effective ratio."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Integer, Select, Text, bindparam, func, or_, select

from gwannae.programme.bought import Bought
from gwannae.programme.item_measure import ItemLine
from gwannae.programme.outside_reasons import OutsideRule
from gwannae.programme.purchases import PurchaseKind
from gwannae.programme.standings import Figures, Total
from gwannae.programme.verdict import Verdict
from gwannae.storage.database import Transaction
from gwannae.storage.purchase_rows import REPORTED_IN_SPAN
from gwannae.storage.reason_totals import in_force
from gwannae.storage.statements import is_among
from gwannae.storage.tables.purchases import purchases

_P = purchases.c
_OF = bindparam("organisation", type_=Integer)
_KIND = bindparam("kind", type_=Text)
_NARROWED = (
    *REPORTED_IN_SPAN,
    or_(_OF.is_(None), _P.organisation_id == _OF),
    or_(_KIND.is_(None), _P.kind == _KIND),
)
_SUMS: Select[Any] = (
    select(_P.item_key, _P.verdict, func.max(_P.item), func.count(), func.sum(_P.amount))
    .where(*_NARROWED)
    .group_by(_P.item_key, _P.verdict)
)
_LEFT_OUT: Select[Any] = (
    select(_P.item_key, func.count(), func.sum(_P.amount))
    .where(*_NARROWED, _P.verdict == Verdict.OUTSIDE.value, is_among(_P.reason_code, "codes"))
    .group_by(_P.item_key)
)


def item_lines(
    tx: Transaction,
    rules: Sequence[OutsideRule],
    first: date,
    last: date,
    organisation_id: int | None = None,
    kind: PurchaseKind | None = None,
) -> list[ItemLine]:
    """Every item with a purchase that counts and has a contract date from `first` to `last` (both inclusive), by its
    name. However it was spelt it is one line.
    """
    narrowed = {"organisation": organisation_id, "kind": None if kind is None else kind.value}
    figures: dict[str, Figures] = {}
    names: dict[str, str] = {}
    for key, verdict, name, number, won in tx.execute(_SUMS, {**narrowed, "first": first, "last": last}):
        total = Total(0, PurchaseKind.GOODS, Verdict(verdict), int(number), int(won))
        figures[key] = figures.get(key, Figures()).plus(total)
        names[key] = max(names.get(key, ""), name)
    gone: dict[str, Bought] = {}
    for rule, begin, end in in_force(rules):
        codes = sorted(code.value for code in rule.left_out)
        span = {"first": max(first, begin), "last": min(last, end)}
        if codes and span["first"] <= span["last"]:
            for key, number, won in tx.execute(_LEFT_OUT, {**narrowed, **span, "codes": codes}):
                before = gone.get(key, Bought(0, 0))
                gone[key] = Bought(before.number + int(number), before.won + int(won))
    lines = (ItemLine(names[key], one, gone.get(key, Bought(0, 0))) for key, one in figures.items())
    return sorted(lines, key=lambda line: line.item)
