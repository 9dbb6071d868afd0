"""판정 of firms that closed or were suspended, and what was known of a firm's size by then, as dated examples."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from gwannae.programme.facts import Fact
from gwannae.programme.vendor_status import NumberStatus, StateFact, VendorCheck, VendorState, VendorStatus
from gwannae.programme.vendors import AddressKind, SizeFact, size_on
from gwannae.programme.verdict import LocalRule, NotOpen, Reason, UnknownSize, Verdict, judge
from tests.builders import an_address

RULE = LocalRule(
    "1", date(2024, 1, 1), frozenset({AddressKind.HEAD_OFFICE}), 0, True, UnknownSize.UNCONFIRMED, "조례 제2조"
)
STRICT = replace(RULE, closed=NotOpen.OUTSIDE, suspended=NotOpen.OUTSIDE)
SMALL = SizeFact(Fact.YES)
OPEN, CLOSED, SUSPENDED = VendorState.OPEN, VendorState.CLOSED, VendorState.SUSPENDED
HOME, AWAY = an_address(), an_address(in_city=Fact.NO)


def fact(state: VendorState, checked_on: str, closed_on: str | None = None) -> StateFact:
    """What the tax office answered on a day."""
    last = date.fromisoformat(closed_on) if closed_on else None
    return StateFact(state, last, date.fromisoformat(checked_on), "국세청")


MAY, JUNE, JULY = fact(OPEN, "2027-05-03"), fact(CLOSED, "2027-06-21", "2027-06-10"), fact(OPEN, "2027-07-05")


@pytest.mark.parametrize(
    ("facts", "day", "reason"),
    [
        ((), "2027-06-14", None),
        ((MAY,), "2027-06-14", None),
        # the last day of business counts as open
        ((JUNE,), "2027-06-09", None),
        ((JUNE,), "2027-06-10", None),
        ((JUNE,), "2027-06-11", "closed"),
        ((JUNE,), "2027-06-21", "closed"),
        ((MAY, JUNE), "2027-06-11", "closed"),
        ((JUNE, MAY), "2027-05-20", None),
        # open again, as asked later: what is newest holds from the day of asking
        ((MAY, JUNE, JULY), "2027-07-05", None),
        ((MAY, JUNE, JULY), "2027-06-22", "closed"),
        # the day of closing is not told: closed from the day of asking
        ((fact(CLOSED, "2027-06-21"),), "2027-06-20", None),
        ((fact(CLOSED, "2027-06-21"),), "2027-06-21", "closed"),
        ((MAY, fact(CLOSED, "2027-06-21")), "2027-06-20", None),
        # a closing that is announced
        ((fact(CLOSED, "2027-06-01", "2027-06-30"),), "2027-06-14", None),
        ((fact(CLOSED, "2027-06-01", "2027-06-30"),), "2027-07-01", "closed"),
        # suspended: since when is never told
        ((fact(SUSPENDED, "2027-06-14"),), "2027-06-13", None),
        ((fact(SUSPENDED, "2027-06-14"),), "2027-06-14", "suspended"),
        ((fact(SUSPENDED, "2027-06-14"), JULY), "2027-06-20", "suspended"),
        ((fact(SUSPENDED, "2027-06-14"), JULY), "2027-07-06", None),
        ((fact(VendorState.UNREGISTERED, "2027-05-03"),), "2027-06-14", None),
    ],
)
def test_a_firm_that_was_not_open_on_the_day_is_not_local(
    facts: tuple[StateFact, ...], day: str, reason: str | None
) -> None:
    on = date.fromisoformat(day)
    judged, strict = judge([HOME], SMALL, on, RULE, facts), judge([HOME], SMALL, on, STRICT, facts)
    if reason is None:
        assert judged.verdict is strict.verdict is Verdict.LOCAL
        assert judged.reasons == (Reason.ADDRESS_IN_CITY, Reason.SIZE_PROVEN)
    else:
        assert (judged.verdict, strict.verdict) == (Verdict.UNCONFIRMED, Verdict.OUTSIDE)
        assert judged.reasons == strict.reasons
        assert judged.reasons == (Reason(reason), Reason.ADDRESS_IN_CITY, Reason.SIZE_PROVEN)


def test_the_answer_that_was_used_is_kept_with_the_verdict() -> None:
    assert judge([HOME], SMALL, date(2027, 6, 11), RULE, (MAY, JUNE)).state == JUNE
    assert judge([HOME], SMALL, date(2027, 6, 9), RULE, (MAY, JUNE)).state == MAY
    assert judge([HOME], SMALL, date(2027, 4, 1), RULE, (MAY,)).state == MAY
    assert judge([HOME], SMALL, date(2027, 6, 9), RULE).state is None


def test_a_firm_outside_stays_outside_whatever_its_state() -> None:
    judged = judge([AWAY], SMALL, date(2027, 6, 14), RULE, (JUNE,))
    assert (judged.verdict, judged.reasons, judged.state) == (Verdict.OUTSIDE, (Reason.ADDRESS_OUTSIDE,), JUNE)
    large = judge([HOME], SizeFact(Fact.NO), date(2027, 6, 14), RULE, (JUNE,))
    assert (large.verdict, large.reasons[-1]) == (Verdict.OUTSIDE, Reason.SIZE_LARGE)


def test_the_day_of_asking_is_the_citys_day() -> None:
    late = datetime(2027, 6, 20, 16, 0, tzinfo=UTC)  # 21 June, one in the morning, nine hours to the east
    east = timezone(timedelta(hours=9))
    assert VendorStatus(SUSPENDED, checked_at=late, source="국세청").fact(east) == fact(SUSPENDED, "2027-06-21")
    check = VendorCheck(1, NumberStatus("1234567891", SUSPENDED), late, "국세청", "", "cli")
    assert check.fact(east) == fact(SUSPENDED, "2027-06-21")
    assert VendorStatus().fact(east) is None


PROVEN, LOST = SizeFact(Fact.YES, "확인서", date(2027, 3, 2)), SizeFact(Fact.NO, "중견기업", date(2027, 7, 1))
OLD_PROOF = SizeFact(Fact.YES, "확인서", date(2026, 3, 2))


@pytest.mark.parametrize(
    ("now", "earlier", "day", "used"),
    [
        # what was said last, each earlier one with the day on which it was replaced
        (LOST, ((PROVEN, "2027-07-05"),), "2027-06-14", PROVEN),
        (LOST, ((PROVEN, "2027-07-05"),), "2027-07-01", LOST),
        (LOST, ((PROVEN, "2027-07-05"),), "2027-03-01", LOST),  # nothing older: what is known now, with its day
        (LOST, ((SizeFact(), "2027-07-05"),), "2027-06-14", LOST),
        (LOST, ((OLD_PROOF, "2027-04-01"), (PROVEN, "2027-07-05")), "2027-06-14", PROVEN),
        (LOST, ((OLD_PROOF, "2027-04-01"), (PROVEN, "2027-07-05")), "2026-12-01", OLD_PROOF),
        (PROVEN, ((SizeFact(), "2027-07-05"),), "2027-06-14", PROVEN),  # heard of later, proven before
        # files that name no day: what stood in the registry then
        (SizeFact(Fact.NO), ((SizeFact(Fact.YES), "2027-07-05"),), "2027-07-04", SizeFact(Fact.YES)),
        (SizeFact(Fact.NO), ((SizeFact(Fact.YES), "2027-07-05"),), "2027-07-05", SizeFact(Fact.NO)),
        (SizeFact(Fact.YES), ((SizeFact(), "2027-07-05"),), "2027-06-14", SizeFact(Fact.YES)),
        (SizeFact(), (), "2027-06-14", SizeFact()),
    ],
)
def test_the_size_is_what_was_known_by_the_contracts_day(
    now: SizeFact, earlier: tuple[tuple[SizeFact, str], ...], day: str, used: SizeFact
) -> None:
    known = [(fact, date.fromisoformat(until)) for fact, until in earlier]
    assert size_on(now, known, date.fromisoformat(day)) == used
