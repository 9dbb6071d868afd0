"""독려 at the front door: what a reminder says, that its buttons do it once, and who may press them.

The clock stands at 2027-06-15 (Tuesday); the city's reports are due on the 20th, moved back from a day off.
"""

import asyncio
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from gwannae.actions.owed import owed_by
from gwannae.actions.reminder_posts import (
    look_confirmation,
    look_reminder,
    plan_confirmations,
    plan_overdue,
    plan_reminders,
)
from gwannae.messages import ids
from gwannae.messages import reminders as say
from gwannae.messages.owed import nothing_value
from gwannae.programme.audit import AuditEvent
from gwannae.programme.ledger import PlannedPost, PostKey, PostKind, Skip, SkipReason, Wait
from gwannae.programme.organisations import COMMAND_LINE, Role
from gwannae.programme.owed import Owed
from gwannae.programme.periods import Period, read_key
from gwannae.programme.purchases import PurchaseKind
from gwannae.programme.reminders import Audience, Reminder
from gwannae.programme.verdict import Verdict
from gwannae.storage import affiliations, audit, organisations, purchases
from tests.bot import knocks
from tests.bot.reports import stored
from tests.builders import a_draft, a_judgement
from tests.front_door import LEAD, NEWCOMER, OFFICE, OTHER, ROADS, STAFF, TEAM, FrontDoor, text_of

MAY = {ids.REPORT_DATE: {"selected_date": "2027-05-10"}}


def month(key: str = "2027-05") -> Period:
    found = read_key(key)
    assert found is not None
    return found


def owes(door: FrontDoor, code: str = "roads", key: str = "2027-05") -> Owed:
    with door.toolkit.database.read() as tx:
        return owed_by(tx, door.toolkit.city, [door.organisation(code)], [month(key)], door.clock())[0]


def looked(door: FrontDoor, audience: Audience = Audience.CHANNEL, key: str = "2027-05", number: int = 1) -> Any:
    post = PostKey(PostKind.REMINDER, key, "roads", audience.value, number)
    return look_reminder(door.toolkit, post, door.clock())


def bought(
    door: FrontDoor, day: date = date(2027, 5, 10), verdict: Verdict = Verdict.LOCAL, amount: int = 100_000
) -> None:
    draft = a_draft(
        organisation_id=door.organisation("roads").id, contract_date=day, amount=amount, kind=PurchaseKind.GOODS
    )
    with door.toolkit.database.write() as tx:
        purchases.add(tx, draft, a_judgement(verdict=verdict), actor=COMMAND_LINE, self_declared=False, at=door.clock())


async def done(door: FrontDoor) -> None:
    await door.driver.settle()
    assert await door.desk.later.drain(5) == 0
    await door.driver.settle()


async def posted(door: FrontDoor, audience: Audience = Audience.CHANNEL) -> Any:
    """The reminder as the clock would post it, in the channel or to the lead."""
    found = looked(door, audience)
    assert isinstance(found, Reminder)
    where = ROADS if audience is Audience.CHANNEL else LEAD
    client = door.desk.workspaces.patient(TEAM)
    answer = await client.chat_postMessage(channel=where, **say.reminder(found))
    return door.workspace.messages.find(str(answer["channel"]), str(answer["ts"]))


async def press(door: FrontDoor, user: str, action: str, value: str) -> str:
    """A button of a message of long ago; what the person is told, alone or in its place."""
    door.workspace.views.clear(user)
    before = door.workspace.changes.number
    await knocks.send(door, knocks.pressed(door, user, action, value))
    await done(door)
    dm = door.workspace.open_dm(user)
    shown = [text_of(m) for m in door.workspace.messages.touched_since(before, dm.id, user)]
    views = [text_of(view) for view in door.workspace.views.stack(user)]
    return "\n".join([*shown, *views])


def value_of(door: FrontDoor, key: str = "2027-05", audience: Audience = Audience.CHANNEL) -> str:
    return nothing_value(door.organisation("roads").id, month(key), f"{key}:{audience.value}")


def snooze_of(door: FrontDoor, key: str = "2027-05", audience: Audience = Audience.CHANNEL) -> str:
    return f"{door.organisation('roads').id}:{key}:{audience.value}"


