"""A report is judged by the facts of its contract date: a firm that moved, closed, rested or lost its proof since."""

from datetime import date, timedelta

import pytest

from gwannae.programme.purchases import Purchase
from gwannae.programme.vendor_status import VendorState
from gwannae.programme.verdict import Reason, Verdict
from tests.bot.firm_over_time import HERE, NAME, THERE, answered, at, take_in
from tests.bot.reporting import only, receipts, report, stored
from tests.bot.test_localvendor import look_up
from tests.front_door import FrontDoor, text_of

LOCAL, OUTSIDE, UNCONFIRMED = Verdict.LOCAL, Verdict.OUTSIDE, Verdict.UNCONFIRMED


async def bought(door: FrontDoor, contract_day: str) -> Purchase:
    """A report of a contract of that day with the firm."""
    count = len(stored(door))
    await report(door, vendor=NAME, date=contract_day)
    found = stored(door)
    assert len(found) == count + 1
    return found[-1]


async def test_a_firm_that_moved_out_in_june_was_local_in_may_and_is_outside_in_july(door: FrontDoor) -> None:
    take_in(door, "2020-03-02", HERE, since="2020-03-02")
    take_in(door, "2027-06-10", THERE)
    at(door, "2027-08-02")
    may, july, day_of_move = [await bought(door, day) for day in ("2027-05-20", "2027-07-20", "2027-06-10")]
    assert [p.judgement.verdict for p in (may, july, day_of_move)] == [LOCAL, OUTSIDE, OUTSIDE]
    assert may.judgement.address is not None
    assert (may.judgement.address.text, may.judgement.address.until) == (HERE, date(2027, 6, 10))
    assert may.draft.firm.address == HERE
    assert july.draft.firm.address == THERE
    assert july.judgement.reasons[0] is Reason.ADDRESS_OUTSIDE


async def test_a_firm_that_moved_in_in_june_was_outside_in_may(door: FrontDoor) -> None:
    take_in(door, "2027-01-04", THERE)
    take_in(door, "2027-06-10", HERE)
    at(door, "2027-12-20")
    may, july, december = [await bought(door, day) for day in ("2027-05-20", "2027-07-20", "2027-12-10")]
    assert [p.judgement.verdict for p in (may, july, december)] == [OUTSIDE, OUTSIDE, LOCAL]
    assert july.judgement.reasons == (Reason.ADDRESS_IN_CITY, Reason.RESIDENCE_TOO_SHORT)


@pytest.mark.parametrize(
    ("state", "closed_on", "verdicts", "words"),
    [
        (VendorState.CLOSED, date(2027, 6, 10), (LOCAL, UNCONFIRMED, UNCONFIRMED), "2027. 6. 10.에 폐업한 업체여서"),
        (VendorState.CLOSED, None, (LOCAL, LOCAL, UNCONFIRMED), "폐업한 업체여서 관내인지 확인이 필요합니다"),
        (VendorState.SUSPENDED, None, (LOCAL, LOCAL, UNCONFIRMED), "휴업 중인 업체여서"),
        (VendorState.OPEN, None, (LOCAL, LOCAL, LOCAL), "솔숲구에 있습니다"),
    ],
)
async def test_a_closed_or_suspended_firm_is_not_local_and_the_receipt_says_why(
    door: FrontDoor, state: VendorState, closed_on: date | None, verdicts: tuple[Verdict, ...], words: str
) -> None:
    take_in(door, "2020-03-02", HERE, since="2020-03-02")
    answered(door, "2027-06-21", state, closed_on)
    at(door, "2027-07-02")
    reported = [await bought(door, day) for day in ("2027-06-10", "2027-06-11", "2027-06-21")]
    assert tuple(p.judgement.verdict for p in reported) == verdicts
    assert words in text_of(receipts(door)[-1])
    last = reported[-1].judgement.state
    assert last is not None
    assert (last.state, last.closed_on, last.checked_on) == (state, closed_on, date(2027, 6, 21))


async def test_a_firm_that_closes_leaves_the_local_side_of_a_look_up(door: FrontDoor) -> None:
    take_in(door, "2026-12-01", HERE)
    at(door, "2027-07-02")
    assert NAME in text_of(await look_up(door, NAME))
    answered(door, "2027-07-02", VendorState.CLOSED, date(2027, 6, 10))
    at(door, "2027-07-03")
    said = text_of(await look_up(door, NAME))
    assert "관내 업체 0곳" in said
    assert "미확인 1곳 보기" in said


async def test_the_size_is_what_was_known_on_the_contract_date(door: FrontDoor) -> None:
    take_in(door, "2026-03-02", HERE, since="2020-03-02")
    take_in(door, "2027-06-10", HERE, size="중견기업")
    at(door, "2027-08-02")
    may, july = await bought(door, "2027-05-20"), await bought(door, "2027-07-20")
    assert (may.judgement.verdict, july.judgement.verdict) == (LOCAL, OUTSIDE)
    assert may.judgement.reasons[-1] is Reason.SIZE_PROVEN
    assert july.judgement.reasons[-1] is Reason.SIZE_LARGE


async def test_a_verdict_that_was_made_stays_when_the_firm_closes(door: FrontDoor) -> None:
    take_in(door, "2020-03-02", HERE, since="2020-03-02")
    at(door, "2027-06-15")
    await bought(door, "2027-06-14")
    answered(door, "2027-07-21", VendorState.CLOSED, date(2027, 6, 1))
    door.clock.now += timedelta(days=1)
    assert only(door).judgement.verdict is LOCAL
