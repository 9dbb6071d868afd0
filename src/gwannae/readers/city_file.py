"""Reads a city file (TOML) into checked values; a wrong file is refused with file, place and what was expected."""

from collections.abc import Iterable, Mapping
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from msgspec import Meta, Struct, field

from gwannae.programme.city import (
    City,
    LampRules,
    LimitKind,
    Ordinance,
    PersonSeed,
    Publication,
    PurchaseLimit,
    RegistryRules,
    VendorCap,
)
from gwannae.programme.organisations import OrganisationKind, OrganisationSeed, Role
from gwannae.programme.places import District, Places
from gwannae.programme.purchases import PurchaseKind
from gwannae.programme.standings import Measure
from gwannae.programme.vendors import AddressKind, CertificateKind
from gwannae.programme.verdict import LocalRule, NotOpen, UnknownSize
from gwannae.readers.checked_tables import TableFault, TablesError, checked, read_toml, stripped
from gwannae.readers.city_counting import (
    Code,
    DatedTable,
    LampTable,
    OutsideRuleTable,
    SchemeTable,
    Text,
    overlapping,
)
from gwannae.readers.city_results import BonusTableTable, CouncilTable, ResultsTable
from gwannae.readers.city_score import ScoreTable
from gwannae.readers.city_year import CalendarTable, CycleTable, YearRulesTable

FORMAT = 1


class CityFileError(ValueError):
    """The file cannot be used: `path`, and every fault that was found in it."""

    def __init__(self, path: str, faults: Iterable[TableFault]) -> None:
        self.path = path
        self.faults = tuple(faults)
        super().__init__(f"{path}: " + "; ".join(f"{f.place}: {f.expected} (found {f.found})" for f in self.faults))


def read_city(name_or_path: str) -> City:
    """Read a city by the name of a shipped file ("seongnam") or by the path of one's own (".toml" in it).

    Raises CityFileError for a missing, unreadable or wrong file.
    """
    if name_or_path.endswith(".toml"):
        path = Path(name_or_path)
        try:
            return parse_city(path.read_bytes(), str(path))
        except FileNotFoundError as error:
            raise CityFileError(str(path), [TableFault("-", "a file that is there", "")]) from error
        except OSError as error:
            raise CityFileError(str(path), [TableFault("-", "a readable file", "")]) from error
    shipped = resources.files("gwannae") / "cities" / f"{name_or_path}.toml"
    if not shipped.is_file():
        known = ", ".join(shipped_cities())
        raise CityFileError(name_or_path, [TableFault("-", f"one of {known}, or a path ending in .toml", name_or_path)])
    return parse_city(shipped.read_bytes(), f"{name_or_path}.toml")


def shipped_cities() -> list[str]:
    """The names of the city files that come with the product."""
    folder = resources.files("gwannae") / "cities"
    return sorted(entry.name.removesuffix(".toml") for entry in folder.iterdir() if entry.name.endswith(".toml"))


def parse_city(content: bytes, path: str) -> City:
    """Check the bytes of a city file; `path` is named in faults."""
    try:
        return checked(_CityTable, stripped(read_toml(content)), _made).value()
    except TablesError as error:
        raise CityFileError(path, error.faults) from error


def faults_of_table(name: str, document: Mapping[str, object]) -> tuple[TableFault, ...]:
    """What is wrong with a table that is to stand in a city file under this name ("limits"), by itself."""
    try:
        checked(_YEARLY_TABLES[name], stripped(dict(document)), _made)
    except TablesError as error:
        return error.faults
    return ()


def _made(kind: type, written: object) -> object:
    """The types of the tables that TOML has not."""
    return _zone(written) if kind is ZoneInfo else kind(written)


def _zone(name: object) -> ZoneInfo:
    try:
        return ZoneInfo(str(name))
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError("a time zone name such as Asia/Seoul") from error


class _Table(Struct, forbid_unknown_fields=True):
    """A table of the file: nothing unknown in it, TOML's own types only (a date is a date, not a text)."""


class _OrdinanceTable(_Table):
    name: Text
    number: Text
    enacted: date


class _DistrictTable(_Table):
    name: Text
    aliases: tuple[Text, ...] = ()
    neighbourhoods: tuple[Text, ...] = ()


