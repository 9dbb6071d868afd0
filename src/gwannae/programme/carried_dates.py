"""What a new year takes over from the one before: its dates, cycles and send windows, setting by setting."""

from collections.abc import Iterator
from datetime import date

from gwannae.programme.city import City, HolidayRule
from gwannae.programme.periods import Cycle, CycleRule, cycle_on
from gwannae.programme.setting_values import Part, Shape
from gwannae.programme.year_rules import MonthDay, YearRules, year_rules_of
from gwannae.programme.year_settings import Setting, SettingGroup, Table, dated_key

_CYCLES: dict[str, str | bool] = {"매달": Cycle.MONTH.value, "분기마다": Cycle.QUARTER.value}
_HOLIDAY_RULES: dict[str, str | bool] = {
    "다음 근무일": HolidayRule.NEXT.value,
    "앞 근무일": HolidayRule.PREVIOUS.value,
    "그대로": HolidayRule.AS_IS.value,
}
_WEEKDAYS: dict[str, str | bool] = {"월": "mon", "화": "tue", "수": "wed", "목": "thu", "금": "fri"}


def carried_dates(city: City, year: int) -> Iterator[Setting]:
    """When a year asks for what, and when something may be sent."""
    rules = year_rules_of(city.year_rules, year)
    for section, name, parts in _sections(rules):
        key = f"{Table.YEAR_RULES.value}.{section}"
        since = rules.valid_from
        yield Setting(key, SettingGroup.DATES, Table.YEAR_RULES, name, tuple(parts), since, rules.source)
    begun, first = cycle_on(city.cycles, date(year, 1, 1)), date(year, 1, 1)
    yield _cycle(begun, year)
    for later in city.cycles:
        if first < later.valid_from <= date(year, 12, 31):
            yield _cycle(later, year)
    calendar = city.calendar
    yield Setting(
        Table.CALENDAR.value,
        SettingGroup.DATES,
        Table.CALENDAR,
        "기한과 공휴일",
        (
            Part("due_day", Shape.NUMBER, calendar.due_day),
            Part("due_on_holiday", Shape.CHOICE, calendar.due_on_holiday.value, _HOLIDAY_RULES),
            Part("late_report_days", Shape.NUMBER, calendar.late_report_days),
            Part("holidays_confirmed_until", Shape.DAY, calendar.holidays_confirmed_until),
        ),
        note="" if calendar.holidays_confirmed_until >= date(year, 12, 31) else f"{year}년 공휴일 확인 전",
    )


def _sections(rules: YearRules) -> list[tuple[str, str, list[Part]]]:
    """The parts of `[[year_rules]]`, each with the parts that are settled together."""
    text, texts, number, numbers = Shape.TEXT, Shape.TEXTS, Shape.NUMBER, Shape.NUMBERS
    send = rules.send
    windows = tuple(f"{a:%H:%M}-{b:%H:%M}" for a, b in send.windows)
    december = ("preliminary_standings", "objections_until", "final_standings", "announcement")
    return [
        ("guidance", "연초 안내", [Part("guidance_working_day", number, rules.guidance_working_day)]),
        ("reminders", "월별 독려", [
            Part("reminders.first_month", number, rules.reminder_first_month),
            Part("reminders.last_month", number, rules.reminder_last_month),
            Part("reminders.days_before", number, rules.reminder_days_before),
            Part("reminders.overdue_days_after", number, rules.overdue_days_after),
        ]),
        ("confirmation", "실적 확정", [
            Part("confirmation.working_day", number, rules.confirmation_working_day),
            Part("confirmation.days_before", number, rules.confirmation_days_before),
            Part("confirmation.half_year_day", number, rules.half_year_confirmation),
        ]),
        ("council", "실무협의회", [
            Part("council.days", texts, tuple(map(_month_day, rules.council))),
            Part("council.days_before", number, rules.council_days_before),
        ]),
        ("closing", "마감", [
            Part("closing.day", text, _month_day(rules.closing)),
            Part("closing.countdown", numbers, rules.closing_countdown),
        ]),
        ("december", "12월 결산", [
            Part(f"december.{name}", text, _month_day(getattr(rules, name))) for name in december
        ]),
        ("bonus_points", "가점 통보", [Part("bonus_points", text, _month_day(rules.bonus_points))]),
        ("hand_over", "인수인계 안내", [
            Part("hand_over.months", numbers, rules.hand_over_months),
            Part("hand_over.working_day", number, rules.hand_over_working_day),
        ]),
        ("digest", "총괄 부서의 주간 요약", [
            Part("digest", Shape.CHOICE, list(_WEEKDAYS.values())[rules.digest_weekday - 1], _WEEKDAYS),
        ]),
        ("send", "보내는 시간", [
            Part("send.windows", texts, windows),
            Part("send.eve_until", text, f"{send.eve_until:%H:%M}"),
            Part("send.long_holiday_days", number, send.long_holiday_days),
        ]),
        ("source", "일정의 근거", [Part("source", text, rules.source)]),
    ]  # fmt: skip


def _cycle(cycle: CycleRule, year: int) -> Setting:
    parts = (
        Part("report", Shape.CHOICE, cycle.report.value, _CYCLES),
        Part("confirm", Shape.CHOICE, cycle.confirm.value, _CYCLES),
        Part("closes_after_days", Shape.NUMBER, cycle.closes_after_days),
    )
    key, group = dated_key(Table.CYCLES.value, cycle.valid_from, year), SettingGroup.DATES
    return Setting(key, group, Table.CYCLES, "보고와 확정의 주기", parts, cycle.valid_from)


def _month_day(day: MonthDay) -> str:
    return f"{day.month:02}-{day.day:02}"
