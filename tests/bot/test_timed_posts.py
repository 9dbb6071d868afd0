"""What goes out by the clock: reminders, overdue notices, guidance, hand-overs and the office's digest, each once."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import text as sql

from gwannae.messages import ids
from gwannae.programme.guidance import GuidanceState
from gwannae.programme.ledger import PostKey, PostKind
from gwannae.programme.organisations import COMMAND_LINE, Role
from gwannae.programme.verdict import Verdict
from gwannae.storage import affiliations, guidance, purchases
from tests.bot import knocks
from tests.bot.clockwork import Clockwork
from tests.builders import a_draft, a_judgement
from tests.front_door import LEAD, NEWCOMER, OFFICE, OTHER, ROADS, STAFF, TEAM, FrontDoor, text_of

REMINDER = PostKey(PostKind.REMINDER, "2027-05", "roads", "channel")
OVERDUE = PostKey(PostKind.OVERDUE, "2027-05", "roads", "channel")


def give(door: FrontDoor, user: str, role: Role, since: date, code: str = "roads", until: date | None = None) -> None:
    organisation = door.organisation(code).id
    with door.toolkit.database.write() as tx:
        if until is not None:
            affiliations.add_dated(tx, TEAM, user, organisation, role, since=since, until=until, by=COMMAND_LINE)
        else:
            affiliations.add_affiliation(
                tx, TEAM, user, organisation, role, self_declared=False, since=since, by=COMMAND_LINE
            )


def bought(door: FrontDoor, day: date, **more: Any) -> None:
    draft = a_draft(organisation_id=door.organisation("roads").id, contract_date=day, **more)
    with door.toolkit.database.write() as tx:
        purchases.add(
            tx, draft, a_judgement(verdict=Verdict.LOCAL), actor=COMMAND_LINE, self_declared=False, at=door.clock()
        )


async def press(door: FrontDoor, user: str, action: str, value: str) -> None:
    await knocks.send(door, knocks.pressed(door, user, action, value))
    await door.driver.settle()
    assert await door.desk.later.drain(5) == 0


async def test_the_months_reminder_goes_out_once_to_the_channel_and_once_to_the_lead(door: FrontDoor) -> None:
    clock = Clockwork(door, [PostKind.REMINDER])
    await clock.at("2027-06-16T09:59")
    assert clock.channel(ROADS) == []
    for moment in ("2027-06-16T10:00", "2027-06-16T10:01", "2027-06-17T10:00"):
        await clock.at(moment)
        assert [m.text.partition(" ·")[0] for m in clock.channel(ROADS)] == ["5월분 구매 보고가 아직 없습니다"]
        assert len(door.direct_messages(LEAD)) == 1
    assert clock.state_of(PostKey(PostKind.REMINDER, "2027-05", "arts", "channel")) == "skipped:no_slack"
    assert clock.state_of(PostKey(PostKind.REMINDER, "2027-05", "arts", "lead")) == "skipped:nobody"
    assert clock.sum_holds()


async def test_where_nothing_is_owed_nobody_hears_anything(door: FrontDoor) -> None:
    bought(door, date(2027, 5, 3))
    for month in range(1, 5):
        await press(door, LEAD, ids.OWED_NOTHING, f"{door.organisation('roads').id}:2027-{month:02}:")
    told = len(door.direct_messages(LEAD))
    clock = Clockwork(door, [PostKind.REMINDER, PostKind.OVERDUE])
    await clock.at("2027-06-16T10:00")
    await clock.at("2027-06-22T10:00")
    assert clock.channel(ROADS) == []
    assert len(door.direct_messages(LEAD)) == told
    assert clock.state_of(REMINDER) == clock.state_of(OVERDUE) == "skipped:nothing_owed"


async def test_after_the_due_day_the_post_is_edited_and_the_lead_hears_of_it(door: FrontDoor) -> None:
    clock = Clockwork(door, [PostKind.REMINDER, PostKind.OVERDUE])
    await clock.at("2027-06-16T10:00")
    (before,) = clock.channel(ROADS)
    await clock.at("2027-06-22T10:00")
    (after,) = clock.channel(ROADS)
    assert after.ts == before.ts
    assert "이 지났습니다" not in text_of(before)
    assert "기한 2027. 6. 18.(금)이 지났습니다" in text_of(after)
    assert ["이 지났습니다" in m.text for m in door.direct_messages(LEAD)] == [False, True]
    await clock.at("2027-06-23T10:00")
    assert len(clock.channel(ROADS)) == 1
    assert len(door.direct_messages(LEAD)) == 2
    assert clock.sum_holds()


async def test_a_reminder_that_was_put_off_comes_again_on_its_day_and_no_notice_between(door: FrontDoor) -> None:
    clock = Clockwork(door, [PostKind.REMINDER, PostKind.OVERDUE])
    await clock.at("2027-06-17T10:00")
    (post,) = clock.channel(ROADS)
    await door.driver.press(STAFF, post, ids.OWED_SNOOZE)
    await door.driver.settle()
    assert await door.desk.later.drain(5) == 0
    await clock.at("2027-06-21T10:00")
    assert len(clock.channel(ROADS)) == 1
    await clock.at("2027-06-22T10:00")  # three working days after Thursday
    assert len(clock.channel(ROADS)) == 2
    assert "이 지났습니다" in clock.channel(ROADS)[-1].text
    await clock.at("2027-06-22T10:30")
    assert len(clock.channel(ROADS)) == 2


async def test_while_the_lead_is_away_the_stand_in_is_told(door: FrontDoor) -> None:
    give(door, OTHER, Role.STAND_IN, date(2027, 6, 14), until=date(2027, 6, 19))
    clock = Clockwork(door, [PostKind.REMINDER])
    await clock.at("2027-06-16T10:00")
    assert len(door.direct_messages(OTHER)) == 1
    assert door.direct_messages(LEAD) == []


async def test_the_lead_is_called_to_confirm_once_the_months_report_is_there(door: FrontDoor) -> None:
    bought(door, date(2027, 5, 10), amount=3_000_000)
    clock = Clockwork(door, [PostKind.CONFIRMATION])
    await clock.at("2027-06-10T10:00")
    (call,) = door.direct_messages(LEAD)
    assert "길가꿈과 · 5월분 실적을 확정해 주세요" in call.text
    block = next(b["block_id"] for b in call.blocks if b["block_id"].startswith("home-confirm-row-"))
    await door.driver.press(LEAD, call, ids.CONFIRM_PERIOD, block)
    await door.driver.settle()
    assert await door.desk.later.drain(5) == 0
    assert "2027년 5월분: 1건을 확정했습니다." in door.direct_messages(LEAD)[-1].text


async def test_a_call_to_confirm_waits_for_the_report_that_comes_first(door: FrontDoor) -> None:
    """The last report is missing as the call's moment comes, and there the next day."""
    clock = Clockwork(door, [PostKind.CONFIRMATION])
    call = PostKey(PostKind.CONFIRMATION, "2027-05", "roads", "lead")
    await clock.at("2027-06-10T10:00")
    assert clock.state_of(call) == "planned"
    assert door.direct_messages(LEAD) == []
    bought(door, date(2027, 5, 10), amount=3_000_000)
    await clock.at("2027-06-11T10:00")
    assert ["5월분 실적을 확정해 주세요" in m.text for m in door.direct_messages(LEAD)] == [True]
    await clock.at("2027-06-14T10:00")
    assert len(door.direct_messages(LEAD)) == 1
    assert clock.sum_holds()