def events(door: FrontDoor, event: AuditEvent) -> list[dict[str, Any]]:
    with door.toolkit.database.read() as tx:
        return [dict(e.detail) for e in audit.entries(tx, limit=500) if e.event is event]


# -- what is said ---------------------------------------------------------------------------------------------------


async def test_a_channel_is_told_what_is_missing_until_when_and_offered_the_buttons(door: FrontDoor) -> None:
    post = await posted(door)
    assert "*5월분 구매 보고가 아직 없습니다* · 기한 2027. 6. 18.(금)" in text_of(post)
    assert "산 것이 없으면 [실적 없음]만 눌러 주세요" in text_of(post)
    assert "이 채널 모두에게 보입니다." in text_of(post)
    labels = [e["text"]["text"] for b in post.blocks for e in b.get("elements", ()) if e["type"] == "button"]
    assert labels == ["구매 보고", "실적 없음", "확정하기", "3일 뒤 다시", "담당자 바꾸기"]
    assert post.text.startswith("5월분 구매 보고가 아직 없습니다 · 기한")


async def test_nothing_is_said_where_nothing_is_owed(door: FrontDoor) -> None:
    bought(door)
    for key in ("2027-01", "2027-02", "2027-03", "2027-04"):
        await press(door, LEAD, ids.OWED_NOTHING, value_of(door, key))
    assert looked(door) == Skip(SkipReason.NOTHING_OWED)


async def test_an_organisation_that_takes_part_no_more_is_left_in_peace(door: FrontDoor) -> None:
    with door.toolkit.database.write() as tx:
        organisations.set_active(tx, door.organisation("roads").id, active=False)
    assert looked(door) == Skip(SkipReason.ORGANISATION_GONE)
    assert not [p for p in plan_reminders(door.toolkit, door.clock()) if p.key.organisation == "roads"]


async def test_a_row_without_a_verdict_and_a_missing_reason_are_named(door: FrontDoor) -> None:
    bought(door, verdict=Verdict.UNCONFIRMED)
    bought(door, verdict=Verdict.OUTSIDE, amount=600_000)
    post = await posted(door)
    assert "미확인 1건은 업체 주소나 사업자등록번호를 적어 주시면 판정됩니다" in text_of(post)
    assert "관외 구매 1건에 사유가 필요합니다" in text_of(post)
    assert "구매 보고가 아직 없습니다" not in text_of(post)


async def test_the_lead_sees_the_amounts_of_what_is_to_be_confirmed_and_the_channel_does_not(door: FrontDoor) -> None:
    bought(door, date(2027, 3, 10), amount=7_000_000)
    assert "700만 원" not in text_of(await posted(door))
    direct = text_of(await posted(door, Audience.LEAD))
    assert "700만 원" in direct
    assert "이 메시지는 나에게만 보입니다." in direct


async def test_after_the_due_day_it_says_so(door: FrontDoor) -> None:
    door.clock.now += timedelta(days=7)
    assert "기한 2027. 6. 18.(금)이 지났습니다" in text_of(await posted(door))


# -- 실적 없음 --------------------------------------------------------------------------------------------------------


async def test_nothing_bought_is_said_once_and_the_post_says_who_said_it(door: FrontDoor) -> None:
    post = await posted(door)
    await door.driver.press(STAFF, post, ids.OWED_NOTHING)
    await done(door)
    after = door.workspace.messages.find(post.channel, post.ts)
    assert f"2027년 5월분 실적 없음 · <@{STAFF}>" in text_of(after)
    assert "구매 보고가 아직 없습니다" not in text_of(after)
    assert owes(door).unreported == ()
    assert events(door, AuditEvent.NOTHING_BOUGHT) == [{"period": "2027-05"}]


async def test_twenty_presses_write_it_down_once(door: FrontDoor) -> None:
    pressed = [
        knocks.pressed(door, user, ids.OWED_NOTHING, value_of(door)) for user in (STAFF, LEAD) for _ in range(10)
    ]
    await asyncio.gather(*(knocks.send(door, payload) for payload in pressed))
    await done(door)
    assert len(events(door, AuditEvent.NOTHING_BOUGHT)) == 1


