"""What an organisation owes, by dated examples: which report, which word of a lead, which open question."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from gwannae.programme.confirmations import Confirmation, PeriodState
from gwannae.programme.owed import OpenFile, Owed, OwedFacts, months_over, owed, report_periods
from gwannae.programme.periods import Cycle, CycleRule, Period, read_key
from tests.builders import an_organisation

QUARTERLY = (CycleRule(date(2027, 1, 1), Cycle.QUARTER, 20),)  # report monthly, confirm quarterly
MONTHLY = (CycleRule(date(2027, 1, 1), Cycle.MONTH, 10),)
BY_QUARTER = (CycleRule(date(2027, 1, 1), Cycle.QUARTER, 20, Cycle.QUARTER),)  # both quarterly
OURS = an_organisation()
AT = datetime(2027, 7, 1, 10, 0, tzinfo=ZoneInfo("Asia/Seoul"))


def period(key: str) -> Period:
    found = read_key(key)
    assert found is not None
    return found


def state(key: str, *, confirmed: bool = False, changed: bool = False) -> PeriodState:
    latest = Confirmation(1, "a" * 64, 0, 0, 0, AT, "T", "U") if confirmed or changed else None
    return PeriodState(OURS, period(key), 0, 0, 0, "b" * 64 if changed else "a" * 64, latest)


def owing(facts: OwedFacts, month: str, day: str, cycles: tuple[CycleRule, ...] = QUARTERLY) -> Owed:
    return owed(cycles, facts, [period(month)], date.fromisoformat(day[:10]))


@pytest.mark.parametrize(
    ("cycles", "month", "day", "reported", "nothing", "unreported"),
    [
        # the month before, on a day of the month after
        (QUARTERLY, "2027-05", "2027-06-10 목", [], [], ["2027-05"]),
        (QUARTERLY, "2027-05", "2027-06-10 목", ["2027-05"], [], []),
        (QUARTERLY, "2027-05", "2027-06-10 목", ["2027-04", "2027-06"], [], ["2027-05"]),
        (QUARTERLY, "2027-05", "2027-06-10 목", [], ["2027-05"], []),
        (QUARTERLY, "2027-05", "2027-06-10 목", [], ["2027-04"], ["2027-05"]),
        # not before it is over
        (QUARTERLY, "2027-05", "2027-05-31 월", [], [], []),
        (QUARTERLY, "2027-05", "2027-06-01 화", [], [], ["2027-05"]),
        # over the turn of the year
        (QUARTERLY, "2027-12", "2028-01-03 월", [], [], ["2027-12"]),
        # February of a leap year ends on the 29th
        (QUARTERLY, "2028-02", "2028-02-29 화", [], [], []),
        (QUARTERLY, "2028-02", "2028-03-01 수", [], [], ["2028-02"]),
        # where the city's cycle is the quarter, only its last month asks, and asks for all three
        (BY_QUARTER, "2027-05", "2027-06-10 목", [], [], []),
        (BY_QUARTER, "2027-06", "2027-07-09 금", [], [], ["2027-Q2"]),
        (BY_QUARTER, "2027-06", "2027-07-09 금", ["2027-04"], [], []),
        (BY_QUARTER, "2027-06", "2027-07-09 금", [], ["2027-Q2"], []),
        (BY_QUARTER, "2027-06", "2027-07-09 금", [], ["2027-04", "2027-05"], ["2027-Q2"]),
        (BY_QUARTER, "2027-06", "2027-07-09 금", [], ["2027-04", "2027-05", "2027-06"], []),
    ],
)
def test_a_report_is_owed_where_nothing_was_bought_and_nobody_said_so(
    cycles: tuple[CycleRule, ...], month: str, day: str, reported: list[str], nothing: list[str], unreported: list[str]
) -> None:
    facts = OwedFacts(OURS, frozenset(reported), frozenset(nothing))
    assert [p.key for p in owing(facts, month, day, cycles).unreported] == unreported


@pytest.mark.parametrize(
    ("cycles", "periods", "reported", "month", "to_confirm", "unreported"),
    [
        (QUARTERLY, [state("2027-Q1")], ["2027-05"], "2027-05", ["2027-Q1"], []),
        (QUARTERLY, [state("2027-Q1", confirmed=True)], ["2027-05"], "2027-05", [], []),
        (QUARTERLY, [state("2027-Q1", changed=True)], ["2027-05"], "2027-05", ["2027-Q1"], []),
        # first the report, then the word for the period that it belongs to; other periods do not wait
        (QUARTERLY, [state("2027-Q1"), state("2027-Q2")], [], "2027-06", ["2027-Q1"], ["2027-06"]),
        (QUARTERLY, [state("2027-Q1"), state("2027-Q2")], ["2027-06"], "2027-06", ["2027-Q1", "2027-Q2"], []),
        (MONTHLY, [state("2027-06")], [], "2027-06", [], ["2027-06"]),
        # a confirmed period answers for its months, whatever is in it
        (MONTHLY, [state("2027-06", confirmed=True)], [], "2027-06", [], []),
        (QUARTERLY, [state("2027-Q2", confirmed=True)], [], "2027-06", [], []),
        (QUARTERLY, [state("2027-Q1", confirmed=True)], [], "2027-06", [], ["2027-06"]),
    ],
)
def test_a_period_is_to_be_confirmed_once_its_reports_are_there(
    cycles: tuple[CycleRule, ...],
    periods: list[PeriodState],
    reported: list[str],
    month: str,
    to_confirm: list[str],
    unreported: list[str],
) -> None:
    found = owing(OwedFacts(OURS, frozenset(reported), periods=tuple(periods)), month, "2027-07-05 월", cycles)
    assert [s.period.key for s in found.to_confirm] == to_confirm
    assert [p.key for p in found.unreported] == unreported


@pytest.mark.parametrize(
    ("facts", "anything"),
    [
        (OwedFacts(OURS, frozenset({"2027-05"})), False),
        (OwedFacts(OURS, frozenset({"2027-05"}), unconfirmed=1), True),
        (OwedFacts(OURS, frozenset({"2027-05"}), unanswered=1), True),
        (OwedFacts(OURS, frozenset({"2027-05"}), files=(OpenFile(1, "계약.xlsx", 2),)), True),
        (OwedFacts(OURS, frozenset({"2027-05"}), files=(OpenFile(1, "계약.xlsx", 0),)), True),
        (OwedFacts(OURS), True),
    ],
)
def test_whatever_is_open_is_owed_and_nothing_else(facts: OwedFacts, anything: bool) -> None:
    assert owing(facts, "2027-05", "2027-06-10 목").anything is anything


def test_the_questions_of_all_files_are_counted() -> None:
    assert Owed(OURS, files=(OpenFile(1, "a", 2), OpenFile(2, "b", 0), OpenFile(3, "c", 3))).questions == 5


@pytest.mark.parametrize(
    ("first", "today", "months"),
    [
        ("2027-01-01", "2027-03-31", ["2027-01", "2027-02"]),
        ("2027-01-01", "2027-04-01", ["2027-01", "2027-02", "2027-03"]),
        ("2027-01-01", "2027-01-31", []),
        ("2026-12-15", "2027-01-01", ["2026-12"]),
    ],
)
def test_the_months_that_are_over(first: str, today: str, months: list[str]) -> None:
    assert [m.key for m in months_over(date.fromisoformat(first), date.fromisoformat(today))] == months


def test_several_months_ask_for_each_period_once() -> None:
    months = months_over(date(2027, 1, 1), date(2027, 7, 10))
    assert [p.key for p in report_periods(BY_QUARTER, months, date(2027, 7, 10))] == ["2027-Q1", "2027-Q2"]
    assert len(report_periods(QUARTERLY, months, date(2027, 7, 10))) == 6