async def test_a_call_whose_report_never_comes_ends_as_nothing_owed_and_is_not_told_as_missed(door: FrontDoor) -> None:
    clock = Clockwork(door, [PostKind.CONFIRMATION, PostKind.TROUBLE_DIGEST])
    for day in ("2027-06-10", "2027-06-16", "2027-06-25", "2027-06-28", "2027-06-29", "2027-06-30", "2027-07-01"):
        for hour in ("10:00", "10:30", "14:00", "15:59"):
            await clock.at(f"{day}T{hour}")
    assert clock.state_of(PostKey(PostKind.CONFIRMATION, "2027-05", "roads", "lead")) == "skipped:nothing_owed"
    assert not [m for m in door.direct_messages(OFFICE) if "때를 놓쳐" in m.text]


async def test_a_lead_reads_no_line_twice_in_a_month(door: FrontDoor) -> None:
    """Two confirmations and one report are open: the notice after the due day is of the report alone."""
    bought(door, date(2027, 3, 10))
    clock = Clockwork(door, [PostKind.REMINDER, PostKind.OVERDUE])
    await clock.at("2027-06-16T10:00")
    await clock.at("2027-06-22T10:00")
    reminded, late = [m.text for m in door.direct_messages(LEAD)]
    assert "3월분, 4월분 실적은 책임자의 확정이 필요합니다" in reminded
    assert late == "5월분 구매 보고가 아직 없습니다 · 기한 2027. 6. 18.(금)이 지났습니다"
    (post,) = clock.channel(ROADS)
    assert "3월분, 4월분 실적은 책임자의 확정이 필요합니다" in post.text  # its one post, edited
    assert clock.sum_holds()


