"""마감: the countdown to whoever owes something, the closing, and what can still be done after it.

In the made-up city February to October count, and the year closes on 2027-11-26 (Friday, for the 28th is a Sunday);
calls go out seven working days before it and one.
"""

import json
from datetime import datetime

import pytest

from gwannae.actions.year_closing import look_closing, look_countdown, plan_closing, plan_countdown
from gwannae.messages import ids, year_closing
from gwannae.programme.ledger import PlannedPost, PostKey, PostKind, Skip, SkipReason
from gwannae.storage import organisations
from tests.bot import knocks
from tests.bot.reports import a_report, kept, stored
from tests.front_door import STAFF, FrontDoor


def at(door: FrontDoor, month: int, day: int, hour: int = 10) -> datetime:
    door.clock.now = datetime(2027, month, day, hour, tzinfo=door.clock.now.tzinfo)
    return door.clock.now


def roads(planned: "list[PlannedPost]") -> list[PlannedPost]:
    return [one for one in planned if one.key.organisation == "roads"]


@pytest.mark.parametrize(
    ("occurrence", "opens", "useful_until"),
    [(7, "2027-11-17T10:00:00+09:00", "2027-11-25T00:00:00+09:00"), (1, "2027-11-25T10:00:00+09:00", None)],
)
async def test_the_calls_stand_in_the_plan_days_before(
    door: FrontDoor, occurrence: int, opens: str, useful_until: str | None
) -> None:
    planned = roads(list(plan_countdown(door.toolkit, at(door, 11, 12))))
    found = next(one for one in planned if one.key.occurrence == occurrence)
    assert found.key.spelled == f"closing_countdown/2027/roads/channel/{occurrence}"
    assert found.due.isoformat() == opens
    assert useful_until in (None, found.useful_until.isoformat())


async def test_a_call_says_what_is_owed_and_how_long_is_left(door: FrontDoor) -> None:
    now = at(door, 11, 17)
    found = look_countdown(door.toolkit, PostKey(PostKind.CLOSING_COUNTDOWN, "2027", "roads", "channel", 7), now)
    assert not isinstance(found, Skip)
    said = json.dumps(year_closing.call(found), ensure_ascii=False)
    assert "2027년 실적 마감 7일 전* · 2027. 11. 26.(금)까지" in said
    assert "구매 보고가 아직 없습니다" in said
    assert ids.OWED_NOTHING in said


async def test_who_has_left_takes_no_call_and_no_word(door: FrontDoor) -> None:
    now = at(door, 11, 29)
    with door.toolkit.database.write() as tx:
        organisations.set_active(tx, door.organisation("roads").id, active=False)
    assert roads(list(plan_closing(door.toolkit, now))) == []
    gone = Skip(SkipReason.ORGANISATION_GONE)
    assert look_closing(door.toolkit, PostKey(PostKind.CLOSING, "2027", "roads", "channel"), now) == gone
    assert look_countdown(door.toolkit, PostKey(PostKind.CLOSING_COUNTDOWN, "2027", "roads", "channel"), now) == gone


async def test_after_the_closing_what_counts_is_not_changed_but_what_is_missing_may_come(door: FrontDoor) -> None:
    at(door, 10, 29)
    before = await stored(door, **{ids.REPORT_DATE: {"selected_date": "2027-10-28"}})
    at(door, 11, 26, 23)  # the last day is its own
    await knocks.send(door, a_report(door, key="c1", changing=(before.id, 1), **{
        ids.REPORT_DATE: {"selected_date": "2027-10-28"}, ids.REPORT_TITLE: "고친 이름",
    }))  # fmt: skip
    assert kept(door)[0].draft.title == "고친 이름"
    at(door, 11, 29)
    reply = await knocks.send(door, a_report(door, key="c2", changing=(before.id, 2), **{
        ids.REPORT_DATE: {"selected_date": "2027-10-28"}, ids.REPORT_TITLE: "또 고친 이름",
    }))  # fmt: skip
    assert "마감되었습니다" in json.dumps(reply.json(), ensure_ascii=False)
    assert "2027. 11. 26.(금)까지 고칠 수 있었습니다" in json.dumps(reply.json(), ensure_ascii=False)
    late = await stored(door, key="c3", **{ids.REPORT_DATE: {"selected_date": "2027-10-27"}})
    assert late.id != before.id
    assert len(kept(door, STAFF)) == 2


async def test_the_word_that_it_is_closed_says_what_can_still_be_done(door: FrontDoor) -> None:
    now = at(door, 11, 29)
    (planned,) = roads(list(plan_closing(door.toolkit, now)))
    assert planned.key.spelled == "closing/2027/roads/channel/1"
    assert planned.due.isoformat() == "2027-11-29T10:00:00+09:00"
    found = look_closing(door.toolkit, planned.key, now)
    assert not isinstance(found, Skip)
    said = json.dumps(year_closing.closed(found), ensure_ascii=False)
    assert "2027년 실적을 마감했습니다* · 2027. 11. 26.(금)" in said
    assert "빠뜨린 구매는 지금도 보고하실 수 있고" in said
