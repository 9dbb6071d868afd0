"""Reads a year's plan (TOML); a wrong file is refused with the place and what was expected."""

from datetime import date
from typing import Annotated

from msgspec import Meta, Struct

from gwannae.programme.annual_plan import AnnualPlan, Target
from gwannae.programme.purchase_kind import PurchaseKind
from gwannae.readers.checked_tables import checked, read_toml, stripped

Text = Annotated[str, Meta(min_length=1, max_length=500)]
Percent = Annotated[str, Meta(pattern=r"^(?:0|[1-9][0-9]?|100)(?:\.[0-9])?$")]


class _TargetTable(Struct, forbid_unknown_fields=True):
    kind: PurchaseKind | None = None
    by_count: Percent | None = None
    by_amount: Percent | None = None

    def __post_init__(self) -> None:
        if self.by_count is None and self.by_amount is None:
            raise ValueError("by_count or by_amount")

    def value(self) -> Target:
        return Target(self.kind, _tenths(self.by_count), _tenths(self.by_amount))


class _PlanTable(Struct, forbid_unknown_fields=True, kw_only=True):
    year: Annotated[int, Meta(ge=2000, le=2999)]
    goals: Annotated[tuple[Text, ...], Meta(max_length=30)] = ()
    targets: Annotated[tuple[_TargetTable, ...], Meta(max_length=4)] = ()
    awards: Annotated[tuple[Text, ...], Meta(max_length=30)] = ()
    document: Annotated[str, Meta(max_length=200)] = ""
    approved_on: date | None = None
    people: Annotated[tuple[Text, ...], Meta(max_length=30)] = ()

    def __post_init__(self) -> None:
        kinds = [target.kind for target in self.targets]
        if len(set(kinds)) != len(kinds):
            raise ValueError("targets of kinds that differ from each other")

    def value(self) -> AnnualPlan:
        return AnnualPlan(
            self.year,
            self.goals,
            tuple(target.value() for target in self.targets),
            self.awards,
            self.document,
            self.approved_on,
            self.people,
        )


def read_plan(content: bytes) -> AnnualPlan:
    """The plan as it is written. Raises TablesError with every fault."""
    return checked(_PlanTable, stripped(read_toml(content)), lambda kind, written: kind(written)).value()


def _tenths(percent: str | None) -> int | None:
    if percent is None:
        return None
    whole, _, tenth = percent.partition(".")
    return int(whole) * 10 + int(tenth or "0")