async def test_a_message_that_a_notice_has_edited_is_taken_away_for_both(door: FrontDoor) -> None:
    clock = Clockwork(door, [PostKind.REMINDER, PostKind.OVERDUE])
    await clock.at("2027-06-16T10:00")
    await clock.at("2027-06-22T10:00")
    await press(door, OFFICE, ids.POSTING_WITHDRAW, "overdue:2027-05")
    await clock.at("2027-06-22T10:01")
    assert clock.channel(ROADS) == []
    await door.driver.command(OFFICE, ROADS, "/gwannae", "발송")
    page = text_of(door.form(OFFICE))
    assert "*기한 지남*" not in page
    # the lead's own reminder stands; the channel's was the message that is gone
    assert "*월별 독려* 2027년 5월분 · 1곳에 있음 · 마지막 2027. 6. 16.(수) 10:00" in page


async def test_where_the_report_is_there_no_notice_follows_the_reminder_to_the_lead(door: FrontDoor) -> None:
    bought(door, date(2027, 3, 10))
    bought(door, date(2027, 5, 10))
    clock = Clockwork(door, [PostKind.REMINDER, PostKind.OVERDUE])
    await clock.at("2027-06-16T10:00")
    await clock.at("2027-06-22T10:00")
    assert len(door.direct_messages(LEAD)) == 1
    assert clock.state_of(PostKey(PostKind.OVERDUE, "2027-05", "roads", "lead")) == "skipped:nothing_owed"
    assert len(clock.channel(ROADS)) == 1


async def test_the_guidance_waits_for_the_office_and_goes_out_once(door: FrontDoor) -> None:
    with door.toolkit.database.write() as tx:
        tx.execute(sql("UPDATE affiliations SET since = '2026-01-05'"))
    clock = Clockwork(door, [PostKind.GUIDANCE])
    await clock.at("2026-12-31T10:00")
    assert "2027년 안내 초안이 준비되었습니다" in door.direct_messages(OFFICE)[-1].text
    await clock.at("2027-01-06T10:00")
    assert clock.channel(ROADS) == []
    roads = door.organisation("roads").id
    await press(door, OFFICE, ids.GUIDANCE_RELEASE, f"2027:0:{roads}")
    await clock.at("2027-01-06T10:05")
    await clock.at("2027-01-06T10:06")
    (post,) = clock.channel(ROADS)
    assert "2027년 지역상품 우선구매를 시작합니다" in post.text
    assert "관내 업체 목록.xlsx>" in text_of(post)
    assert [file.name for file in post.files] == ["관내업체목록_20270106.xlsx"]
    assert post.files[0].channels == (ROADS,)
    assert clock.state_of(PostKey(PostKind.GUIDANCE, "2027", "arts", "channel")) == "skipped:no_slack"
    assert len([m for m in door.direct_messages(OFFICE) if "초안이 준비" in m.text]) == 1


