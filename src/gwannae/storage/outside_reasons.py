"""Why purchases went to outside firms: every reason as it was given, and the purchases that wait for one."""

from collections.abc import Sequence
from datetime import UTC, date
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, bindparam, exists, func, insert, or_, select

from gwannae.programme.organisations import Actor
from gwannae.programme.outside_reasons import (
    Candidate,
    Looked,
    OutsideReason,
    OutsideRule,
    ReasonCode,
    Unanswered,
)
from gwannae.programme.purchases import Purchase, PurchaseState
from gwannae.programme.verdict import Verdict
from gwannae.storage.database import Transaction
from gwannae.storage.purchase_rows import purchase_of
from gwannae.storage.statements import insert_if_absent, is_among
from gwannae.storage.tables.outside_reasons import outside_reasons
from gwannae.storage.tables.purchases import purchase_versions, purchases

_R, _P, _V = outside_reasons.c, purchases.c, purchase_versions.c
_BY_FORM = select(outside_reasons).where(_R.form_key == bindparam("of"))
_OF_PURCHASE = select(outside_reasons).where(_R.purchase_id == bindparam("of")).order_by(_R.id.desc())
_LATEST = _OF_PURCHASE.limit(1)
_OPEN = (
    _P.state == PurchaseState.REPORTED.value,
    _P.verdict == Verdict.OUTSIDE.value,
    ~exists().where(_R.purchase_id == _P.id),
)
_STATED = (
    select(purchases)
    .where(*_OPEN, _P.stated_reason != "", _P.id.in_(select(_V.purchase_id).where(_V.import_id == bindparam("of"))))
    .order_by(_P.id)
)


def add(tx: Transaction, purchase_id: int, reason: OutsideReason, form_key: str) -> tuple[OutsideReason, bool]:
    """Take a reason down; of two with one form key one is kept. Returns it, and whether it is new."""
    values = _columns(purchase_id, reason, form_key)
    made = tx.execute(insert_if_absent(tx, outside_reasons, "id"), values).scalar()
    return _reason(tx.execute(_BY_FORM, {"of": form_key}).one()), made is not None


def add_many(tx: Transaction, reasons: Sequence[tuple[int, OutsideReason, str]]) -> None:
    """Take down the reasons of very many purchases at once: (purchase, reason, a form key that is its own)."""
    if reasons:
        tx.execute(insert(outside_reasons), [_columns(*one) for one in reasons])


def stated_in(tx: Transaction, import_id: int) -> list[Purchase]:
    """What an import has stored or changed that counts, is outside, has a sentence from the file, and no reason yet."""
    return [purchase_of(row) for row in tx.execute(_STATED, {"of": import_id})]


def latest(tx: Transaction, purchase_id: int) -> OutsideReason | None:
    """The reason that holds."""
    row = tx.execute(_LATEST, {"of": purchase_id}).first()
    return None if row is None else _reason(row)


def history(tx: Transaction, purchase_id: int) -> list[OutsideReason]:
    """All reasons that were given for a purchase, the newest first."""
    return [_reason(row) for row in tx.execute(_OF_PURCHASE, {"of": purchase_id})]


def unanswered(
    tx: Transaction,
    rules: Sequence[OutsideRule],
    limit: int,
    *,
    organisations: Sequence[int] | None = None,
    reporter: Actor | None = None,
) -> Unanswered:
    """Outside purchases that need a reason by their day's rule and have none: of some organisations or of anybody
    (`organisations` None), beside those that `reporter` reported.
    """
    if not rules:
        return Unanswered()
    asked = [*_OPEN, _asked_by(rules)]
    given: dict[str, Any] = {}
    if organisations is not None:
        whose: list[ColumnElement[bool]] = [is_among(_P.organisation_id, "organisations")]
        given["organisations"] = list(organisations)
        if reporter is not None:
            whose.append(and_(_P.reporter_team == reporter.team_id, _P.reporter_user == reporter.user_id))
        asked.append(or_(*whose))
    number = int(tx.execute(select(func.count()).select_from(purchases).where(*asked), given).scalar_one())
    if not number:
        return Unanswered()
    rows = tx.execute(select(purchases).where(*asked).order_by(_P.contract_date, _P.id).limit(limit), given)
    return Unanswered(tuple(purchase_of(row) for row in rows), number)


def waiting(tx: Transaction, rules: Sequence[OutsideRule], organisations: Sequence[int], first: date) -> dict[int, int]:
    """How many outside purchases with a contract date from `first` on need a reason and have none, by organisation."""
    if not rules:
        return {}
    asked = (*_OPEN, _asked_by(rules), is_among(_P.organisation_id, "organisations"), _P.contract_date >= first)
    counted = select(_P.organisation_id, func.count().label("number")).where(*asked).group_by(_P.organisation_id)
    rows = tx.execute(counted, {"organisations": list(organisations)})
    return {row.organisation_id: int(row.number) for row in rows}


def _spans(rules: Sequence[OutsideRule]) -> list[tuple[OutsideRule, date, date]]:
    """Each rule with its first day and the first day of the one after it."""
    in_order = sorted(rules, key=lambda rule: rule.valid_from)
    begins = [rule.valid_from for rule in in_order]
    return list(zip(in_order, begins, [*begins[1:], date.max], strict=False))  # of no rules there is no last one


def _asked_by(rules: Sequence[OutsideRule]) -> ColumnElement[bool]:
    """Contract dates of each rule's span, with that rule's least amount."""
    return or_(
        *(
            and_(_P.contract_date >= begin, _P.contract_date < end, _P.amount >= rule.at_least)
            for rule, begin, end in _spans(rules)
        )
    )


def _columns(purchase_id: int, reason: OutsideReason, form_key: str) -> dict[str, Any]:
    return {
        "form_key": form_key,
        "purchase_id": purchase_id,
        "code": reason.code.value,
        "sentence": reason.sentence,
        "looked": _looked_json(reason.looked),
        "given_at": reason.given_at.astimezone(UTC),
        "team_id": reason.team_id,
        "user_id": reason.user_id,
    }


def _looked_json(looked: Looked) -> dict[str, Any]:
    named = [{"vendor_id": c.vendor_id, "name": c.name} for c in looked.candidates]
    return {"word": looked.word, "day": looked.day.isoformat(), "candidates": named, "found": looked.found}


def _reason(row: Row[Any]) -> OutsideReason:
    looked = Looked(
        row.looked["word"],
        date.fromisoformat(row.looked["day"]),
        tuple(Candidate(c["vendor_id"], c["name"]) for c in row.looked["candidates"]),
        row.looked["found"],
    )
    return OutsideReason(ReasonCode(row.code), row.sentence, looked, row.given_at, row.team_id, row.user_id)
