"""What the programme office adds to scores by hand; the newest of one label holds."""

from datetime import UTC, datetime

from sqlalchemy import bindparam, insert, select

from gwannae.programme.organisations import Actor
from gwannae.programme.score_rules import EntryKind, ScoreEntry
from gwannae.storage.database import Transaction
from gwannae.storage.tables.score_entries import score_entries

_E = score_entries.c
_OF_YEAR = select(score_entries).where(_E.year == bindparam("of"), _E.at <= bindparam("as_of")).order_by(_E.id)


def add(tx: Transaction, entry: ScoreEntry, *, by: Actor, at: datetime) -> None:
    """Write it down."""
    tx.execute(
        insert(score_entries),
        {
            "year": entry.year,
            "organisation_id": entry.organisation_id,
            "kind": entry.kind.value,
            "label": entry.label,
            "amount": entry.amount,
            "evidence": entry.evidence,
            "at": at.astimezone(UTC),
            "team_id": by.team_id,
            "user_id": by.user_id,
        },
    )


def in_force(tx: Transaction, year: int, as_of: datetime) -> list[ScoreEntry]:
    """What held for a year at a moment, in the order in which each was written down first."""
    newest: dict[tuple[int, str, str], ScoreEntry] = {}
    for row in tx.execute(_OF_YEAR, {"of": year, "as_of": as_of.astimezone(UTC)}):
        newest[row.organisation_id, row.kind, row.label] = ScoreEntry(
            row.year, row.organisation_id, EntryKind(row.kind), row.label, row.amount, row.evidence
        )
    return [entry for entry in newest.values() if entry.amount]
