"""실무협의회: members with their terms, and the records of its meetings, each kept."""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Row, Select, bindparam, select, update

from gwannae.programme.council import Meeting, MeetingForm, Member, MemberForm
from gwannae.programme.organisations import Actor
from gwannae.storage.database import Transaction
from gwannae.storage.statements import insert_if_absent
from gwannae.storage.tables.council import council_meetings, council_members

_M, _H = council_members.c, council_meetings.c
_MEMBERS: Select[Any] = select(council_members).order_by(_M.since, _M.id)
_MEMBER_BY_FORM = select(council_members).where(_M.form_key == bindparam("of"))
_CHANGE = update(council_members).where(_M.id == bindparam("of"))
_MEETINGS: Select[Any] = select(council_meetings).order_by(_H.period, _H.number)
_HELD_BETWEEN = _MEETINGS.where(_H.held_on >= bindparam("first"), _H.held_on <= bindparam("last"))
_MEETING_BY_FORM = select(council_meetings).where(_H.form_key == bindparam("of"))
_LAST_OF = select(council_meetings).where(_H.period == bindparam("of")).order_by(_H.number.desc()).limit(1)


def members(tx: Transaction) -> tuple[Member, ...]:
    """All who ever had a seat, by the begin of their terms."""
    return tuple(_member(row) for row in tx.execute(_MEMBERS))


def member_by_form(tx: Transaction, form_key: str) -> Member | None:
    """Whom a form entered."""
    row = tx.execute(_MEMBER_BY_FORM, {"of": form_key}).first()
    return None if row is None else _member(row)


def add_member(tx: Transaction, form: MemberForm, form_key: str, *, by: Actor, at: datetime) -> Member:
    """Enter a new one; of two with one form key one is kept."""
    values = {
        **_term(form),
        "form_key": form_key,
        "at": at.astimezone(UTC),
        "team_id": by.team_id,
        "user_id": by.user_id,
    }
    tx.execute(insert_if_absent(tx, council_members, "id"), values)
    return _member(tx.execute(_MEMBER_BY_FORM, {"of": form_key}).one())


def change_member(tx: Transaction, form: MemberForm, *, by: Actor, at: datetime) -> bool:
    """Correct post and term of `form.id`; False where there is nobody of that id."""
    said = {"at": at.astimezone(UTC), "team_id": by.team_id, "user_id": by.user_id}
    return bool(tx.execute(_CHANGE.values({**_term(form), **said}), {"of": form.id}).rowcount)


def meetings(tx: Transaction) -> tuple[Meeting, ...]:
    """All records, earlier halves first, each half's latest last."""
    return tuple(_meeting(row) for row in tx.execute(_MEETINGS))


def held_between(tx: Transaction, first: date, last: date) -> tuple[Meeting, ...]:
    """The records that hold of meetings between two days, both inclusive."""
    latest = {row.period: _meeting(row) for row in tx.execute(_HELD_BETWEEN, {"first": first, "last": last})}
    return tuple(sorted(latest.values(), key=lambda meeting: meeting.held_on))


def meeting_by_form(tx: Transaction, form_key: str) -> Meeting | None:
    """The record that a form made."""
    row = tx.execute(_MEETING_BY_FORM, {"of": form_key}).first()
    return None if row is None else _meeting(row)


def meeting_of(tx: Transaction, period: str) -> Meeting | None:
    """The record that holds for a half."""
    row = tx.execute(_LAST_OF, {"of": period}).first()
    return None if row is None else _meeting(row)


def add_meeting(
    tx: Transaction, form: MeetingForm, number: int, form_key: str, *, by: Actor, at: datetime
) -> Meeting | None:
    """Take a meeting down; None if this form, or another record of this number, was there before."""
    values = {
        "form_key": form_key,
        "period": form.period,
        "number": number,
        "held_on": form.held_on,
        "present": list(form.present),
        "others": form.others,
        "said": list(form.said),
        "at": at.astimezone(UTC),
        "team_id": by.team_id,
        "user_id": by.user_id,
    }
    if tx.execute(insert_if_absent(tx, council_meetings, "id"), values).first() is None:
        return None
    return meeting_by_form(tx, form_key)


def _term(form: MemberForm) -> dict[str, Any]:
    return {"post": form.post, "chair": form.chair, "since": form.since, "until_day": form.until}


def _member(row: Row[Any]) -> Member:
    return Member(row.id, row.post, bool(row.chair), row.since, row.until_day)


def _meeting(row: Row[Any]) -> Meeting:
    return Meeting(
        row.number, row.period, row.held_on, tuple(row.present), row.others, tuple(row.said), row.at, row.team_id,
        row.user_id,
    )  # fmt: skip