async def test_a_lead_confirms_the_period_with_it_where_it_is_the_same(door: FrontDoor) -> None:
    said = await press(door, LEAD, ids.OWED_NOTHING, value_of(door))
    assert "책임자 확정도 함께" in said
    assert "2027-05" not in [s.period.key for s in owes(door).to_confirm]
    assert len(events(door, AuditEvent.CONFIRMED)) == 1


async def test_a_staff_members_word_leaves_the_confirmation_to_the_lead(door: FrontDoor) -> None:
    await press(door, STAFF, ids.OWED_NOTHING, value_of(door))
    assert "2027-05" in [s.period.key for s in owes(door).to_confirm]


async def test_where_something_was_bought_meanwhile_the_old_button_says_nothing(door: FrontDoor) -> None:
    value = value_of(door)
    await stored(door, **MAY)
    assert "보고가 1건 있어 실적 없음으로 남기지 않았습니다" in await press(door, STAFF, ids.OWED_NOTHING, value)
    assert events(door, AuditEvent.NOTHING_BOUGHT) == []


async def test_a_purchase_reported_after_it_is_taken_all_the_same(door: FrontDoor) -> None:
    await press(door, STAFF, ids.OWED_NOTHING, value_of(door))
    purchase = await stored(door, **MAY)
    assert purchase.draft.contract_date == date(2027, 5, 10)


@pytest.mark.parametrize(
    ("now", "key", "said"),
    [
        ("2027-06-15T10:00", "2027-06", "아직 끝나지 않았습니다"),
        ("2027-06-15T10:00", "2027-05", "실적 없음"),
        ("2028-06-15T10:00", "2027-05", "더 받지 않는 기간입니다"),
        ("2027-06-15T10:00", "2027-Q1", "그 사이 바뀐 안내입니다"),
    ],
)
async def test_a_button_of_another_day_is_answered_by_that_day(door: FrontDoor, now: str, key: str, said: str) -> None:
    value = value_of(door, key)
    door.clock.now = datetime.fromisoformat(now).replace(tzinfo=door.toolkit.city.zone)
    assert said in await press(door, STAFF, ids.OWED_NOTHING, value)


async def test_somebody_new_names_their_organisation_by_it_and_one_of_another_is_refused(door: FrontDoor) -> None:
    with door.toolkit.database.write() as tx:
        affiliations.add_affiliation(
            tx, TEAM, OTHER, door.organisation("arts").id, Role.LEAD,
            self_declared=False, since=date(2027, 1, 4), by=COMMAND_LINE,
        )  # fmt: skip
    assert say.NOT_YOURS in await press(door, OTHER, ids.OWED_NOTHING, value_of(door))
    assert events(door, AuditEvent.REFUSED) == [{"deed": "report"}]
    assert "실적 없음" in await press(door, NEWCOMER, ids.OWED_NOTHING, value_of(door))
    assert len(events(door, AuditEvent.AFFILIATION_DECLARED)) == 1


NOBODYS = [
    "",
    "x",
    "1",
    "0:2027-05:",
    "999:2027-05:2027-05:channel",
    "2:2027-13:",
    "2:0000-01:x",
    "；:；:；",
    "2:2027-05",
]


@pytest.mark.parametrize("value", NOBODYS)
@pytest.mark.parametrize("action", [ids.OWED_NOTHING, ids.OWED_SNOOZE, ids.OWED_FILE, ids.OWED_UNCONFIRMED])
async def test_values_that_are_nobodys_are_answered_in_words(door: FrontDoor, action: str, value: str) -> None:
    said = await press(door, OFFICE, action, value)
    assert said
    assert "문의 번호" not in said


