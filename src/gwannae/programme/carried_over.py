"""What a new year takes over from the one before: all its settings as the city's file has them in force."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from gwannae.programme.bonus_points import write_points
from gwannae.programme.carried_dates import carried_dates
from gwannae.programme.city import City, LimitKind, PurchaseLimit
from gwannae.programme.outside_reasons import ReasonCode, outside_rule_on
from gwannae.programme.purchases import PurchaseKind
from gwannae.programme.result_rules import table_for
from gwannae.programme.schemes import Scheme
from gwannae.programme.setting_values import Part, Shape
from gwannae.programme.standings import Measure
from gwannae.programme.vendors import AddressKind, CertificateKind
from gwannae.programme.verdict import LocalRule
from gwannae.programme.year_settings import Setting, SettingGroup, Table, dated_key

_LIMIT_WORDS: dict[str, str | bool] = {
    "수의계약": LimitKind.DIRECT_CONTRACT.value,
    "견적 1건": LimitKind.SINGLE_QUOTE.value,
}
_YES_NO: dict[str, str | bool] = {"예": True, "아니요": False}
_COUNTS_AS: dict[str, str | bool] = {"관내": "local", "관외": "outside", "미확인": "unconfirmed"}
_KINDS: dict[str, str | bool] = {kind.label: kind.value for kind in PurchaseKind}
_CERTIFICATES: dict[str, str | bool] = {kind.label: kind.value for kind in CertificateKind}
_ADDRESSES: dict[str, str | bool] = {kind.label: kind.value for kind in AddressKind}
_REASONS: dict[str, str | bool] = {code.label: code.value for code in ReasonCode}
_MEASURES: dict[str, str | bool] = {
    "금액 비율": Measure.AMOUNT_RATIO.value,
    "건수 비율": Measure.COUNT_RATIO.value,
    "관내 금액": Measure.LOCAL_AMOUNT.value,
}


def settings_of(city: City, year: int) -> tuple[Setting, ...]:
    """Everything that a year rests on, in the order in which it is gone through; keys differ from each other."""
    every = (
        *carried_dates(city, year),
        *_weights(city, year),
        *(_scheme(scheme, year) for scheme in city.schemes if _of_year(scheme, year)),
        *(_limit(limit, year) for limit in city.limits if _of_year(limit, year)),
        *_lamp(city),
    )
    seen: Counter[str] = Counter()
    found = []
    for setting in every:
        seen[setting.key] += 1
        again = seen[setting.key]  # the file may hold two entries of one kind at once
        found.append(setting if again == 1 else replace(setting, key=f"{setting.key}#{again}"))
    return tuple(found)


def _weights(city: City, year: int) -> Iterator[Setting]:
    weights = SettingGroup.WEIGHTS
    for rule in _local_rules(city, year):
        yield _local_rule(rule, year)
    outside = outside_rule_on(city.outside_rules, date(year, 12, 31))
    if outside is not None:
        left_out = tuple(code.value for code in ReasonCode if code in outside.left_out)
        parts = (
            Part("at_least", Shape.WON, outside.at_least),
            Part("left_out", Shape.CHOICES, left_out, _REASONS),
            Part("source", Shape.TEXT, outside.source),
            *(Part(f"words.{code.value}", Shape.TEXTS, words, fixed=True) for code, words in outside.words.items()),
        )
        table, since = Table.OUTSIDE_REASONS, outside.valid_from
        yield Setting(table.value, weights, table, "관외 사유와 실질 비율", parts, since, outside.source)
    calendar = city.calendar
    yield Setting(
        f"{Table.CALENDAR.value}.award",
        weights,
        Table.CALENDAR,
        "우수부서 평가 기간",
        (
            Part("award_first_month", Shape.NUMBER, calendar.award_first_month),
            Part("award_last_month", Shape.NUMBER, calendar.award_last_month),
        ),
    )
    order = Part("order", Shape.CHOICES, tuple(one.value for one in city.standings_order), _MEASURES)
    yield Setting(Table.STANDINGS.value, weights, Table.STANDINGS, "순위를 정하는 차례", (order,))
    settling = (
        Part("objection_days", Shape.NUMBER, city.results.objection_days),
        Part("prizes", Shape.TEXTS, city.results.prizes),
    )
    yield Setting(Table.RESULTS.value, weights, Table.RESULTS, "이의 기간과 상", settling)
    points = table_for(city.bonus_tables, year)
    if points is not None:
        steps = tuple((rank, write_points(hundredths)) for rank, hundredths in points.steps)
        scale = (Part("steps", Shape.STEPS, steps), Part("source", Shape.TEXT, points.source))
        since, table = date(points.from_year, 1, 1), Table.BONUS_POINTS
        yield Setting(table.value, weights, table, "성과지표 가점", scale, since, points.source)


def _local_rules(city: City, year: int) -> list[LocalRule]:
    """The one that holds on the first day of the year, and any that begins later in it."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    begun = max((r for r in city.local_rules if r.valid_from <= first), key=lambda r: r.valid_from, default=None)
    later = [r for r in city.local_rules if first < r.valid_from <= last]
    return [*([begun] if begun else []), *later]


