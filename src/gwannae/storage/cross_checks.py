"""Published lists in the inbox, what each organisation's card holds, its one sending, and what was answered."""

from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Row, bindparam, delete, insert, select, update

from gwannae.programme.contracts import Contract
from gwannae.programme.cross_check_cards import (
    Answered,
    Card,
    CardAnswer,
    CardDraft,
    CheckRun,
    PublishedSource,
    Sent,
)
from gwannae.programme.organisations import Actor
from gwannae.storage import organisations
from gwannae.storage.database import Transaction
from gwannae.storage.statements import insert_if_absent
from gwannae.storage.tables.cross_checks import cross_check_answers, cross_check_cards, cross_checks

_RUN = select(cross_checks).where(cross_checks.c.import_id == bindparam("of"))
_SET_RUN = update(cross_checks).where(cross_checks.c.import_id == bindparam("of"))
_C = cross_check_cards.c
_CARD = select(cross_check_cards).where(_C.id == bindparam("of"))
_CARDS = select(cross_check_cards).where(_C.import_id == bindparam("of")).order_by(_C.id)
_DROP_CARDS = delete(cross_check_cards).where(_C.import_id == bindparam("of"))
_CLAIM = update(cross_check_cards).where(_C.id == bindparam("of"), _C.sent_at.is_(None))
_SET_CARD = update(cross_check_cards).where(_C.id == bindparam("of"))
_RELEASE = _SET_CARD.where(_C.message_ts == "")
_A = cross_check_answers.c
_ANSWERS = select(cross_check_answers).where(_A.organisation_id == bindparam("of"))
_COUNTS = tuple(f.name for f in fields(CheckRun) if f.name not in ("import_id", "source"))


def begin(tx: Transaction, run: CheckRun) -> bool:
    """Say that a file of the inbox is a published list; False if that was said before."""
    values = {"import_id": run.import_id, "source": run.source.value, **{n: getattr(run, n) for n in _COUNTS}}
    return tx.execute(insert_if_absent(tx, cross_checks, "import_id"), values).first() is not None


def run_of(tx: Transaction, import_id: int) -> CheckRun | None:
    """The list, if this file of the inbox is one."""
    row = tx.execute(_RUN, {"of": import_id}).first()
    return None if row is None else _run(row)


def finish(tx: Transaction, run: CheckRun, drafts: Iterable[CardDraft]) -> None:
    """Keep what came of it, in the place of what a worker that was stopped may have left."""
    tx.execute(_SET_RUN.values({n: getattr(run, n) for n in _COUNTS}), {"of": run.import_id})
    tx.execute(_DROP_CARDS, {"of": run.import_id})
    for draft in drafts:
        values: dict[str, Any] = {
            "import_id": run.import_id,
            "organisation_id": draft.organisation.id if draft.organisation else None,
            "published": [_contract_json(contract) for contract in draft.published],
            "agreed": list(draft.agreed),
            "unpublished": list(draft.unpublished),
            "sent_at": None,
            "sent_by": "",
            "team_id": "",
            "channel_id": "",
            "message_ts": "",
        }
        tx.execute(insert(cross_check_cards), values)


def card(tx: Transaction, card_id: int) -> Card | None:
    """The card of that number."""
    row = tx.execute(_CARD, {"of": card_id}).first()
    return None if row is None else _card(tx, row)


def cards_of(tx: Transaction, import_id: int) -> list[Card]:
    """All cards of a list, in the order in which they were made."""
    return [_card(tx, row) for row in tx.execute(_CARDS, {"of": import_id}).all()]


def claim(tx: Transaction, card_id: int, by: Actor, team_id: str, channel_id: str, at: datetime) -> bool:
    """Take the sending of a card; False when it was taken before."""
    values = {"sent_at": at.astimezone(UTC), "sent_by": by.user_id, "team_id": team_id, "channel_id": channel_id}
    return tx.execute(_CLAIM.values(values), {"of": card_id}).rowcount == 1


def confirm_sent(tx: Transaction, card_id: int, ts: str) -> None:
    """Slack has said that the card arrived, as this message."""
    tx.execute(_SET_CARD.values(message_ts=ts), {"of": card_id})


def release(tx: Transaction, card_id: int) -> None:
    """The card did not go out: it may be sent again."""
    tx.execute(_RELEASE.values(sent_at=None, sent_by="", team_id="", channel_id=""), {"of": card_id})


def answer(
    tx: Transaction, card: Card, key: str, title: str, said: CardAnswer, reason: str, *, by: Actor, at: datetime
) -> bool:
    """Note what an organisation said of a finding; False if it was answered before."""
    assert card.draft.organisation is not None, "what is nobody's is sent to nobody"
    values = {
        "organisation_id": card.draft.organisation.id,
        "finding": key,
        "card_id": card.id,
        "title": title,
        "answer": said.value,
        "reason": reason,
        "team_id": by.team_id,
        "user_id": by.user_id,
        "answered_at": at.astimezone(UTC),
    }
    return tx.execute(insert_if_absent(tx, cross_check_answers, "finding"), values).first() is not None


def _run(row: Row[Any]) -> CheckRun:
    counts = {name: getattr(row, name) for name in _COUNTS}
    return CheckRun(row.import_id, PublishedSource(row.source), **counts)


def _card(tx: Transaction, row: Row[Any]) -> Card:
    run = run_of(tx, row.import_id)
    assert run is not None, "a foreign key holds it"
    whose = None if row.organisation_id is None else organisations.by_id(tx, row.organisation_id)
    draft = CardDraft(whose, _contracts(row.published), tuple(row.agreed), tuple(row.unpublished))
    sent = None
    if row.sent_at is not None:
        sent = Sent(row.sent_at, row.sent_by, row.team_id, row.channel_id, row.message_ts)
    answers = {} if whose is None else {a.finding: _answered(a) for a in tx.execute(_ANSWERS, {"of": whose.id})}
    return Card(row.id, run, draft, sent, answers)


def _answered(row: Row[Any]) -> Answered:
    return Answered(row.finding, row.title, CardAnswer(row.answer), row.reason, row.user_id, row.answered_at)


def _contract_json(contract: Contract) -> list[object]:
    c = contract
    day = c.day.isoformat() if c.day else None
    return [c.ref, c.title, c.amount, day, c.firm, c.business_number, c.number, c.organisation, c.organisation_text]


def _contracts(data: Sequence[Sequence[Any]]) -> tuple[Contract, ...]:
    return tuple(
        Contract(ref, title, amount, date.fromisoformat(day) if day else None, *rest)
        for ref, title, amount, day, *rest in data
    )