# -- 3일 뒤 다시 ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "until"),
    [
        ("2027-06-15T10:00 화", "2027. 6. 18.(금)"),
        ("2027-06-16T10:00 수", "2027. 6. 21.(월)"),
        ("2027-06-18T10:00 금", "2027. 6. 23.(수)"),
    ],
)
async def test_a_reminder_is_put_off_by_three_working_days(door: FrontDoor, now: str, until: str) -> None:
    door.clock.now = datetime.fromisoformat(now.split()[0]).replace(tzinfo=door.toolkit.city.zone)
    post = await posted(door)
    await door.driver.press(STAFF, post, ids.OWED_SNOOZE)
    await done(door)
    after = door.workspace.messages.find(post.channel, post.ts)
    assert f"{until}에 다시 알려 드립니다(<@{STAFF}>)." in text_of(after)
    assert "3일 뒤 다시" not in text_of(after)
    assert "구매 보고가 아직 없습니다" in text_of(after)
    assert looked(door) == Skip(SkipReason.PUT_OFF)
    assert isinstance(looked(door, Audience.LEAD), Reminder)


async def test_what_was_put_off_comes_again_on_its_day_as_another_post(door: FrontDoor) -> None:
    await press(door, STAFF, ids.OWED_SNOOZE, snooze_of(door))
    again = [p for p in plan_reminders(door.toolkit, door.clock()) if p.key.occurrence == 2]
    assert [p.key for p in again] == [PostKey(PostKind.REMINDER, "2027-05", "roads", "channel", 2)]
    assert again[0].due.isoformat() == "2027-06-18T10:00:00+09:00"
    door.clock.now = again[0].due
    assert isinstance(looked(door, number=2), Reminder)


async def test_putting_off_twice_on_a_day_is_once_and_on_a_later_day_is_another(door: FrontDoor) -> None:
    await press(door, STAFF, ids.OWED_SNOOZE, snooze_of(door))
    assert "이미 2027. 6. 18.(금)에 다시 알려 드리기로 했습니다." in await press(
        door, STAFF, ids.OWED_SNOOZE, snooze_of(door)
    )
    door.clock.now += timedelta(days=1)
    await press(door, STAFF, ids.OWED_SNOOZE, snooze_of(door))
    assert [e["until"] for e in events(door, AuditEvent.REMINDER_SNOOZED)][::-1] == ["2027-06-18", "2027-06-21"]
    numbers = sorted(p.key.occurrence for p in plan_reminders(door.toolkit, door.clock()) if p.key.occurrence > 1)
    assert numbers == [2, 3]
    assert looked(door, number=2) == Skip(SkipReason.PUT_OFF)


async def test_nobody_is_put_off_beyond_the_next_months_reminder(door: FrontDoor) -> None:
    door.clock.now = datetime(2027, 7, 13, 10, 0, tzinfo=door.toolkit.city.zone)
    assert "다음 달 안내가 나갑니다" in await press(door, STAFF, ids.OWED_SNOOZE, snooze_of(door))
    assert events(door, AuditEvent.REMINDER_SNOOZED) == []


async def test_where_nobody_knows_the_holidays_no_day_is_promised(door: FrontDoor) -> None:
    door.clock.now = datetime(2027, 12, 30, 10, 0, tzinfo=door.toolkit.city.zone)
    said = await press(door, STAFF, ids.OWED_SNOOZE, snooze_of(door, "2027-11"))
    assert say.NO_HOLIDAYS in said


async def test_once_nothing_is_owed_the_old_button_says_so(door: FrontDoor) -> None:
    bought(door)
    for key in ("2027-01", "2027-02", "2027-03", "2027-04"):
        await press(door, LEAD, ids.OWED_NOTHING, value_of(door, key))
    assert "남은 일이 없습니다" in await press(door, STAFF, ids.OWED_SNOOZE, snooze_of(door))


# -- planning -------------------------------------------------------------------------------------------------------


def of_roads(planned: Any) -> list[PlannedPost]:
    return [p for p in planned if p.key.organisation == "roads"]


async def test_a_month_has_one_reminder_for_the_channel_and_one_for_the_lead(door: FrontDoor) -> None:
    planned = of_roads(plan_reminders(door.toolkit, door.clock()))
    assert [(p.key.period, p.key.recipient, p.due.isoformat()) for p in planned] == [
        ("2027-05", "channel", "2027-06-16T10:00:00+09:00"),
        ("2027-05", "lead", "2027-06-16T10:00:00+09:00"),
    ]
    assert plan_reminders(door.toolkit, door.clock()) == plan_reminders(door.toolkit, door.clock())


