"""실적 없음: periods of which somebody of an organisation said that nothing was bought."""

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import bindparam, select

from gwannae.programme.organisations import Actor
from gwannae.storage.database import Transaction
from gwannae.storage.statements import insert_if_absent, is_among
from gwannae.storage.tables.periods import nothing_bought

_N = nothing_bought.c
_OF = select(_N.organisation_id, _N.period).where(
    is_among(_N.organisation_id, "organisations"), _N.period >= bindparam("first")
)


def say(tx: Transaction, organisation_id: int, period: str, *, by: Actor, at: datetime) -> bool:
    """Write it down; False if it was said before."""
    made = tx.execute(
        insert_if_absent(tx, nothing_bought, "id"),
        {
            "organisation_id": organisation_id,
            "period": period,
            "said_at": at.astimezone(UTC),
            "team_id": by.team_id,
            "user_id": by.user_id,
        },
    )
    return made.first() is not None


def said(tx: Transaction, organisations: Sequence[int], first_year: int) -> dict[int, frozenset[str]]:
    """The keys of these periods from a year on, by organisation; one that has none is left out."""
    found: dict[int, set[str]] = {}
    given = {"organisations": list(organisations), "first": f"{first_year:04}"}
    for row in tx.execute(_OF, given):
        found.setdefault(row.organisation_id, set()).add(row.period)
    return {organisation: frozenset(keys) for organisation, keys in found.items()}
