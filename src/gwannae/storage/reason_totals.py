"""What leaves the effective ratio, added up by kind and reason: from the running totals as far as whole months go."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Integer, Select, bindparam, func, select

from gwannae.programme.effective import LeftOut
from gwannae.programme.outside_reasons import OutsideRule, ReasonCode
from gwannae.programme.purchases import PurchaseKind
from gwannae.programme.verdict import Verdict
from gwannae.storage.bulk import read_at_once
from gwannae.storage.database import Transaction
from gwannae.storage.purchase_rows import REPORTED_IN_SPAN
from gwannae.storage.purchase_totals import months_between, spans_of
from gwannae.storage.statements import is_among
from gwannae.storage.tables.purchases import purchases
from gwannae.storage.tables.totals import reason_totals

_T, _P = reason_totals.c, purchases.c
_BY = _T.organisation_id, _T.kind, _T.code
_OF_MONTHS = (
    select(*_BY, func.sum(_T.number), func.sum(_T.won))
    .where(is_among(_T.month, "months"), is_among(_T.code, "codes"))
    .group_by(*_BY)
)
_OF_DAYS = (
    select(_P.organisation_id, _P.kind, _P.reason_code, func.count(), func.sum(_P.amount))
    .where(*REPORTED_IN_SPAN, _P.verdict == Verdict.OUTSIDE.value, is_among(_P.reason_code, "codes"))
    .group_by(_P.organisation_id, _P.kind, _P.reason_code)
)
_OF = bindparam("organisation", type_=Integer)
_OWN_OF_MONTHS = _OF_MONTHS.where(_T.organisation_id == _OF)
_OWN_OF_DAYS = _OF_DAYS.where(_P.organisation_id == _OF)


def left_out(
    tx: Transaction, rules: Sequence[OutsideRule], first: date, last: date, organisation_id: int | None = None
) -> list[LeftOut]:
    """Outside purchases that leave the effective ratio, over contract dates from `first` to `last` (both inclusive), by
    organisation, kind and reason: the reason that holds is of those that the rule of the contract date leaves out.
    """
    own = {} if organisation_id is None else {"organisation": organisation_id}
    found: defaultdict[tuple[int, str, str], list[int]] = defaultdict(lambda: [0, 0])
    for statement, given in _asked(rules, first, last, own=bool(own)):
        for whose, kind, code, number, won in read_at_once(tx, statement, {**given, **own}):
            found[whose, kind, code][0] += int(number)
            found[whose, kind, code][1] += int(won)
    return [
        LeftOut(whose, PurchaseKind(kind), ReasonCode(code), number, won)
        for (whose, kind, code), (number, won) in sorted(found.items())
        if number
    ]


def _asked(
    rules: Sequence[OutsideRule], first: date, last: date, *, own: bool
) -> Iterator[tuple[Select[Any], dict[str, Any]]]:
    for rule, begin, end in in_force(rules):
        codes = sorted(code.value for code in rule.left_out)
        since, until = max(first, begin), min(last, end)
        if not codes or since > until:
            continue
        spans = spans_of(since, until)
        months = [*spans.months, *(m for y in spans.years for m in months_between(date(y, 1, 1), date(y, 12, 31)))]
        if months:
            yield (_OWN_OF_MONTHS if own else _OF_MONTHS), {"months": months, "codes": codes}
        for day, to in spans.days:
            yield (_OWN_OF_DAYS if own else _OF_DAYS), {"first": day, "last": to, "codes": codes}


def in_force(rules: Sequence[OutsideRule]) -> Iterator[tuple[OutsideRule, date, date]]:
    """Each rule with the first and the last day on which it holds."""
    in_order = sorted(rules, key=lambda rule: rule.valid_from)
    for rule, after in zip(in_order, [*in_order[1:], None], strict=False):  # of none there is no last
        yield rule, rule.valid_from, date.max if after is None else after.valid_from - timedelta(days=1)
