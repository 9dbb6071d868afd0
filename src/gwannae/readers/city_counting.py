"""The tables of a city file that say what a purchase counts in beside the local ratio, and when it is held up."""

from datetime import date
from typing import Annotated

from msgspec import Meta, Struct

from gwannae.programme.city import LampRules
from gwannae.programme.outside_reasons import OutsideRule, ReasonCode
from gwannae.programme.purchases import PurchaseKind
from gwannae.programme.result_rules import BonusTable, ResultRules
from gwannae.programme.schemes import Scheme
from gwannae.programme.vendors import CertificateKind

Text = Annotated[str, Meta(min_length=1, max_length=200)]
Code = Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9_-]{0,39}$")]


class DatedTable(Struct, forbid_unknown_fields=True, kw_only=True):
    """What every entry says that rests on a text of law: its days (`until` inclusive), the text, who read it when."""

    valid_from: date
    until: date | None = None
    law: Text
    checked_on: date
    note: str = ""

    def __post_init__(self) -> None:
        if self.until is not None and self.until < self.valid_from:
            raise ValueError("until on or after valid_from")


class SchemeTable(DatedTable, kw_only=True):
    """One dated duty to buy; see README.md of cities/."""

    code: Code
    label: Text
    rate: Annotated[int, Meta(gt=0, le=10_000)] | None = None
    applies_to: Annotated[tuple[PurchaseKind, ...], Meta(min_length=1)]
    of_small_firms: bool = False
    certificates: tuple[CertificateKind, ...] = ()
    by_size: bool = False

    def __post_init__(self) -> None:
        DatedTable.__post_init__(self)
        if self.by_size == bool(self.certificates):
            raise ValueError("either certificates or by_size = true: one of the two is what counts")

    def value(self) -> Scheme:
        """As the programme knows it."""
        return Scheme(
            self.code,
            self.label,
            self.rate,
            self.applies_to,
            self.of_small_firms,
            self.certificates,
            self.by_size,
            self.valid_from,
            self.until,
            self.law,
            self.checked_on,
            self.note,
        )


def overlapping(tables: tuple[SchemeTable, ...]) -> set[str]:
    """Codes that two tables claim for the same kind on the same day: a purchase would count twice inside one scheme."""
    return {
        a.code
        for i, a in enumerate(tables)
        for b in tables[i + 1 :]
        if a.code == b.code
        and set(a.applies_to) & set(b.applies_to)
        and a.valid_from <= (b.until or date.max)
        and b.valid_from <= (a.until or date.max)
    }


class LampTable(Struct, forbid_unknown_fields=True, kw_only=True):
    """When a report is held up to be looked at; see README.md of cities/."""

    law: Text
    checked_on: date
    quiet_below: Annotated[int, Meta(ge=0, lt=10**13)] = 0
    share_percent: Annotated[int, Meta(ge=1, le=100)] | None = None
    share_from: Annotated[int, Meta(ge=1, le=1000)] = LampRules().share_from

    def value(self) -> LampRules:
        """As the programme knows it."""
        return LampRules(self.law, self.checked_on, self.quiet_below, self.share_percent, self.share_from)


class OutsideRuleTable(Struct, forbid_unknown_fields=True, kw_only=True):
    """From when outside purchases need a reason, and which reasons leave the effective ratio."""

    valid_from: date
    at_least: Annotated[int, Meta(ge=0, lt=10**13)] = 0
    left_out: frozenset[ReasonCode] = frozenset()
    source: Text

    def value(self) -> OutsideRule:
        """As the programme knows it."""
        return OutsideRule(self.valid_from, self.at_least, self.left_out, self.source)


Prize = Annotated[str, Meta(min_length=1, max_length=20)]


class ResultsTable(Struct, forbid_unknown_fields=True, kw_only=True):
    """How a year is settled; see README.md of cities/."""

    objection_days: Annotated[int, Meta(ge=1, le=90)] = ResultRules().objection_days
    prizes: Annotated[
        tuple[Annotated[str, Meta(min_length=1, max_length=20)], ...], Meta(min_length=1, max_length=8)
    ] = ResultRules().prizes

    def __post_init__(self) -> None:
        if len(set(self.prizes)) != len(self.prizes):
            raise ValueError("prizes that differ from each other")

    def value(self) -> ResultRules:
        """As the programme knows it."""
        return ResultRules(self.objection_days, self.prizes)


class BonusStepTable(Struct, forbid_unknown_fields=True, kw_only=True):
    """Up to this rank there are these points ("1.5")."""

    to_rank: Annotated[int, Meta(ge=1, le=1000)]
    points: Annotated[str, Meta(pattern=r"^(?:0|[1-9][0-9]?)(?:\.[0-9]{1,2})?$")]

    @property
    def hundredths(self) -> int:
        """The points as a whole number of hundredths."""
        whole, _, rest = self.points.partition(".")
        return int(whole) * 100 + int(rest.ljust(2, "0"))


class BonusTableTable(Struct, forbid_unknown_fields=True, kw_only=True):
    """From a year's results on: from rank to bonus points."""

    from_year: Annotated[int, Meta(ge=2000, le=2999)]
    steps: Annotated[tuple[BonusStepTable, ...], Meta(min_length=1, max_length=50)]
    source: Text

    def __post_init__(self) -> None:
        ranks = [step.to_rank for step in self.steps]
        points = [step.hundredths for step in self.steps]
        if ranks != sorted(set(ranks)) or points != sorted(set(points), reverse=True):
            raise ValueError("steps with rising to_rank and falling points")

    def value(self) -> BonusTable:
        """As the programme knows it."""
        return BonusTable(self.from_year, tuple((s.to_rank, s.hundredths) for s in self.steps), self.source)
