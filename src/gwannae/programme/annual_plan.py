"""추진 계획: a year's plan as one record with versions, what it rests on in the city file, and what is missing.

Guidance, calendar, targets and scores are fed from dated settings; the plan names who approved them and when, and keeps
what they said on that day, so that a setting that was changed afterwards is seen.
"""

import json
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from enum import StrEnum
from hashlib import sha256

from gwannae.programme.city import City
from gwannae.programme.outside_reasons import outside_rule_on
from gwannae.programme.periods import cycle_on
from gwannae.programme.purchase_kind import PurchaseKind
from gwannae.programme.result_rules import table_for
from gwannae.programme.score_rules import formula_for
from gwannae.programme.verdict import NoRuleError, rule_on


class Setting(StrEnum):
    """What of the city file feeds a year. The value is kept for ever."""

    LOCAL_RULE = "local_rule"
    OUTSIDE_REASONS = "outside_reasons"
    CYCLE = "cycle"
    YEAR_RULES = "year_rules"
    SCORE = "score"
    BONUS_POINTS = "bonus_points"
    RESULTS = "results"


@dataclass(frozen=True, slots=True)
class Target:
    """What is aimed at, in tenths of a percent of the effective ratio: of all, or of one kind (None: of all)."""

    kind: PurchaseKind | None
    by_count: int | None
    by_amount: int | None


@dataclass(frozen=True, slots=True)
class AnnualPlan:
    """A year's plan as the office enters it. `people` are positions, not names. `awards` say what is given to whom."""

    year: int
    goals: tuple[str, ...]
    targets: tuple[Target, ...] = ()
    awards: tuple[str, ...] = ()
    document: str = ""
    approved_on: date | None = None
    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanVersion:
    """The `number`th version of a year's plan. `settings` are fingerprints of what fed the year when it was entered."""

    number: int
    plan: AnnualPlan
    settings: Mapping[Setting, str]
    at: datetime
    by_user: str


class GapKind(StrEnum):
    """What can be missing in a plan, or in what feeds the year."""

    NO_PLAN = "no_plan"
    NO_GOALS = "no_goals"
    NO_TARGET = "no_target"
    NO_AWARDS = "no_awards"
    NOT_APPROVED = "not_approved"
    APPROVED_AFTER_YEAR = "approved_after_year"
    NO_PEOPLE = "no_people"
    NO_SETTING = "no_setting"
    OLD_SETTING = "old_setting"
    CHANGED_SETTING = "changed_setting"
    HOLIDAYS_UNCONFIRMED = "holidays_unconfirmed"


@dataclass(frozen=True, slots=True)
class Gap:
    """One of them; `setting` where it is about one."""

    kind: GapKind
    setting: Setting | None = None


@dataclass(frozen=True, slots=True)
class Fed:
    """A setting that feeds the year: since when it holds, what says so, and the fingerprint of all that it says."""

    setting: Setting
    since: int
    source: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class PlanReview:
    """A year's plan beside its settings. `versions`: all of them, the latest first."""

    year: int
    versions: tuple[PlanVersion, ...] = ()
    fed: tuple[Fed, ...] = ()
    gaps: tuple[Gap, ...] = field(default_factory=tuple)


def fed_by(city: City, year: int) -> tuple[Fed, ...]:
    """The settings of the city file that hold at the end of a year, one of each kind at most."""
    last = date(year, 12, 31)
    found: list[tuple[Setting, int, str, object]] = []
    try:
        local = rule_on(city.local_rules, last)
        found.append((Setting.LOCAL_RULE, local.valid_from.year, local.source, local))
    except NoRuleError:
        pass
    if outside := outside_rule_on(city.outside_rules, last):
        found.append((Setting.OUTSIDE_REASONS, outside.valid_from.year, outside.source, outside))
    if city.cycles:
        cycle = cycle_on(city.cycles, last)
        found.append((Setting.CYCLE, cycle.valid_from.year, "", cycle))
    begun = [rules for rules in city.year_rules if rules.valid_from <= last]
    if begun:
        rules = max(begun, key=lambda one: one.valid_from)
        found.append((Setting.YEAR_RULES, rules.valid_from.year, rules.source, rules))
    if formula := formula_for(city.score_formulas, year):
        found.append((Setting.SCORE, formula.from_year, formula.source, formula))
    if table := table_for(city.bonus_tables, year):
        found.append((Setting.BONUS_POINTS, table.from_year, table.source, table))
    found.append((Setting.RESULTS, year, "", city.results))
    return tuple(Fed(setting, since, source, _print(value)) for setting, since, source, value in found)


def review(city: City, year: int, versions: tuple[PlanVersion, ...]) -> PlanReview:
    """The plan (latest version first) with what feeds the year, and every gap between them."""
    fed = fed_by(city, year)
    latest = versions[0] if versions else None
    return PlanReview(year, versions, fed, tuple(_gaps(city, year, latest, fed)))


def _gaps(city: City, year: int, latest: PlanVersion | None, fed: tuple[Fed, ...]) -> Iterator[Gap]:
    if latest is None:
        yield Gap(GapKind.NO_PLAN)
    else:
        yield from _gaps_in(latest.plan)
    held = {one.setting: one for one in fed}
    for setting in Setting:
        now = held.get(setting)
        if now is None:
            yield Gap(GapKind.NO_SETTING, setting)
        elif setting in (Setting.YEAR_RULES, Setting.SCORE, Setting.BONUS_POINTS) and now.since < year:
            yield Gap(GapKind.OLD_SETTING, setting)  # those are set anew for each year
        if latest is not None and now is not None and latest.settings.get(setting) != now.fingerprint:
            yield Gap(GapKind.CHANGED_SETTING, setting)
    if city.calendar.holidays_confirmed_until < date(year, 12, 31):
        yield Gap(GapKind.HOLIDAYS_UNCONFIRMED)


def _gaps_in(plan: AnnualPlan) -> Iterator[Gap]:
    if not plan.goals:
        yield Gap(GapKind.NO_GOALS)
    if not any(target.kind is None for target in plan.targets):
        yield Gap(GapKind.NO_TARGET)
    if not plan.awards:
        yield Gap(GapKind.NO_AWARDS)
    if plan.approved_on is None or not plan.document:
        yield Gap(GapKind.NOT_APPROVED)
    elif plan.approved_on.year > plan.year:
        yield Gap(GapKind.APPROVED_AFTER_YEAR)
    if not plan.people:
        yield Gap(GapKind.NO_PEOPLE)


def _print(value: object) -> str:
    """SHA-256 of all that a setting says, in one spelling."""
    told = json.dumps(asdict(value), default=_plain, ensure_ascii=False, sort_keys=True)  # type: ignore[call-overload]
    return sha256(unicodedata.normalize("NFC", told).encode()).hexdigest()


def _plain(value: object) -> object:
    return sorted(map(str, value)) if isinstance(value, frozenset) else str(value)
