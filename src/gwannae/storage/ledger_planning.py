"""발송 장부: what is to be posted put into it, by the thousand, and rows that a rule moves without a message."""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import and_, bindparam, insert, or_, select, update

from gwannae.programme.ledger import PlannedPost, PostEvent, PostKey, PostKind, PostState, SkipReason
from gwannae.storage.database import Transaction
from gwannae.storage.pictures import dump_json
from gwannae.storage.statements import is_among
from gwannae.storage.tables.ledger import post_steps, posts
from gwannae.storage.tables.people import organisation_channels, organisations

_C = posts.c
_KNOWN = select(
    _C.id, _C.period, _C.organisation, _C.recipient, _C.occurrence, _C.state, _C.planned_for, _C.due, _C.useful_until
).where(_C.kind == bindparam("kind"), _C.rehearsal == bindparam("rehearsal"), is_among(_C.period, "periods"))
_MOVE = update(posts).where(_C.id == bindparam("of"), _C.state.in_([PostState.PLANNED.value, PostState.FAILED.value]))
_COLUMNS = (
    ("kind", "text"),
    ("period", "text"),
    ("organisation", "text"),
    ("recipient", "text"),
    ("occurrence", "int"),
    ("rehearsal", "bool"),
    ("planned_for", "timestamptz"),
    ("due", "timestamptz"),
    ("useful_until", "timestamptz"),
    ("edits", "text"),
    ("look_first", "bool"),
)
_SQLITE_MOMENT, _MOMENT = "%Y-%m-%d %H:%M:%S.%f", "%Y-%m-%d %H:%M:%S.%f+00"  # the first as SQLAlchemy writes it
_NAMES = ", ".join(name for name, _ in _COLUMNS)
_BEGUN = "state, tries, team_id, channel_id, ts, problem"
_BEGUN_VALUES = f"'{PostState.PLANNED.value}', 0, '', '', '', ''"
_ALIKE = ", ".join("value" if name == "organisation" else "?" for name, _ in _COLUMNS)
_ON_SQLITE = (
    f"INSERT INTO posts ({_NAMES}, {_BEGUN}) "  # noqa: S608 (our own names)
    f"SELECT {_ALIKE}, {_BEGUN_VALUES} FROM json_each(?) WHERE true ON CONFLICT DO NOTHING"
)
_TYPED = ", ".join("value" if name == "organisation" else f"%s::{kind}" for name, kind in _COLUMNS)
_ON_POSTGRESQL = (
    f"INSERT INTO posts ({_NAMES}, {_BEGUN}) "  # noqa: S608 (our own names)
    f"SELECT {_TYPED}, {_BEGUN_VALUES} FROM json_array_elements_text(%s::json) AS given (value) ON CONFLICT DO NOTHING"
)
_OPEN = (PostState.PLANNED.value, PostState.FAILED.value)
_TOO_LATE = and_(_C.state.in_(_OPEN), _C.useful_until <= bindparam("now"), ~_C.look_first)
_LINKED = (
    select(organisations.c.code)
    .join(organisation_channels, organisation_channels.c.organisation_id == organisations.c.id)
    .where(organisations.c.active)
)
# A skipped post keeps its `due` where it stops being useful, so that an index finds those that still could be.
_STILL_USEFUL = and_(
    _C.state == PostState.SKIPPED.value,
    _C.due > bindparam("now"),
    or_(
        _C.reason == SkipReason.TOO_LATE.value,  # a clock that was ahead said so
        and_(_C.reason == SkipReason.NO_SLACK.value, _C.organisation.in_(_LINKED)),
    ),
)
_FAR_AHEAD = and_(_C.state == PostState.FAILED.value, _C.due > bindparam("beyond"))
_TO_SWEEP = select(
    select(_C.id).where(_TOO_LATE).exists().label("late"),
    select(_C.id).where(_STILL_USEFUL).exists().label("useful"),
    select(_C.id).where(_FAR_AHEAD).exists().label("far"),
)
_ROWS_WITHOUT = select(organisations.c.code).where(
    organisations.c.active,
    or_(organisations.c.since.is_(None), organisations.c.since <= bindparam("on_day")),
    organisations.c.code.not_in(
        select(_C.organisation).where(
            _C.kind == bindparam("kind"),
            _C.period == bindparam("period"),
            _C.recipient == bindparam("recipient"),
            _C.occurrence == bindparam("occurrence"),
            _C.rehearsal == bindparam("rehearsal"),
        )
    ),
)


def plan(tx: Transaction, planned: Sequence[PlannedPost], *, forgotten_until: datetime | None = None) -> int:
    """Put posts into the ledger; those that stand there stay, or move with their day while nobody has sent them.

    `forgotten_until`: a post that was due by then may have been sent by a life that the database has forgotten, so it
    is looked for first. Returns how many are new.
    """
    new: list[PlannedPost] = []
    for (kind, rehearsal), group in groupby(planned, key=lambda one: (one.key.kind, one.key.rehearsal)):
        same = list(group)
        values = {"kind": kind.value, "rehearsal": rehearsal, "periods": sorted({one.key.period for one in same})}
        known = {(r.period, r.organisation, r.recipient, r.occurrence): r for r in tx.execute(_KNOWN, values)}
        for one in same:
            row = known.get(_within_kind(one.key))
            if row is None:
                new.append(one)
            elif (row.planned_for, row.useful_until) != (one.due, one.useful_until):
                _move(tx, row, one)
    _insert(tx, new, forgotten_until)
    return len(new)


def is_to_sweep(tx: Transaction, now: datetime, most: timedelta) -> bool:
    """Whether one of the next three has anything to do: most ticks find nothing, and need not write."""
    return any(tx.execute(_TO_SWEEP, {"now": now, "beyond": now + most}).one())


