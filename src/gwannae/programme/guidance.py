"""연초 안내: this year's rules, last year's own figures and what is new, and how far the office has let it out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from gwannae.programme.city import City, PurchaseLimit, limits_on
from gwannae.programme.new_year import YearNote
from gwannae.programme.organisations import Organisation
from gwannae.programme.outside_reasons import OutsideRule, outside_rule_on
from gwannae.programme.periods import CycleRule, cycle_on
from gwannae.programme.schemes import Scheme
from gwannae.programme.standings import Place
from gwannae.programme.verdict import LocalRule, rule_on

MAX_NOTE = 500


class GuidanceState(StrEnum):
    """How far a year's guidance is. Nothing goes out in any state but GOING_OUT."""

    DRAFT = "draft"
    GOING_OUT = "going_out"
    STOPPED = "stopped"

    @property
    def label(self) -> str:
        """The word that the office reads."""
        return {"draft": "초안", "going_out": "보내는 중", "stopped": "멈춤"}[self.value]


@dataclass(frozen=True, slots=True)
class GuidanceRelease:
    """What the office has said of one year's guidance: `note` in its own words. `version` 0: nobody has touched it.
    `file_link`: where the vendor directory of the day of its release lies in Slack; empty before, or if it failed.
    """

    year: int
    state: GuidanceState = GuidanceState.DRAFT
    note: str = ""
    version: int = 0
    changed_at: datetime | None = None
    team_id: str = ""
    user_id: str = ""
    file_link: str = ""


@dataclass(frozen=True, slots=True)
class YearTexts:
    """The city's rules as they hold on the first day of a year: five of them, each a line of the guidance."""

    local: LocalRule
    cycle: CycleRule
    outside: OutsideRule | None
    limits: tuple[PurchaseLimit, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """What became different from January of the year before to the end of this year; ends are last days, inclusive."""

    local: LocalRule | None = None
    outside: OutsideRule | None = None
    limits_begun: tuple[PurchaseLimit, ...] = ()
    limits_ended: tuple[PurchaseLimit, ...] = ()
    schemes_begun: tuple[Scheme, ...] = ()
    schemes_ended: tuple[Scheme, ...] = ()

    @property
    def number(self) -> int:
        """How many."""
        single = sum(one is not None for one in (self.local, self.outside))
        dated = (self.limits_begun, self.limits_ended, self.schemes_begun, self.schemes_ended)
        return single + sum(map(len, dated))


@dataclass(frozen=True, slots=True)
class RegistryNews:
    """The vendor directory on a day: local firms, how many of them are new since the January before (None: nobody can
    say), words without a firm that were solved since, and certificates that end within the city's warning.
    """

    as_of: date | None
    local: int
    new: int | None = None
    found: tuple[str, ...] = ()
    ending: int = 0


@dataclass(frozen=True, slots=True)
class Guidance:
    """One organisation's guidance of a year, as it is on `day`. `last` is its line of the year before, with all kinds;
    None where it reported nothing then. `unsettled`: what it says while nobody has settled the year's settings.
    """

    city: City
    year: int
    day: date
    organisation: Organisation
    texts: YearTexts
    changes: Changes
    registry: RegistryNews
    last: Place | None
    note: str = ""
    file_link: str = ""
    unsettled: YearNote | None = None


@dataclass(frozen=True, slots=True)
class DraftReady:
    """The office is told that there is a draft, and how many organisations get a post, how many a letter."""

    year: int
    linked: int
    unlinked: int
    unsettled: YearNote | None = None


@dataclass(frozen=True, slots=True)
class GuidanceDesk:
    """The office's window: how far the year's guidance is, the draft as `shown` reads it, who gets a post and who, for
    want of a channel, a letter. `opens`: when posts may leave; None: nobody has looked at that year's holidays.
    """

    release: GuidanceRelease
    shown: Guidance
    linked: tuple[Organisation, ...]
    unlinked: tuple[Organisation, ...]
    opens: datetime | None = None


@dataclass(frozen=True, slots=True)
class GuidanceMoved:
    """The office released, stopped or changed the guidance; `fresh` is false where it stood so before."""

    release: GuidanceRelease
    fresh: bool = True


@dataclass(frozen=True, slots=True)
class GuidanceStale:
    """Somebody changed it meanwhile: `release` is how it stands now, and nothing was done."""

    release: GuidanceRelease


@dataclass(frozen=True, slots=True)
class NotItsTime:
    """The guidance of that year cannot be let out: it would be of no use any more, or nobody has looked at the year's
    holidays yet.
    """

    year: int


@dataclass(frozen=True, slots=True)
class Letters:
    """The guidance of every organisation that has no channel, to be made into letters."""

    guidances: tuple[Guidance, ...] = ()


def texts_of(city: City, year: int) -> YearTexts:
    """The rules in force on the first day of a year; where the city's very first one begins later, that one."""
    first = date(year, 1, 1)
    begin = max(first, min(rule.valid_from for rule in city.local_rules))
    general = tuple(limit for limit in limits_on(city.limits, first) if not limit.certificates)
    outside = outside_rule_on(city.outside_rules, date(year, 12, 31))
    return YearTexts(rule_on(city.local_rules, begin), cycle_on(city.cycles, first), outside, general)


def changes_of(city: City, year: int) -> Changes:
    """What the guidance tells as changed: whatever begins after the first of January of the year before and within
    this year, and whatever ends from then on before this year is over.
    """
    former, last = date(year - 1, 1, 1), date(year, 12, 31)
    local = _latest([rule for rule in city.local_rules if former < rule.valid_from <= last])
    outside = max(
        (rule for rule in city.outside_rules if former < rule.valid_from <= last),
        key=lambda rule: rule.valid_from,
        default=None,
    )
    return Changes(
        local,
        outside,
        tuple(x for x in city.limits if former < x.valid_from <= last),
        tuple(x for x in city.limits if x.until is not None and former <= x.until < last),
        tuple(x for x in city.schemes if former < x.valid_from <= last),
        tuple(x for x in city.schemes if x.until is not None and former <= x.until < last),
    )


def is_workable(year: int, today: date) -> bool:
    """Whether the office may still, or already, work on the guidance of a year: this one's, the last, the next."""
    return abs(year - today.year) <= 1


def may_move(release: GuidanceRelease, to: GuidanceState) -> bool:
    """Whether the office can go from where the guidance is to another state: out, then stopped, then out again."""
    if to is GuidanceState.GOING_OUT:
        return release.state in (GuidanceState.DRAFT, GuidanceState.STOPPED)
    return to is GuidanceState.STOPPED and release.state is GuidanceState.GOING_OUT


def _latest(rules: Sequence[LocalRule]) -> LocalRule | None:
    return max(rules, key=lambda rule: rule.valid_from, default=None)