def _local_rule(rule: LocalRule, year: int) -> Setting:
    kinds = tuple(kind.value for kind in AddressKind if kind in rule.addresses)
    parts = (
        Part("addresses", Shape.CHOICES, kinds, _ADDRESSES),
        Part("residency_months", Shape.NUMBER, rule.residency_months),
        Part("size_matters", Shape.CHOICE, rule.size_matters, _YES_NO),
        Part("unknown_size", Shape.CHOICE, rule.unknown_size.value, _COUNTS_AS),
        Part("closed", Shape.CHOICE, rule.closed.value, _COUNTS_AS),
        Part("suspended", Shape.CHOICE, rule.suspended.value, _COUNTS_AS),
        Part("source", Shape.TEXT, rule.source),
    )
    key, table = dated_key(Table.LOCAL_RULES.value, rule.valid_from, year), Table.LOCAL_RULES
    return Setting(key, SettingGroup.WEIGHTS, table, "관내의 뜻", parts, rule.valid_from, rule.source)


def _scheme(scheme: Scheme, year: int) -> Setting:
    kinds = tuple(kind.value for kind in scheme.kinds)
    parts = (
        Part("code", Shape.TEXT, scheme.code, fixed=True),
        Part("label", Shape.TEXT, scheme.label, fixed=True),
        Part("applies_to", Shape.CHOICES, kinds, _KINDS, fixed=True),
        *_held(scheme.certificates),
        *([Part("by_size", Shape.CHOICE, scheme.by_size, _YES_NO, fixed=True)] if scheme.by_size else []),
        *([Part("of_small_firms", Shape.CHOICE, scheme.base_small, _YES_NO, fixed=True)] if scheme.base_small else []),
        Part("rate", Shape.RATE, scheme.rate),
        *_read_parts(scheme),
    )
    key = dated_key(f"{Table.SCHEMES.value}.{scheme.code}.{'+'.join(kinds)}", scheme.valid_from, year)
    return _rests_on_law(key, SettingGroup.TARGETS, Table.SCHEMES, scheme.label, parts, scheme)


def _limit(limit: PurchaseLimit, year: int) -> Setting:
    kinds = tuple(kind.value for kind in limit.applies_to)
    held = tuple(kind.value for kind in limit.certificates)
    parts = (
        Part("kind", Shape.CHOICE, limit.kind.value, _LIMIT_WORDS, fixed=True),
        Part("applies_to", Shape.CHOICES, kinds, _KINDS, fixed=True),
        *_held(limit.certificates),
        Part("amount", Shape.WON, limit.amount),
        *_read_parts(limit),
    )
    key = f"{Table.LIMITS.value}.{limit.kind.value}.{'+'.join(kinds)}.{'+'.join(held)}"
    which = "·".join(kind.label for kind in limit.applies_to)
    firms = f"({'·'.join(kind.label for kind in limit.certificates)})" if held else ""
    word = next(word for word, value in _LIMIT_WORDS.items() if value == limit.kind.value)
    name = f"{which}{firms} {word}"
    key = dated_key(key, limit.valid_from, year)
    return _rests_on_law(key, SettingGroup.LIMITS, Table.LIMITS, name, parts, limit)


def _lamp(city: City) -> Iterator[Setting]:
    lamp, cap = city.lamp, city.vendor_cap
    if lamp.law:
        parts = (
            Part("quiet_below", Shape.WON, lamp.quiet_below),
            Part("share_percent", Shape.NUMBER, lamp.share_percent),
            Part("share_from", Shape.NUMBER, lamp.share_from),
            Part("law", Shape.TEXT, lamp.law),
            Part("checked_on", Shape.DAY, lamp.checked_on),
        )
        name, table = "합산과 편중을 살피는 기준", Table.LAMP
        yield Setting(table.value, SettingGroup.LIMITS, table, name, parts, None, lamp.law, lamp.checked_on)
    if cap is not None:
        bound = (Part("yearly_amount", Shape.WON, cap.yearly_amount), Part("source", Shape.TEXT, cap.source))
        table = Table.VENDOR_CAP
        yield Setting(table.value, SettingGroup.LIMITS, table, "한 업체의 한 해 한도", bound, None, cap.source)


def _held(certificates: tuple[CertificateKind, ...]) -> list[Part]:
    held = tuple(kind.value for kind in certificates)
    return [Part("certificates", Shape.CHOICES, held, _CERTIFICATES, fixed=True)] if held else []


def _read_parts(dated: PurchaseLimit | Scheme) -> tuple[Part, ...]:
    return (
        Part("law", Shape.TEXT, dated.law),
        Part("checked_on", Shape.DAY, dated.checked_on),
        Part("note", Shape.TEXT, dated.note or None),
    )


def _rests_on_law(
    key: str, group: SettingGroup, table: Table, name: str, parts: tuple[Part, ...], dated: PurchaseLimit | Scheme
) -> Setting:
    return Setting(key, group, table, name, parts, dated.valid_from, dated.law, dated.checked_on, dated.note)


def _of_year(dated: PurchaseLimit | Scheme, year: int) -> bool:
    """Whether it holds on some day of the year."""
    return dated.valid_from <= date(year, 12, 31) and (dated.until is None or dated.until >= date(year, 1, 1))