class _PlacesTable(_Table, kw_only=True):
    province: Text
    province_aliases: tuple[Text, ...] = ()
    city: Text
    city_aliases: tuple[Text, ...] = ()
    districts_name_the_city: bool = False
    districts: tuple[_DistrictTable, ...] = ()
    neighbourhoods: tuple[Text, ...] = ()
    unique_neighbourhoods: tuple[Text, ...] = ()
    unique_roads: tuple[Text, ...] = ()

    def value(self) -> Places:
        districts = tuple(District(d.name, d.aliases, d.neighbourhoods) for d in self.districts)
        return Places(
            province=self.province,
            province_aliases=self.province_aliases,
            city=self.city,
            city_aliases=self.city_aliases,
            districts=districts,
            districts_name_the_city=self.districts_name_the_city,
            neighbourhoods=self.neighbourhoods,
            unique_neighbourhoods=self.unique_neighbourhoods,
            unique_roads=self.unique_roads,
        )


class _LocalRuleTable(_Table):
    version: Text
    valid_from: date
    addresses: Annotated[frozenset[AddressKind], Meta(min_length=1)]
    residency_months: Annotated[int, Meta(ge=0, le=600)]
    size_matters: bool
    unknown_size: UnknownSize
    source: Text
    closed: NotOpen = NotOpen.UNCONFIRMED
    suspended: NotOpen = NotOpen.UNCONFIRMED

    def value(self) -> LocalRule:
        return LocalRule(
            self.version,
            self.valid_from,
            self.addresses,
            self.residency_months,
            self.size_matters,
            self.unknown_size,
            self.source,
            self.closed,
            self.suspended,
        )


class _LimitTable(DatedTable, kw_only=True):
    kind: LimitKind
    applies_to: Annotated[tuple[PurchaseKind, ...], Meta(min_length=1)]
    certificates: tuple[CertificateKind, ...] = ()
    amount: Annotated[int, Meta(gt=0, lt=10**13)]

    def value(self) -> PurchaseLimit:
        return PurchaseLimit(
            self.kind,
            self.applies_to,
            self.certificates,
            self.amount,
            self.valid_from,
            self.until,
            self.law,
            self.checked_on,
            self.note,
        )


class _StandingsTable(_Table):
    order: Annotated[tuple[Measure, ...], Meta(min_length=1)]
    shown: Annotated[int, Meta(ge=1, le=99)] = 10  # as many as a table in Slack holds beside its head


class _RegistryTable(_Table):
    stale_after_days: Annotated[int, Meta(ge=1, le=3650)] = RegistryRules().stale_after_days
    certificate_warn_days: Annotated[tuple[Annotated[int, Meta(ge=1, le=3650)], ...], Meta(min_length=1)] = (
        RegistryRules().certificate_warn_days
    )


class _VendorCapTable(_Table):
    yearly_amount: Annotated[int, Meta(gt=0, lt=10**13)]
    source: Text


class _PublicationTable(_Table):
    ocid_prefix: Annotated[str, Meta(pattern=r"^ocds-[a-z0-9]{6}$")]
    address: Annotated[str, Meta(pattern=r"^https?://[!-~]{1,200}/$")]


class _OrganisationTable(_Table):
    code: Code
    name: Text
    kind: OrganisationKind
    parent: Code | None = None
    channel: Annotated[str, Meta(pattern=r"^[TE][A-Z0-9]{2,20}:[CG][A-Z0-9]{2,20}$")] | None = None


class _PersonTable(_Table):
    slack_user: Annotated[str, Meta(pattern=r"^[UW][A-Z0-9]{2,20}$")]
    role: Role


