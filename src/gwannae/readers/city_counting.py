"""The tables of a city file that say what a purchase counts in beside the local ratio, and when it is held up."""

from datetime import date
from typing import Annotated

from msgspec import Meta, Struct

from gwannae.programme.city import LampRules
from gwannae.programme.hangul import search_key
from gwannae.programme.outside_reasons import OutsideRule, ReasonCode
from gwannae.programme.purchases import PurchaseKind
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
    """From when outside purchases need a reason, which leave the effective ratio, and how offices write them."""

    valid_from: date
    at_least: Annotated[int, Meta(ge=0, lt=10**13)] = 0
    left_out: frozenset[ReasonCode] = frozenset()
    source: Text
    words: dict[ReasonCode, tuple[Text, ...]] = {}

    def __post_init__(self) -> None:
        owners: dict[str, ReasonCode] = {}
        for code, words in self.words.items():
            for word in words:
                if owners.setdefault(search_key(word), code) is not code or not search_key(word):
                    raise ValueError(f"words of one code each, and ‘{word}’ is none or of two")

    def value(self) -> OutsideRule:
        """As the programme knows it."""
        return OutsideRule(self.valid_from, self.at_least, self.left_out, self.source, self.words)