def drop_late(tx: Transaction, now: datetime) -> int:
    """Skip what is too late to be useful. What may have been sent is not dropped but looked for."""
    skipped = {"state": PostState.SKIPPED.value, "reason": SkipReason.TOO_LATE.value, "due": _C.useful_until}
    late = tx.execute(update(posts).where(_TOO_LATE).values(skipped).returning(_C.id), {"now": now}).scalars().all()
    _write_steps(tx, late, now, PostEvent.SKIPPED, SkipReason.TOO_LATE.value)
    return len(late)


def put_back(tx: Transaction, now: datetime) -> int:
    """Plan again what was skipped for a reason that no longer holds: the clock went back, a channel was linked."""
    planned = {"state": PostState.PLANNED.value, "reason": None, "due": _C.planned_for, "problem": ""}
    back = tx.execute(
        update(posts).where(_STILL_USEFUL).values(planned).returning(_C.id), {"now": now}
    ).scalars().all()  # fmt: skip
    _write_steps(tx, back, now, PostEvent.PUT_BACK, "")
    return len(back)


def bring_near(tx: Transaction, now: datetime, most: timedelta, to: datetime) -> int:
    """A retry that lies further ahead than any wait is long was set by a clock that was ahead: it comes at `to`."""
    return tx.execute(update(posts).where(_FAR_AHEAD).values(due=to), {"beyond": now + most}).rowcount


def end_rehearsals(tx: Transaction, now: datetime) -> int:
    """Cancel what was planned for the test channel and has not gone there."""
    over = tx.execute(
        update(posts)
        .where(_C.state.in_(_OPEN), _C.rehearsal)
        .values(state=PostState.CANCELLED.value, reason=SkipReason.REHEARSAL_OVER.value)
        .returning(_C.id)
    ).scalars().all()  # fmt: skip
    _write_steps(tx, over, now, PostEvent.CANCELLED, SkipReason.REHEARSAL_OVER.value)
    return len(over)


def cancel_all(tx: Transaction, kind: PostKind, period: str, now: datetime, by: str) -> int:
    """Cancel what has not gone out of a kind and period, and is not in doubt."""
    gone = (
        tx.execute(
            update(posts)
            .where(_C.state.in_(_OPEN), ~_C.look_first, _C.kind == kind.value, _C.period == period)
            .values(state=PostState.CANCELLED.value, reason=SkipReason.BY_OFFICE.value)
            .returning(_C.id)
        )
        .scalars()
        .all()
    )
    _write_steps(tx, gone, now, PostEvent.CANCELLED, by)
    return len(gone)


def look_for_all(tx: Transaction, now: datetime) -> int:
    """The database has forgotten something: every open post is looked for before it is sent."""
    flagged = tx.execute(
        update(posts).where(_C.state.in_(_OPEN), ~_C.look_first).values(look_first=True).returning(_C.id)
    ).scalars().all()  # fmt: skip
    _write_steps(tx, flagged, now, PostEvent.RECOVERED, "")
    return len(flagged)


def organisations_without(tx: Transaction, key: PostKey, day: date) -> list[str]:
    """Codes of organisations, of those that took part on a day and still do, for which no such post stands in the
    ledger: of that kind, period and occurrence, to that recipient.
    """
    values = {
        "kind": key.kind.value,
        "period": key.period,
        "recipient": key.recipient,
        "occurrence": key.occurrence,
        "rehearsal": key.rehearsal,
        "on_day": day,
    }
    return sorted(tx.execute(_ROWS_WITHOUT, values).scalars())


def _within_kind(key: PostKey) -> tuple[str, str, str, int]:
    return (key.period, key.organisation, key.recipient, key.occurrence)


def _move(tx: Transaction, row: Any, to: PlannedPost) -> None:
    values: dict[str, Any] = {"planned_for": to.due, "useful_until": to.useful_until}
    if row.state == PostState.PLANNED.value and row.due == row.planned_for:  # else it was put off on purpose
        values["due"] = to.due
    tx.execute(_MOVE.values(values), {"of": row.id})


def _insert(tx: Transaction, new: Sequence[PlannedPost], forgotten_until: datetime | None) -> None:
    """One INSERT … SELECT for all posts that differ by their organisation alone: ten thousand rows take little longer
    than the database needs for them.
    """
    kept = _moments(tx)
    alike: dict[tuple[Any, ...], list[str]] = {}
    for one in new:
        key = one.key
        due = kept(one.due)
        rest = (
            *(key.kind.value, key.period, key.recipient, key.occurrence, key.rehearsal),
            *(due, due, kept(one.useful_until)),
            one.edits.spelled if one.edits else None,
            forgotten_until is not None and one.due <= forgotten_until,
        )
        alike.setdefault(rest, []).append(key.organisation)
    statement = _ON_SQLITE if tx.dialect.name == "sqlite" else _ON_POSTGRESQL
    for rest, codes in alike.items():
        tx.exec_driver_sql(statement, (*rest, dump_json(codes)))


def _moments(tx: Transaction) -> Callable[[datetime], str]:
    """What the column keeps for a moment, as text; the same few moments stand in thousands of rows."""
    seen: dict[datetime, str] = {}
    form = _SQLITE_MOMENT if tx.dialect.name == "sqlite" else _MOMENT

    def kept(moment: datetime) -> str:
        if moment not in seen:
            seen[moment] = moment.astimezone(UTC).strftime(form)
        return seen[moment]

    return kept


def _write_steps(tx: Transaction, ids: Iterable[int], at: datetime, event: PostEvent, reason: str) -> None:
    detail = {"reason": reason} if reason else {}
    rows = [{"post_id": one, "at": at, "event": event.value, "detail": detail} for one in ids]
    if rows:
        tx.execute(insert(post_steps), rows)