async def test_stopped_before_it_left_the_guidance_leaves_only_after_another_press(door: FrontDoor) -> None:
    with door.toolkit.database.write() as tx:
        tx.execute(sql("UPDATE affiliations SET since = '2026-01-05'"))
    roads = door.organisation("roads").id
    clock = Clockwork(door, [PostKind.GUIDANCE])
    await clock.at("2027-01-05T10:00")
    await press(door, OFFICE, ids.GUIDANCE_RELEASE, f"2027:0:{roads}")
    await press(door, OFFICE, ids.GUIDANCE_STOP, f"2027:1:{roads}")
    await clock.at("2027-01-06T10:00")
    assert clock.channel(ROADS) == []
    await press(door, OFFICE, ids.GUIDANCE_RELEASE, f"2027:2:{roads}")
    await clock.at("2027-01-06T10:06")
    assert len(clock.channel(ROADS)) == 1


async def test_a_new_lead_is_told_what_they_find_in_one_message(door: FrontDoor) -> None:
    bought(door, date(2026, 5, 10), amount=3_000_000)
    give(door, NEWCOMER, Role.LEAD, date(2027, 6, 14))
    clock = Clockwork(door, [PostKind.HAND_OVER])
    await clock.at("2027-06-15T10:00")
    await clock.at("2027-06-16T10:00")
    (told,) = door.direct_messages(NEWCOMER)
    said = text_of(told)
    assert "*길가꿈과 책임자를 맡으셨습니다*" in said
    assert "1월분, 2월분, 3월분, 4월분, 5월분 구매 보고가 아직 없습니다" in said
    assert "*지난해* · 1위 / 1 · 건수 100.0% (1/1)" in said
    assert "*올해 지금까지* · 보고된 구매가 없습니다." in said
    assert "다음 보고 기한 2027. 6. 18.(금)" in said
    assert door.direct_messages(LEAD) == [], "who has led it since January is not new"


async def test_at_the_turn_of_the_year_each_lead_gets_the_hand_over(door: FrontDoor) -> None:
    with door.toolkit.database.write() as tx:
        tx.execute(sql("UPDATE affiliations SET since = '2026-01-05'"))
    clock = Clockwork(door, [PostKind.HAND_OVER])
    await clock.at("2027-01-05T10:00")
    await clock.at("2027-01-06T10:00")
    (told,) = door.direct_messages(LEAD)
    assert "*길가꿈과 인수인계*" in text_of(told)
    assert clock.state_of(PostKey(PostKind.HAND_OVER, "2027-01", "arts", "lead")) == "skipped:nobody"


async def test_the_office_reads_once_a_week_who_owes_what(door: FrontDoor) -> None:
    clock = Clockwork(door, [PostKind.WEEKLY_DIGEST])
    await clock.at("2027-06-15T10:00")  # a Tuesday, the city's day for it
    await clock.at("2027-06-16T10:00")
    (digest,) = door.direct_messages(OFFICE)
    assert "*남은 곳 5/5* · 5월분까지" in text_of(digest)
    assert "• 길가꿈과: 5월분 보고, 확정 4건" in text_of(digest)
    await clock.at("2027-06-22T10:00")
    assert len(door.direct_messages(OFFICE)) == 2


