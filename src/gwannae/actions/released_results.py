"""Frozen results on their way out: each organisation reads its own line, of the newest that went out."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from gwannae.programme.city import City
from gwannae.programme.ledger import PostKey, Skip, SkipReason
from gwannae.programme.organisations import Organisation
from gwannae.programme.results import ResultLine, StoredResult
from gwannae.programme.year_end import Release, Released
from gwannae.storage import organisations, results
from gwannae.storage.database import Transaction


@dataclass(frozen=True, slots=True)
class OwnLine:
    """One organisation's line of the result that was let out."""

    organisation: Organisation
    line: ResultLine
    stored: StoredResult
    released: Released


def results_of(tx: Transaction, city: City, year: int) -> tuple[StoredResult, ...]:
    """All results of a year, the latest first, made at a time that the city's clock tells."""
    return tuple(replace(r, made_at=r.made_at.astimezone(city.zone)) for r in results.of_year(tx, year))


def results_out(tx: Transaction, what: Release) -> Iterator[tuple[StoredResult, Released]]:
    """Every result that somebody let out so, of whatever year."""
    for year, released in results.all_releases(tx):
        if released.what is what:
            yield from ((r, released) for r in results.of_year(tx, year) if r.number == released.number)


def own_line(tx: Transaction, key: PostKey, what: Release) -> OwnLine | Skip:
    """The line that a post tells of; nothing of a result after which a newer one went out."""
    year = int(key.period)
    out = [r for r in results.releases(tx, year) if r.what is what]
    newest = max(out, key=lambda r: r.number, default=None)
    stored = next((r for r in results.of_year(tx, year) if r.number == key.occurrence), None)
    organisation = organisations.by_code(tx, key.organisation)
    if organisation is None or not organisation.active:
        return Skip(SkipReason.ORGANISATION_GONE)
    line = stored.result.of(key.organisation) if stored else None
    if stored is None or line is None or newest is None or newest.number != key.occurrence:
        return Skip(SkipReason.NOTHING_OWED)
    return OwnLine(organisation, line, stored, newest)
