"""What the council is shown of a span of contract dates: outside purchases by item and reason, firms by their share."""

from datetime import date

from sqlalchemy import bindparam, case, func, select

from gwannae.programme.bought import Bought
from gwannae.programme.council_packet import FirmShare
from gwannae.programme.outside_reasons import ReasonCode
from gwannae.programme.verdict import Verdict
from gwannae.storage.database import Transaction
from gwannae.storage.purchase_rows import REPORTED_IN_SPAN
from gwannae.storage.tables.purchases import purchases

_P = purchases.c
_NUMBER, _WON = func.count().label("number"), func.sum(_P.amount).label("won")
_OUTSIDE = (*REPORTED_IN_SPAN, _P.verdict == Verdict.OUTSIDE.value)
_LEAKS = (
    select(_P.item_key, func.max(_P.item).label("item"), _NUMBER, _WON)
    .where(*_OUTSIDE)
    .group_by(_P.item_key)
    .order_by(_WON.desc(), _P.item_key)
    .limit(bindparam("most"))
)
_ITEMS = select(func.count(_P.item_key.distinct())).where(*_OUTSIDE)
_REASONS = select(_P.reason_code, _NUMBER, _WON).where(*_OUTSIDE).group_by(_P.reason_code)
_FIRM = func.coalesce(_P.firm_business_number, _P.firm_name)
_NOT_LOCAL = func.sum(case((_P.verdict == Verdict.LOCAL.value, 0), else_=1)).label("not_local")
_FIRMS = (
    select(
        func.max(_P.firm_name).label("name"),
        _NUMBER,
        _WON,
        func.count(_P.organisation_id.distinct()).label("organisations"),
        _NOT_LOCAL,
    )
    .where(*REPORTED_IN_SPAN)
    .group_by(_FIRM)
    .order_by(_WON.desc(), _FIRM)
    .limit(bindparam("most"))
)


def leaks(tx: Transaction, first: date, last: date, most: int) -> tuple[list[tuple[str, Bought]], int]:
    """Outside purchases by item, the highest amounts first, and how many more items there are. An item's latest
    spelling in the order of text stands for all of its spellings; "" for purchases without one.
    """
    span = {"first": first, "last": last}
    found = [(row.item, Bought(int(row.number), int(row.won))) for row in tx.execute(_LEAKS, {**span, "most": most})]
    return found, max(int(tx.execute(_ITEMS, span).scalar_one()) - len(found), 0)


def reasons(tx: Transaction, first: date, last: date) -> list[tuple[ReasonCode | None, Bought]]:
    """Outside purchases by the reason that holds, the most contracts first; None: without a reason."""
    rows = tx.execute(_REASONS, {"first": first, "last": last})
    found = [(ReasonCode(r.reason_code) if r.reason_code else None, Bought(int(r.number), int(r.won))) for r in rows]
    return sorted(found, key=lambda one: (one[0] is None, -one[1].number, one[0].value if one[0] else ""))


def firms(tx: Transaction, first: date, last: date, most: int) -> list[FirmShare]:
    """What single firms got, the highest amounts first; a firm is one business number, without one a name."""
    return [
        FirmShare(row.name, Bought(int(row.number), int(row.won)), int(row.organisations), not row.not_local)
        for row in tx.execute(_FIRMS, {"first": first, "last": last, "most": most})
    ]
