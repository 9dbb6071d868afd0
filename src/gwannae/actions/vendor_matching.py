"""Which firm each row of a vendor file speaks of: another row of the file, a firm of the registry, or a new one.

The business number comes first. Without one a firm is its normalised name and head office. Rows with numbers are
placed before rows without, so that the answer does not hang on the order of the file.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from gwannae.programme.vendor_merging import joined
from gwannae.programme.vendors import Vendor
from gwannae.programme.vendors_import import DoubtCode, Doubtful
from gwannae.storage.vendor_identity import ExistingKeys, NameAndAddress, name_and_address

MOST_NAMED = 20  # other rows and firms named with a doubtful one; nobody reads more


class Record(NamedTuple):
    """A row of the file as a vendor; `place` counts the file's rows over all its sheets."""

    place: int
    number: int
    sheet: str
    vendor: Vendor


class Firm(NamedTuple):
    """All rows of the file that are one firm, in the file's order; `vendor` is what they say together."""

    records: Sequence[Record]
    vendor: Vendor


@dataclass(slots=True)
class FirmsOfFile:
    """The firms that a file names, in its order, and the rows of which nobody can say whose they are."""

    firms: list[Firm] = field(default_factory=list)
    doubtful: list[Doubtful] = field(default_factory=list)


@dataclass(slots=True)
class Matches:
    """New firms, and firms of the registry (by id) with what the file says of them."""

    new: list[Vendor] = field(default_factory=list)
    known: dict[int, Vendor] = field(default_factory=dict)
    doubtful: list[Doubtful] = field(default_factory=list)


def firms_of(records: Sequence[Record]) -> FirmsOfFile:
    """Put rows of one file together that are one firm."""
    found = FirmsOfFile()
    numbered: dict[str, list[Record]] = {}
    unnumbered: dict[NameAndAddress, list[Record]] = {}
    for record in records:
        number = record.vendor.business_number
        if number is None:
            unnumbered.setdefault(name_and_address(record.vendor), []).append(record)
        else:
            numbered.setdefault(number, []).append(record)
    owners = _owners(numbered) if unnumbered else {}
    for key, group in unnumbered.items():
        numbers = owners.get(key, ())
        if len(numbers) == 1:
            numbered[numbers[0]] += group
        elif numbers:
            rows = [r for number in numbers[:MOST_NAMED] for r in numbered[number][:MOST_NAMED]]
            found.doubtful += [_doubt(r, DoubtCode.SEVERAL_FIT, rows=rows) for r in group]
        else:
            _put_together(found, group)
    for group in numbered.values():
        _put_together(found, group)
    found.firms.sort(key=lambda firm: firm.records[0].place)
    return found


def match(firms: Sequence[Firm], existing: ExistingKeys) -> Matches:
    """Find each firm in the registry. A firm of the registry is never two firms of the file."""
    matches = Matches()
    claims: dict[int, list[Firm]] = {}
    have_number = set(existing.by_number.values())
    all_have = len(have_number) == len(existing.digests)
    for firm in firms:
        number = firm.vendor.business_number
        if number is not None and number in existing.by_number:
            matches.known[existing.by_number[number]] = firm.vendor  # certain: the number is unique on both sides
            continue
        fitting: tuple[int, ...] = ()
        if existing.digests and not (number is not None and all_have):
            fitting = existing.by_name_and_address.get(name_and_address(firm.vendor), ())
        if number is not None:  # a firm that has another number is another firm
            fitting = tuple(i for i in fitting if i not in have_number)
        if not fitting:
            matches.new.append(firm.vendor)
        elif len(fitting) > 1:
            matches.doubtful += [_doubt(r, DoubtCode.SEVERAL_FIT, candidates=fitting) for r in firm.records]
        else:
            claims.setdefault(fitting[0], []).append(firm)
    _settle(matches, claims)
    return matches


def _owners(numbered: dict[str, list[Record]]) -> dict[NameAndAddress, tuple[str, ...]]:
    owners: dict[NameAndAddress, dict[str, None]] = {}
    for number, group in numbered.items():
        for record in group:
            owners.setdefault(name_and_address(record.vendor), {})[number] = None
    return {key: tuple(numbers) for key, numbers in owners.items()}


def _settle(matches: Matches, claims: dict[int, list[Firm]]) -> None:
    for vendor_id, claimants in claims.items():
        if len(claimants) == 1 and vendor_id not in matches.known:
            matches.known[vendor_id] = claimants[0].vendor
            continue
        rows = [record for firm in claimants for record in firm.records]
        matches.doubtful += [_doubt(r, DoubtCode.ALREADY_CLAIMED, (vendor_id,), rows) for r in rows]


def _put_together(found: FirmsOfFile, group: list[Record]) -> None:
    group.sort(key=lambda record: record.place)
    vendor = joined([record.vendor for record in group])
    if vendor is not None:
        found.firms.append(Firm(group, vendor))
    else:
        found.doubtful += [_doubt(r, DoubtCode.ROWS_CONTRADICT, rows=group) for r in group]


def _doubt(record: Record, code: DoubtCode, candidates: tuple[int, ...] = (), rows: Sequence[Record] = ()) -> Doubtful:
    others = tuple(r.number for r in rows[: MOST_NAMED + 1] if r is not record)[:MOST_NAMED]
    return Doubtful(record.number, record.sheet, record.vendor.name, code, candidates[:MOST_NAMED], others)