async def test_the_overdue_notice_takes_the_place_of_the_channels_post(door: FrontDoor) -> None:
    door.clock.now = datetime(2027, 6, 21, 9, 0, tzinfo=door.toolkit.city.zone)
    planned = {p.key.recipient: p for p in of_roads(plan_overdue(door.toolkit, door.clock()))}
    assert planned["channel"].edits == PostKey(PostKind.REMINDER, "2027-05", "roads", "channel")
    assert planned["lead"].edits is None
    assert planned["channel"].due.isoformat() == "2027-06-22T10:00:00+09:00"


async def test_the_lead_is_called_to_confirm_and_only_while_the_period_asks(door: FrontDoor) -> None:
    planned = [p for p in of_roads(plan_confirmations(door.toolkit, door.clock())) if p.key.period == "2027-05"]
    assert [p.key.recipient for p in planned] == ["lead"]
    found = look_confirmation(door.toolkit, planned[0].key, door.clock())
    assert isinstance(found, Wait), "first the report, then the word"
    bought(door)
    found = look_confirmation(door.toolkit, planned[0].key, door.clock())
    assert isinstance(found, Owed)
    assert [s.period.key for s in found.to_confirm] == ["2027-05"]


# -- on request, and what else is open ------------------------------------------------------------------------------


@pytest.mark.parametrize("user", [STAFF, LEAD])
async def test_what_is_owed_can_be_asked_for(door: FrontDoor, user: str) -> None:
    answer = await door.driver.command(user, ROADS, "/gwannae", "할 일")
    shown = text_of(answer.shown[-1])
    assert "5월분 구매 보고가 아직 없습니다" in shown
    assert "이 메시지는 나에게만 보입니다." in shown


async def test_an_answer_to_a_command_stays_private_after_a_press(door: FrontDoor) -> None:
    answer = await door.driver.command(STAFF, ROADS, "/gwannae", "할 일")
    await door.driver.press(STAFF, answer.shown[-1], ids.OWED_SNOOZE)
    await done(door)
    (after,) = [m for m in door.workspace.messages.seen_by(STAFF, ROADS) if m.only_for == STAFF]
    assert "다시 알려 드립니다" in text_of(after)
    assert "이 메시지는 나에게만 보입니다." in text_of(after)


async def test_who_belongs_nowhere_is_told_how_to(door: FrontDoor) -> None:
    answer = await door.driver.command(NEWCOMER, "C0SQUARE", "/gwannae", "할 일")
    assert "어느 부서·기관이신지 아직 모릅니다" in text_of(answer.shown[-1])


async def test_rows_without_a_verdict_are_shown_to_who_may_mend_them(door: FrontDoor) -> None:
    bought(door, verdict=Verdict.UNCONFIRMED)
    value = str(door.organisation("roads").id)
    assert "행사 안내문 인쇄 · 100,000원" in await press(door, LEAD, ids.OWED_UNCONFIRMED, value)
    assert "모두 판정되었습니다" in await press(door, STAFF, ids.OWED_UNCONFIRMED, value)
    assert "행사 안내문" not in await press(door, NEWCOMER, ids.OWED_UNCONFIRMED, value)
    assert events(door, AuditEvent.REFUSED) == [{"deed": "correct"}]


async def test_a_file_with_open_questions_is_named_and_asked_about_in_private(door: FrontDoor) -> None:
    table = "계약명,계약일,계약금액,업체명\n길 안내판,2027-05-03,500000,가온인쇄\n"
    await door.driver.share_file(LEAD, ROADS, "5월계약.csv", table.encode())
    for _ in range(50):  # a worker reads it beside us
        await done(door)
        if owes(door).files:
            break
        await asyncio.sleep(0.1)
    files = owes(door).files
    assert [file.name for file in files] == ["5월계약.csv"]
    post = await posted(door)
    assert "‘5월계약.csv’ 파일" in text_of(post)
    before = len(door.direct_messages(LEAD))
    await door.driver.press(LEAD, post, ids.OWED_FILE, f"owed-file-{files[0].import_id}")
    await done(door)
    assert len(door.direct_messages(LEAD)) > before
    assert text_of(door.workspace.messages.find(post.channel, post.ts)) == text_of(post)