async def test_what_could_not_be_sent_stands_in_the_digest_with_its_remedy(door: FrontDoor) -> None:
    door.workspace.archive(ROADS)
    clock = Clockwork(door, [PostKind.OVERDUE, PostKind.WEEKLY_DIGEST])
    await clock.at("2027-06-22T10:00")
    assert clock.state_of(OVERDUE) == "failed"
    await clock.at("2027-06-29T10:00")
    digest = text_of(door.direct_messages(OFFICE)[-1])
    assert "*보내지 못한 것*" in digest
    assert "*1곳* 길가꿈과\n채널이 보관되었습니다." in digest


async def test_down_for_a_week_it_sends_what_is_still_of_use_and_nothing_twice(door: FrontDoor) -> None:
    clock = Clockwork(door, [PostKind.REMINDER, PostKind.OVERDUE])
    await clock.at("2027-06-15T10:00")
    await clock.at("2027-06-25T14:00")
    assert clock.state_of(REMINDER) == "skipped:too_late"
    (post,) = clock.channel(ROADS)
    assert "이 지났습니다" in post.text
    assert clock.sum_holds()


async def test_a_year_of_one_organisation_that_reports_nothing(door: FrontDoor) -> None:
    """One tick a day, from the guidance to the last reminder: each month's words once, and no message twice."""
    with door.toolkit.database.write() as tx:
        tx.execute(sql("UPDATE affiliations SET since = '2026-01-05'"))
    kinds = [PostKind.GUIDANCE, PostKind.REMINDER, PostKind.OVERDUE, PostKind.CONFIRMATION, PostKind.HAND_OVER]
    clock = Clockwork(door, kinds)
    await clock.at("2027-01-04T10:15")
    await press(door, OFFICE, ids.GUIDANCE_RELEASE, f"2027:0:{door.organisation('roads').id}")
    day = date(2027, 1, 5)
    while day <= date(2027, 12, 31):
        await clock.at(f"{day}T10:15")
        day += timedelta(days=1)
    months = [f"2027-{month:02}" for month in range(2, 11)]  # March to November, each for the month before
    assert clock.sent("roads", "channel") == {
        "guidance": ["2027"], "reminder": months, "overdue": months,
    }  # fmt: skip
    to_lead = clock.sent("roads", "lead")
    assert (to_lead["hand_over"], to_lead["reminder"], to_lead["overdue"]) == (["2027-01"], months, months)
    assert "confirmation" not in to_lead, "first the report, then the word"
    keys = [m.metadata["event_payload"]["key"] for m in clock.channel(ROADS) if m.metadata]
    assert len(keys) == len(set(keys)) == 1 + len(months), "an overdue notice stands in its reminder's place"
    assert clock.sum_holds()


async def test_one_path_on_postgresql(postgres_door: FrontDoor) -> None:
    door = postgres_door
    clock = Clockwork(door, [PostKind.REMINDER, PostKind.OVERDUE, PostKind.HAND_OVER, PostKind.WEEKLY_DIGEST])
    await clock.at("2027-06-16T10:00")
    (post,) = clock.channel(ROADS)
    await door.driver.press(STAFF, post, ids.OWED_SNOOZE)
    await door.driver.press(LEAD, post, ids.OWED_NOTHING)
    await door.driver.settle()
    assert await door.desk.later.drain(5) == 0
    assert "2027년 5월분 실적 없음" in text_of(clock.channel(ROADS)[0])
    door.clock.now += timedelta(days=1)
    await clock.at("2027-06-21T10:00")
    assert clock.sum_holds()
    with door.toolkit.database.write() as tx:
        tx.execute(sql("UPDATE affiliations SET since = '2026-01-05'"))
    await clock.at("2027-01-05T10:00")
    await press(door, OFFICE, ids.GUIDANCE_RELEASE, f"2027:0:{door.organisation('roads').id}")
    with door.toolkit.database.read() as tx:
        release = guidance.release(tx, 2027)
    assert (release.state, bool(release.file_link)) == (GuidanceState.GOING_OUT, True)
