"""A city as its file describes it: places, dated rules and limits, calendar, who takes part at first."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from gwannae.programme.council_rules import CouncilRules
from gwannae.programme.organisations import OrganisationSeed, Role
from gwannae.programme.outside_reasons import OutsideRule
from gwannae.programme.periods import CycleRule
from gwannae.programme.places import Places
from gwannae.programme.purchases import PurchaseKind
from gwannae.programme.result_rules import BonusTable, ResultRules
from gwannae.programme.schemes import Scheme
from gwannae.programme.score_rules import ScoreFormula
from gwannae.programme.standings import Measure
from gwannae.programme.vendors import CertificateKind
from gwannae.programme.verdict import LocalRule
from gwannae.programme.year_rules import YearRules


@dataclass(frozen=True, slots=True)
class Ordinance:
    """The ordinance that the programme rests on, as it is cited."""

    name: str
    number: str
    enacted: date


class LimitKind(StrEnum):
    """What a purchase limit bounds: contracting without a tender, or with a single quote."""

    DIRECT_CONTRACT = "direct_contract"
    SINGLE_QUOTE = "single_quote"


@dataclass(frozen=True, slots=True)
class PurchaseLimit:
    """A dated amount in won (estimated price, VAT excluded) beyond which a look is due. Never advice, always cited.

    `certificates` empty: the general limit; else it holds for firms with one of these. `until` is inclusive.
    """

    kind: LimitKind
    applies_to: tuple[PurchaseKind, ...]
    certificates: tuple[CertificateKind, ...]
    amount: int
    valid_from: date
    until: date | None
    law: str
    checked_on: date
    note: str = ""


class HolidayRule(StrEnum):
    """Where a due day goes that falls on a day off."""

    NEXT = "next"
    PREVIOUS = "previous"
    AS_IS = "as_is"


@dataclass(frozen=True, slots=True)
class ProgrammeCalendar:
    """The year's rhythm: reports are due on `due_day` of the month after; purchases of `award_months` count for awards.

    A year after `holidays_confirmed_until` must not be planned for: nobody has looked at its holidays yet.
    `late_report_days`: for so many days after a programme year its purchases can still be reported (December's are due
    in January).
    """

    due_day: int
    due_on_holiday: HolidayRule
    award_first_month: int
    award_last_month: int
    holidays_confirmed_until: date
    extra_holidays: tuple[tuple[date, str], ...] = ()
    late_report_days: int = 0


@dataclass(frozen=True, slots=True)
class RegistryRules:
    """How the registry is kept true: after `stale_after_days` a firm's state is asked for again, and a certificate is
    warned of when it ends within one of `certificate_warn_days` (at least one number).
    """

    stale_after_days: int = 90
    certificate_warn_days: tuple[int, ...] = (60, 30)


@dataclass(frozen=True, slots=True)
class VendorCap:
    """The city's own yearly bound (won) on what is bought from one firm, and the text that says so."""

    yearly_amount: int
    source: str


@dataclass(frozen=True, slots=True)
class Publication:
    """How the city publishes its contracts in the Open Contracting Data Standard.

    `ocid_prefix` is the one that the Open Contracting Partnership registered for the city ("ocds-a1b2c3"), `address`
    the web folder under which the city puts the files.
    """

    ocid_prefix: str
    address: str


@dataclass(frozen=True, slots=True)
class LampRules:
    """When a report is held up to be looked at, beside the limits and the cap.

    `law` says that purchases are to be added up, `checked_on` when somebody last read it. Below `quiet_below` (won,
    estimated price) a limit that nobody knows is not spoken of. A firm with `share_percent` of an organisation's year
    and at least `share_from` contracts in it has an unusual share; None: nothing has.
    """

    law: str = ""
    checked_on: date | None = None
    quiet_below: int = 0
    share_percent: int | None = None
    share_from: int = 2


@dataclass(frozen=True, slots=True)
class PersonSeed:
    """Somebody of the programme or planning office, by Slack user id, as the city file first names them."""

    slack_user: str
    role: Role


@dataclass(frozen=True, slots=True)
class City:
    """Everything that differs from city to city. Nothing of it may stand in code."""

    code: str
    name: str
    places: Places
    zone: ZoneInfo
    ordinance: Ordinance
    programme_office: str
    local_rules: tuple[LocalRule, ...]
    limits: tuple[PurchaseLimit, ...]
    calendar: ProgrammeCalendar
    standings_order: tuple[Measure, ...]
    organisations: tuple[OrganisationSeed, ...]
    people: tuple[PersonSeed, ...] = ()
    search_examples: tuple[str, ...] = ()
    registry: RegistryRules = field(default_factory=RegistryRules)
    vendor_cap: VendorCap | None = None
    publication: Publication | None = None
    g2b_institutions: tuple[str, ...] = ()  # codes by which the procurement service knows the city's bodies
    schemes: tuple[Scheme, ...] = ()
    lamp: LampRules = field(default_factory=LampRules)
    outside_rules: tuple[OutsideRule, ...] = ()
    cycles: tuple[CycleRule, ...] = ()
    results: ResultRules = field(default_factory=ResultRules)
    standings_shown: int = 10  # how many ranks everybody may see, below their own
    bonus_tables: tuple[BonusTable, ...] = ()
    score_formulas: tuple[ScoreFormula, ...] = ()
    council: CouncilRules = field(default_factory=CouncilRules)
    year_rules: tuple[YearRules, ...] = ()

    @property
    def programme_office_code(self) -> str:
        """The code of the organisation that the file calls its programme office: a name may change in Slack."""
        return next(o.code for o in self.organisations if o.name == self.programme_office)


def programme_year(day: date) -> tuple[date, date]:
    """The programme year of a day: first and last day, both inclusive. Figures follow the calendar year."""
    return date(day.year, 1, 1), date(day.year, 12, 31)


def earliest_contract_date(calendar: ProgrammeCalendar, today: date) -> date:
    """The first contract date that can still be reported: of this programme year, or of the last while it is open."""
    first, _ = programme_year(today - timedelta(days=calendar.late_report_days))
    return first


def limits_on(limits: Sequence[PurchaseLimit], day: date) -> tuple[PurchaseLimit, ...]:
    """The limits in force on a day."""
    return tuple(x for x in limits if x.valid_from <= day and (x.until is None or day <= x.until))
