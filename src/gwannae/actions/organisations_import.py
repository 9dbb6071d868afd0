"""부서·기관 목록 가져오기: rows of a sheet become organisations with a code, a kind and a parent."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from gwannae.actions.toolkit import Toolkit
from gwannae.programme.hangul import search_key
from gwannae.programme.organisations import Organisation, OrganisationKind, OrganisationSeed, read_kind
from gwannae.readers.organisations import OrganisationRow
from gwannae.storage import organisations


class SeedRefusal(StrEnum):
    """Why a row of a sheet cannot become an organisation."""

    KIND_UNKNOWN = "kind_unknown"
    NAME_SHARED = "name_shared"  # no code, and several organisations go by this name


class SeedNote(StrEnum):
    """What of a row was not taken although the row was."""

    CHANNEL_WITHOUT_TEAM = "channel_without_team"
    PARENT_LEFT_OUT = "parent_left_out"  # the parent's own row was refused


@dataclass(frozen=True, slots=True)
class RowRemark:
    """A row that was refused, or what was left out of one that was not; `value` is the cell that was why."""

    number: int
    code: SeedRefusal | SeedNote
    value: str


@dataclass(frozen=True, slots=True)
class Seeds:
    """Organisations ready to be saved, and the rows that a person should look at."""

    seeds: tuple[OrganisationSeed, ...]
    refused: tuple[RowRemark, ...]
    notes: tuple[RowRemark, ...]


def known_words(toolkit: Toolkit) -> frozenset[str]:
    """What a sheet may name as a parent beside its own rows: stored codes and names, and the city itself."""
    with toolkit.database.read() as tx:
        every = organisations.all_organisations(tx, active_only=False)
    return frozenset([toolkit.city.name, *(word for o in every for word in (o.code, o.name))])


def seeds_of(toolkit: Toolkit, rows: Iterable[OrganisationRow]) -> Seeds:
    """Give rows without a code that of the organisation of the same name, or else their name as a code; read the kind
    from its column, else from the name (…공사, …재단, …과), else leave it as it is stored. The city is nobody's parent.
    """
    with toolkit.database.read() as tx:
        every = organisations.all_organisations(tx, active_only=False)
    stored = _Stored({o.code: o for o in every}, {})
    for organisation in every:
        stored.by_name.setdefault(search_key(organisation.name), []).append(organisation)
    refused: list[RowRemark] = []
    notes: list[RowRemark] = []
    taken: list[tuple[OrganisationRow, str, OrganisationKind]] = []
    for row in rows:
        found = _read(row, stored)
        if isinstance(found, RowRemark):
            refused.append(found)
            continue
        taken.append((row, *found))
        if row.channel and ":" not in row.channel:
            notes.append(RowRemark(row.number, SeedNote.CHANNEL_WITHOUT_TEAM, row.channel))
    codes = {row.name: code for row, code, _ in taken}
    seeds: list[OrganisationSeed] = []
    for row, code, kind in taken:
        parent = None if row.parent == toolkit.city.name else _parent(row.parent, stored, codes)
        if parent is None and row.parent not in (None, toolkit.city.name):
            notes.append(RowRemark(row.number, SeedNote.PARENT_LEFT_OUT, row.parent or ""))
        seeds.append(OrganisationSeed(code, row.name, kind, parent if parent != code else None, row.channel))
    return Seeds(tuple(seeds), tuple(refused), tuple(notes))


@dataclass(frozen=True, slots=True)
class _Stored:
    """The organisations that there are, by code and by the key of their name."""

    by_code: dict[str, Organisation]
    by_name: dict[str, list[Organisation]]

    def code_of(self, name: str) -> str | None:
        namesakes = self.by_name.get(search_key(name))
        return namesakes[0].code if namesakes else None


def _read(row: OrganisationRow, stored: _Stored) -> tuple[str, OrganisationKind] | RowRemark:
    if row.code is None and len(stored.by_name.get(search_key(row.name), ())) > 1:
        return RowRemark(row.number, SeedRefusal.NAME_SHARED, row.name)
    code = row.code or stored.code_of(row.name) or search_key(row.name) or row.name
    known = stored.by_code.get(code)
    kind = read_kind(row.kind) if row.kind else None
    kind = kind or (known.kind if known else read_kind(row.name))
    if kind is None:
        return RowRemark(row.number, SeedRefusal.KIND_UNKNOWN, row.kind or row.name)
    return code, kind


def _parent(word: str | None, stored: _Stored, codes: Mapping[str, str]) -> str | None:
    """A parent's code: the sheet names it by code or by name, of a row of its own or of what is stored."""
    if word is None or word in stored.by_code or word in codes.values():
        return word
    return codes.get(word) or stored.code_of(word)