class _CityTable(_Table, kw_only=True):
    format: Annotated[int, Meta(ge=FORMAT, le=FORMAT)]
    code: Code
    name: Text
    time_zone: ZoneInfo
    programme_office: Text
    search_examples: tuple[Text, ...] = ()
    g2b_institutions: tuple[Annotated[str, Meta(pattern=r"^[0-9A-Z]{7}$")], ...] = ()
    ordinance: _OrdinanceTable
    places: _PlacesTable
    local_rules: Annotated[tuple[_LocalRuleTable, ...], Meta(min_length=1)]
    limits: tuple[_LimitTable, ...] = ()
    schemes: tuple[SchemeTable, ...] = ()
    lamp: LampTable | None = None
    outside_reasons: tuple[OutsideRuleTable, ...] = ()
    calendar: CalendarTable
    cycles: tuple[CycleTable, ...] = ()
    year_rules: tuple[YearRulesTable, ...] = ()
    standings: _StandingsTable
    results: ResultsTable = field(default_factory=ResultsTable)
    bonus_points: tuple[BonusTableTable, ...] = ()
    score: tuple[ScoreTable, ...] = ()
    council: CouncilTable = field(default_factory=CouncilTable)
    registry: _RegistryTable = field(default_factory=_RegistryTable)
    vendor_cap: _VendorCapTable | None = None
    publication: _PublicationTable | None = None
    organisations: Annotated[tuple[_OrganisationTable, ...], Meta(min_length=1)]
    people: tuple[_PersonTable, ...] = ()

    def __post_init__(self) -> None:
        codes = [o.code for o in self.organisations]
        names = [o.name for o in self.organisations]
        starts = [rule.valid_from for rule in self.local_rules]
        versions = [rule.version for rule in self.local_rules]
        for what, seen in (
            ("organisation codes", codes),
            ("organisation names", names),
            ("valid_from of local_rules", starts),
            ("versions of local_rules", versions),
            ("valid_from of outside_reasons", [rule.valid_from for rule in self.outside_reasons]),
            ("from_year of bonus_points", [table.from_year for table in self.bonus_points]),
            ("from_year of score", [formula.from_year for formula in self.score]),
            ("valid_from of cycles", [cycle.valid_from for cycle in self.cycles]),
            ("valid_from of year_rules", [rules.valid_from for rules in self.year_rules]),
        ):
            if len(set(seen)) != len(seen):
                raise ValueError(f"{what} that differ from each other")
        unknown = {o.parent for o in self.organisations if o.parent} - set(codes)
        if unknown:
            raise ValueError(f"parents among the organisation codes, not {sorted(unknown)}")
        if twice := overlapping(self.schemes):
            raise ValueError(f"schemes of one code that meet in no kind on no day, not {sorted(twice)}")
        scored = min((formula.from_year for formula in self.score), default=None)
        if any(table.by_score and (scored is None or table.from_year < scored) for table in self.bonus_points):
            raise ValueError("a [[score]] from the first year on for which bonus_points are given from_score")
        if self.programme_office not in names:
            raise ValueError("programme_office to be the name of one of the organisations")
        if any(person.role not in (Role.OFFICE, Role.PLANNING) for person in self.people):
            raise ValueError('people with role "office" or "planning"; leads are named in Slack')

    def value(self) -> City:
        return City(
            code=self.code,
            name=self.name,
            places=self.places.value(),
            zone=self.time_zone,
            ordinance=Ordinance(self.ordinance.name, self.ordinance.number, self.ordinance.enacted),
            programme_office=self.programme_office,
            local_rules=tuple(rule.value() for rule in self.local_rules),
            limits=tuple(limit.value() for limit in self.limits),
            schemes=tuple(scheme.value() for scheme in self.schemes),
            lamp=self.lamp.value() if self.lamp else LampRules(),
            outside_rules=tuple(rule.value() for rule in self.outside_reasons),
            calendar=self.calendar.value(),
            standings_order=self.standings.order,
            standings_shown=self.standings.shown,
            organisations=tuple(
                OrganisationSeed(o.code, o.name, o.kind, o.parent, o.channel) for o in self.organisations
            ),
            people=tuple(PersonSeed(p.slack_user, p.role) for p in self.people),
            search_examples=self.search_examples,
            registry=RegistryRules(self.registry.stale_after_days, self.registry.certificate_warn_days),
            g2b_institutions=self.g2b_institutions,
            vendor_cap=(VendorCap(self.vendor_cap.yearly_amount, self.vendor_cap.source) if self.vendor_cap else None),
            publication=(
                Publication(self.publication.ocid_prefix, self.publication.address) if self.publication else None
            ),
            cycles=tuple(cycle.value() for cycle in self.cycles),
            results=self.results.value(),
            bonus_tables=tuple(table.value() for table in self.bonus_points),
            score_formulas=tuple(formula.value() for formula in self.score),
            council=self.council.value(),
            year_rules=tuple(rules.value() for rules in self.year_rules),
        )


# Those that a new year takes over from the one before.
_YEARLY_TABLES: dict[str, type[Struct]] = {
    "year_rules": YearRulesTable,
    "cycles": CycleTable,
    "calendar": CalendarTable,
    "local_rules": _LocalRuleTable,
    "outside_reasons": OutsideRuleTable,
    "standings": _StandingsTable,
    "results": ResultsTable,
    "bonus_points": BonusTableTable,
    "schemes": SchemeTable,
    "limits": _LimitTable,
    "lamp": LampTable,
    "vendor_cap": _VendorCapTable,
}
