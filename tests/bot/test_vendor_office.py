"""정보가 다릅니다, and what the programme office changes in the registry by hand; at the front door."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from gwannae.messages import ids
from gwannae.programme.audit import AuditEvent
from gwannae.programme.organisations import COMMAND_LINE, Role
from gwannae.programme.vendors import Vendor
from gwannae.programme.verdict import Verdict, judge, rule_on
from gwannae.sandbox.values import Message, OpenView
from gwannae.storage import affiliations, audit, organisations, vendor_doubts, vendor_retirements, vendor_update
from gwannae.storage import vendors as vendor_store
from tests.bot import knocks
from tests.bot.reports import buy, vendor_id
from tests.bot.test_home import done as drawn
from tests.bot.test_localvendor import all_said, firms, labels, look_up, press
from tests.bot.test_vendor_card import HOSTILE, buttons, open_card, press_in
from tests.front_door import LEAD, NEWCOMER, OFFICE, ROADS, STAFF, TEAM, FrontDoor, open_front_door, text_of

WHY = "사업자등록증으로 확인"


def firm(door: FrontDoor, name: str) -> Vendor:
    with door.toolkit.database.read() as tx:
        found = vendor_store.vendor(tx, vendor_id(door, name))
    assert found is not None
    return found


def entries(door: FrontDoor, subject: str) -> list[tuple[str, Any]]:
    """What the audit log says of a thing, the latest first."""
    with door.toolkit.database.read() as tx:
        return [(e.event.value, dict(e.detail)) for e in audit.entries(tx, subject=subject)]


async def send(door: FrontDoor, user: str, values: Mapping[str, Any]) -> str:
    """Fill the form on top and send it; what the window says after, with the errors at its fields."""
    answer = await door.driver.submit(user, dict(values))
    await door.driver.settle()
    errors = answer.errors
    return "\n".join([*errors.values(), text_of(door.form(user))])


def a_day_later(door: FrontDoor) -> None:
    door.clock.now += timedelta(days=1)


# -- 정보가 다릅니다 ---------------------------------------------------------------------------------------------------


async def tell(door: FrontDoor, sentence: str = "지난달에 옮겼습니다", user: str = STAFF) -> str:
    await open_card(door, user=user)
    await press_in(door, "정보가 다릅니다", user)
    return await send(door, user, {ids.DOUBT_KIND: "address", ids.DOUBT_SENTENCE: sentence})


async def test_anybody_may_say_that_a_record_is_wrong_and_the_office_hears_it(door: FrontDoor) -> None:
    said = await tell(door, user=NEWCOMER)
    assert "상생경제과에 알렸습니다. 확인한 뒤 명부를 고칩니다. 그때까지 명부는 그대로입니다." in said
    [told] = door.direct_messages(OFFICE)
    assert told.text == "업체 정보 확인 요청 · 가온인쇄 · 소재지"
    assert "지난달에 옮겼습니다" in text_of(told)
    assert NEWCOMER not in text_of(told)
    assert entries(door, f"vendor:{vendor_id(door, '가온인쇄')}") == [
        ("vendor_doubted", {"doubt": 1, "kind": "address"})
    ]


async def test_the_offices_channel_hears_it_where_there_is_one(door: FrontDoor) -> None:
    with door.toolkit.database.write() as tx:
        office = organisations.by_code(tx, "economy")
        assert office is not None
        organisations.link_channel(tx, office.id, TEAM, ROADS, by=COMMAND_LINE, at=door.clock())
    await tell(door)
    assert "가온인쇄 · 소재지" in all_said(door, ROADS)[-1].text
    assert door.direct_messages(OFFICE) == []


async def test_the_office_settles_it_in_the_message(door: FrontDoor) -> None:
    await tell(door)
    settled = await press(door, door.direct_messages(OFFICE)[0], "고쳤음", user=OFFICE)
    assert settled.text == "업체 정보 확인 요청을 ‘고쳤음’으로 마쳤습니다 · 가온인쇄 · 소재지"
    assert labels(settled) == []
    events = [event for event, _ in entries(door, f"vendor:{vendor_id(door, '가온인쇄')}")]
    assert events == ["vendor_doubt_settled", "vendor_doubted"]


async def home_of(door: FrontDoor, user: str) -> OpenView:
    """Somebody's Home tab, drawn anew."""
    await door.driver.open_home(user)
    await drawn(door)
    home = door.workspace.views.home(user)
    assert home is not None
    return home


async def test_the_home_tab_lists_it_for_the_office_alone_until_it_is_settled(door: FrontDoor) -> None:
    await tell(door, "<!channel> 폐업했습니다")
    home = await home_of(door, OFFICE)
    assert "*업체 정보 확인 요청 1건*" in text_of(home)
    assert "&lt;!channel&gt; 폐업했습니다" in text_of(home)
    for other in (STAFF, LEAD, NEWCOMER):
        assert "확인 요청" not in text_of(await home_of(door, other))
    kept = buttons(home)["그대로 둠"]
    await door.driver.press(OFFICE, home, kept["action_id"], None, kept["value"])
    await drawn(door)
    assert "‘그대로 둠’으로 마쳤습니다" in door.direct_messages(OFFICE)[-1].text
    after = door.workspace.views.home(OFFICE)
    assert after is not None
    assert "확인 요청" not in text_of(after)


async def test_settling_twice_says_what_it_was_settled_as(door: FrontDoor) -> None:
    await tell(door)
    for action, said in ((ids.DOUBT_MENDED, "을 ‘고쳤음’으로 마쳤습니다"), (ids.DOUBT_KEPT, "이미 ‘고쳤음’으로 마친")):
        await knocks.send(door, knocks.pressed(door, OFFICE, action, "1", response_url=""))
        await door.driver.settle()
        assert said in door.direct_messages(OFFICE)[-1].text


async def test_one_form_delivered_twice_is_one_report(door: FrontDoor) -> None:
    memo = f'{{"v": {vendor_id(door, "가온인쇄")}, "k": "one-form"}}'
    values = {ids.DOUBT_KIND: knocks.chosen("items"), ids.DOUBT_SENTENCE: "떡은 팔지 않습니다"}
    payload = knocks.submitted(door, STAFF, ids.DOUBT_VIEW, values, memo)
    await asyncio.gather(*(knocks.send(door, payload) for _ in range(4)))
    await door.driver.settle()
    with door.toolkit.database.read() as tx:
        assert len(vendor_doubts.open_doubts(tx)) == 1
    assert len(door.direct_messages(OFFICE)) == 1


@pytest.mark.parametrize(("kind", "sentence"), [("emperor", "틀립니다"), ("items", ""), ("items", " \u200b\t ")])
async def test_a_report_without_its_answers_is_asked_for_them(door: FrontDoor, kind: str, sentence: str) -> None:
    memo = f'{{"v": {vendor_id(door, "가온인쇄")}, "k": "k"}}'
    values = {ids.DOUBT_KIND: knocks.chosen(kind), ids.DOUBT_SENTENCE: sentence}
    reply = await knocks.send(door, knocks.submitted(door, STAFF, ids.DOUBT_VIEW, values, memo))
    assert "errors" in str(reply.json())
    with door.toolkit.database.read() as tx:
        assert vendor_doubts.open_doubts(tx) == ()


# -- correcting -----------------------------------------------------------------------------------------------------


async def correct(door: FrontDoor, name: str, **values: Any) -> str:
    await open_card(door, name, OFFICE)
    await press_in(door, "고치기", OFFICE)
    return await send(door, OFFICE, {ids.KEEP_REASON: WHY, **{ids.__dict__[k]: v for k, v in values.items()}})


async def test_the_office_corrects_a_firm_with_a_reason_that_stays(door: FrontDoor) -> None:
    said = await correct(door, "가온인쇄", KEEP_ITEMS="인쇄, 머그컵", KEEP_PHONE="031-000-0007")
    assert "가온인쇄를 고쳤습니다. 고치기 전 내용은 이력에 남아 있습니다." in said
    now = firm(door, "가온인쇄")
    assert (now.items, now.phone, now.version) == (("인쇄", "머그컵"), "031-000-0007", 2)
    assert [c.number for c in now.certificates] == ["W-1"]
    assert now.addresses[0].since == date(2020, 3, 1)
    with door.toolkit.database.read() as tx:
        [before] = vendor_update.history(tx, now.id)
    assert before.items == ("인쇄", "명함", "책자 인쇄")
    assert entries(door, f"vendor:{now.id}") == [("vendor_corrected", {"reason": WHY})]
    a_day_later(door)
    assert firms(await look_up(door, "머그컵")) == ["가온인쇄"]


async def test_a_form_sent_off_as_it_opened_changes_nothing(door: FrontDoor) -> None:
    assert "내용이 그대로여서 바꾸지 않았습니다." in await correct(door, "가온인쇄")
    assert firm(door, "가온인쇄").version == 1


async def test_a_move_ends_the_old_address_on_the_day_of_the_new_one(door: FrontDoor) -> None:
    await correct(door, "가온인쇄", KEEP_ADDRESS="부산광역시 어디구 먼길 3", KEEP_SINCE="2027-06-01")
    now, rules = firm(door, "가온인쇄"), door.toolkit.city.local_rules
    assert [(a.since, a.until) for a in now.addresses] == [
        (date(2020, 3, 1), date(2027, 6, 1)),
        (date(2027, 6, 1), None),
    ]
    for day, verdict in ((date(2027, 5, 31), Verdict.LOCAL), (date(2027, 6, 1), Verdict.OUTSIDE)):
        assert judge(now.addresses, now.size, day, rule_on(rules, day)).verdict is verdict


@pytest.mark.parametrize(
    ("values", "error"),
    [
        ({"KEEP_NUMBER": "123-45-67890"}, "사업자등록번호가 맞지 않습니다."),
        ({"KEEP_NUMBER": "123-45-67891"}, "명부에 이 번호의 다른 기록이 있습니다."),
        ({"KEEP_PHONE": "010-1234-5678"}, "휴대전화 번호는 두지 않습니다."),
        ({"KEEP_SINCE": "2027-06-16"}, "오늘보다 뒤의 날입니다."),
    ],
)
async def test_what_is_wrong_is_said_at_its_field_and_nothing_is_stored(
    door: FrontDoor, values: dict[str, str], error: str
) -> None:
    assert error in await correct(door, "가온인쇄", **values)
    assert firm(door, "가온인쇄").version == 1
    assert entries(door, f"vendor:{vendor_id(door, '가온인쇄')}") == []


async def test_a_firm_that_somebody_else_corrected_meanwhile_is_not_overwritten(door: FrontDoor) -> None:
    await open_card(door, "가온인쇄", OFFICE)
    await press_in(door, "고치기", OFFICE)
    with door.toolkit.database.write() as tx:
        now = vendor_store.vendor(tx, vendor_id(door, "가온인쇄"))
        assert now is not None
        vendor_update.correct_vendor(tx, replace(now, trade="현판업"), at=door.clock(), reason="other")
    said = await send(door, OFFICE, {ids.KEEP_REASON: WHY, ids.KEEP_ITEMS: "떡"})
    assert "그 사이 다른 사람이 이 업체를 고쳤습니다." in said
    assert firm(door, "가온인쇄").trade == "현판업"


async def test_a_hostile_record_opens_in_every_form_and_loses_nothing_when_sent_off_as_it_is(
    sqlite_template: Any, tmp_path: Any
) -> None:
    long = replace(HOSTILE[0], name=f"{HOSTILE[0].name}{'긴' * 250}", business_number="1234567891")
    async with open_front_door(sqlite_template.copy_to(tmp_path), [long]) as door:
        before = firm(door, long.name)
        await knocks.send(door, knocks.pressed(door, OFFICE, ids.VENDOR_DETAIL, str(before.id)))
        for label in ("다른 기록과 합치기", "명부에서 내리기", "정보가 다릅니다", "고치기"):
            shown = text_of(await press_in(door, label, OFFICE))
            assert "<!" not in shown
            assert "<@" not in shown
            if label != "고치기":
                await door.driver.close_view(OFFICE)
        assert "내용이 그대로여서" in await send(door, OFFICE, {ids.KEEP_REASON: "<!channel> 확인"})
        assert firm(door, long.name) == before
        assert door.workspace.faults_seen == []


# -- adding ---------------------------------------------------------------------------------------------------------


async def add(door: FrontDoor, **values: Any) -> str:
    await open_card(door, user=OFFICE)
    await press_in(door, "새 업체 등록", OFFICE)
    return await send(door, OFFICE, {ids.KEEP_REASON: WHY, **{ids.__dict__[k]: v for k, v in values.items()}})


async def test_the_office_adds_a_firm_that_is_found_at_once(door: FrontDoor) -> None:
    said = await add(
        door, KEEP_NAME="<!channel> 드론", KEEP_ITEMS="드론 촬영, 드론 방제",
        KEEP_ADDRESS="햇님시 솔숲구 볕뉘로 77", KEEP_SINCE="2026-01-02",
    )  # fmt: skip
    assert "&lt;!channel&gt; 드론을 명부에 등록했습니다." in said
    added = firm(door, "<!channel> 드론")
    assert (added.items, added.source) == (("드론 촬영", "드론 방제"), "상생경제과")
    assert entries(door, f"vendor:{added.id}") == [("vendor_added", {"reason": WHY})]
    a_day_later(door)
    assert "미확인 1곳 보기" in labels(await look_up(door, "드론 방제"))


async def test_a_new_firm_needs_a_name_items_and_a_number_of_its_own(door: FrontDoor) -> None:
    said = await add(door, KEEP_NAME="…", KEEP_ITEMS="-", KEEP_NUMBER="1234567891")
    for error in ("업체 이름을 적어 주세요.", "취급 품목을 하나 이상", "이 번호의 다른 기록이 있습니다."):
        assert error in said


async def test_what_no_database_can_keep_is_left_out(door: FrontDoor) -> None:
    values = {ids.KEEP_NAME: "새봄\x00드론", ids.KEEP_ITEMS: "드론\x00", ids.KEEP_REASON: "확인\x00함"}
    await knocks.send(door, knocks.submitted(door, OFFICE, ids.KEEP_ADD_VIEW, values, '{"k": "n", "v": 0, "n": 0}'))
    added = firm(door, "새봄드론")
    assert added.items == ("드론",)
    assert entries(door, f"vendor:{added.id}") == [("vendor_added", {"reason": "확인함"})]


async def test_one_form_delivered_four_times_adds_one_firm(door: FrontDoor) -> None:
    values = {ids.KEEP_NAME: "새봄드론", ids.KEEP_ITEMS: "드론", ids.KEEP_REASON: WHY}
    payload = knocks.submitted(door, OFFICE, ids.KEEP_ADD_VIEW, values, '{"k": "new-1", "v": 0, "n": 0}')
    await asyncio.gather(*(knocks.send(door, payload) for _ in range(4)))
    assert firm(door, "새봄드론").version == 1


# -- retiring -------------------------------------------------------------------------------------------------------


async def retire(door: FrontDoor, name: str, **values: Any) -> str:
    await open_card(door, name, OFFICE)
    await press_in(door, "명부에서 내리기", OFFICE)
    return await send(door, OFFICE, {ids.KEEP_REASON: "폐업", **{ids.__dict__[k]: v for k, v in values.items()}})


async def test_a_retired_firm_is_not_found_and_its_past_stays(door: FrontDoor) -> None:
    buy(door, "가온인쇄", date(2027, 3, 2))
    old_answer = await look_up(door, "가온")
    assert "가온인쇄를 2027. 6. 1.부터 명부에서 내렸습니다." in await retire(door, "가온", KEEP_DAY="2027-06-01")
    a_day_later(door)
    assert "가온인쇄" not in (await look_up(door, "인쇄")).text
    assert "찾지 못했습니다" in (await look_up(door, '"가온"')).text
    now, rules = firm(door, "가온인쇄"), door.toolkit.city.local_rules
    for day, verdict in ((date(2027, 5, 31), Verdict.LOCAL), (date(2027, 6, 1), Verdict.UNCONFIRMED)):
        assert judge(now.addresses, now.size, day, rule_on(rules, day)).verdict is verdict
    await press(door, old_answer, "상세")
    said = text_of(door.form(STAFF))
    assert "*2027. 6. 1.부터 명부에서 내린 업체입니다. 그 전의 구매와 판정은 그대로 있습니다.*" in said
    assert "*올해 우리 시 구매* 1건" in said
    assert not {"구매 보고", "고치기"} & set(buttons(door.form(STAFF)))
    detail = {"reason": "폐업", "day": "2027-06-01"}
    assert entries(door, f"vendor:{now.id}") == [("vendor_retired", detail)]


async def test_a_retirement_by_mistake_is_taken_back(door: FrontDoor) -> None:
    before = firm(door, "가온인쇄")
    await retire(door, "가온", KEEP_DAY="2027-06-01")
    await knocks.send(door, knocks.pressed(door, OFFICE, ids.VENDOR_DETAIL, str(before.id)))
    await press_in(door, "명부에 다시 올리기", OFFICE)
    assert "가온인쇄를 명부에 다시 올렸습니다." in await send(door, OFFICE, {ids.KEEP_REASON: "잘못 내림"})
    assert firm(door, "가온인쇄").addresses == before.addresses
    a_day_later(door)
    assert firms(await look_up(door, "가온")) == ["가온인쇄"]
    events = [event for event, _ in entries(door, f"vendor:{before.id}")]
    assert events == ["vendor_restored", "vendor_retired"]


async def test_the_window_that_tells_of_a_retirement_takes_it_back(door: FrontDoor) -> None:
    before = firm(door, "가온인쇄")
    await retire(door, "가온", KEEP_DAY="2027-06-01")
    await press_in(door, "명부에 다시 올리기", OFFICE)
    assert "가온인쇄를 명부에 다시 올렸습니다." in await send(door, OFFICE, {ids.KEEP_REASON: "잘못 내림"})
    assert firm(door, "가온인쇄").addresses == before.addresses


async def test_a_retired_firm_is_not_offered_in_the_report_form(door: FrontDoor) -> None:
    await retire(door, "번호상사")
    a_day_later(door)
    await door.driver.command(STAFF, ROADS, "/report-purchase")
    for typed in ("번호상사", "12345"):
        options = await door.driver.options(STAFF, door.form(STAFF), ids.REPORT_FIRM, ids.REPORT_FIRM, typed)
        assert not [o for o in options["options"] if o["value"].startswith("vendor:")]


async def test_a_firm_cannot_retire_tomorrow_or_without_a_reason(door: FrontDoor) -> None:
    assert "오늘보다 뒤의 날입니다." in await retire(door, "가온", KEEP_DAY="2027-06-16")
    memo = f'{{"k": "r", "v": {vendor_id(door, "가온인쇄")}, "n": 1}}'
    bare = knocks.submitted(door, OFFICE, ids.KEEP_RETIRE_VIEW, {ids.KEEP_REASON: "  "}, memo)
    assert "사유를 적어 주세요" in str((await knocks.send(door, bare)).json())
    with door.toolkit.database.read() as tx:
        assert vendor_retirements.retirement(tx, vendor_id(door, "가온인쇄")) is None


# -- merging --------------------------------------------------------------------------------------------------------


async def merge(door: FrontDoor, name: str, other: str) -> str:
    await open_card(door, name, OFFICE)
    await press_in(door, "다른 기록과 합치기", OFFICE)
    options = await door.driver.options(OFFICE, door.form(OFFICE), ids.KEEP_OTHER, ids.KEEP_OTHER, other)
    chosen = next(o for o in options["options"] if o["value"] == f"vendor:{vendor_id(door, other)}")
    return await send(door, OFFICE, {ids.KEEP_REASON: "같은 업체", ids.KEEP_OTHER: chosen})


async def test_two_records_become_one_with_the_items_number_and_purchases_of_both(door: FrontDoor) -> None:
    buy(door, "번호상사", date(2027, 3, 2))
    other_id = vendor_id(door, "번호상사")
    assert "번호상사의 기록을 가온인쇄에 합쳤습니다." in await merge(door, "가온", "번호상사")
    kept, other = firm(door, "가온인쇄"), firm(door, "번호상사")
    assert kept.items == ("인쇄", "명함", "책자 인쇄", "복사용지")
    assert (kept.business_number, other.business_number) == ("1234567891", None)
    assert [c.number for c in kept.certificates] == ["W-1"]
    a_day_later(door)
    assert firms(await look_up(door, "복사용지")) == ["가온인쇄"]
    assert firms(await look_up(door, "1234567891")) == ["가온인쇄"]
    assert "*올해 우리 시 구매* 1건" in text_of(await open_card(door))
    await knocks.send(door, knocks.pressed(door, STAFF, ids.VENDOR_DETAIL, str(other_id)))
    old = door.form(STAFF)
    assert "*다른 기록과 합친 업체입니다(2027. 6. 15.).*" in text_of(old)
    assert "*가온인쇄* · 관내" in text_of(await press_in(door, "지금 기록 보기"))
    detail = {"reason": "같은 업체", "other": other_id}
    assert entries(door, f"vendor:{kept.id}") == [("vendors_merged", detail)]


async def test_a_record_is_not_merged_with_itself_or_with_another_number(door: FrontDoor) -> None:
    assert "다른 기록을 골라 주세요." in await merge(door, "가온", "가온인쇄")
    with door.toolkit.database.write() as tx:
        now = vendor_store.vendor(tx, vendor_id(door, "나래인쇄"))
        assert now is not None
        vendor_update.correct_vendor(tx, replace(now, business_number="2208162517"), at=door.clock(), reason="number")
    assert "사업자등록번호가 서로 다릅니다." in await merge(door, "나래", "번호상사")
    assert firm(door, "번호상사").business_number == "1234567891"


# -- who may --------------------------------------------------------------------------------------------------------

WHO = {
    "nobody": ("U0NOBODY", None),
    "self-declared": ("U0DECLARED", Role.STAFF),
    "staff": (STAFF, None),
    "lead": (LEAD, None),
    "planning": ("U0PLANNER", Role.PLANNING),
    "office": (OFFICE, None),
}


@pytest.mark.parametrize("role", WHO)
async def test_every_change_is_the_offices_alone_and_a_refusal_is_written_down(door: FrontDoor, role: str) -> None:
    user, given = WHO[role]
    if given is not None:
        with door.toolkit.database.write() as tx:
            affiliations.add_affiliation(
                tx, TEAM, user, door.organisation("economy").id, given,
                self_declared=role == "self-declared", since=date(2027, 1, 4), by=COMMAND_LINE,
            )  # fmt: skip
    await tell(door)
    kept, other = vendor_id(door, "가온인쇄"), vendor_id(door, "번호상사")
    memo = f'{{"k": "%s", "v": {kept}, "n": 1}}'
    why, new = {ids.KEEP_REASON: WHY}, {ids.KEEP_NAME: "새봄", ids.KEEP_ITEMS: "떡"}
    deeds = [
        knocks.pressed(door, user, ids.KEEP_ADD),
        knocks.pressed(door, user, ids.KEEP_CORRECT, str(kept)),
        knocks.pressed(door, user, ids.KEEP_MERGE, str(kept)),
        knocks.pressed(door, user, ids.KEEP_RETIRE, str(kept)),
        knocks.pressed(door, user, ids.KEEP_RESTORE, str(kept)),
        knocks.pressed(door, user, ids.DOUBT_MENDED, "1"),
        knocks.submitted(door, user, ids.KEEP_RESTORE_VIEW, why, memo % "e"),
        knocks.submitted(door, user, ids.KEEP_ADD_VIEW, {**why, **new}, memo % "a"),
        knocks.submitted(door, user, ids.KEEP_CORRECT_VIEW, {**why, ids.KEEP_ITEMS: "떡"}, memo % "b"),
        knocks.submitted(
            door, user, ids.KEEP_MERGE_VIEW, {**why, ids.KEEP_OTHER: knocks.chosen(f"vendor:{other}")}, memo % "c"
        ),
        knocks.submitted(
            door, user, ids.KEEP_RETIRE_VIEW, {**why, ids.KEEP_DAY: {"selected_date": "2027-06-01"}}, memo % "d"
        ),
    ]
    for payload in deeds:
        assert (await knocks.send(door, payload)).status == 200
        await door.driver.settle()
    with door.toolkit.database.read() as tx:
        seen = audit.entries(tx, limit=1000)
        doubts = vendor_doubts.open_doubts(tx)
        retired = vendor_retirements.retirement(tx, kept), vendor_retirements.retirement(tx, other)
    refusals = [e for e in seen if e.event is AuditEvent.REFUSED and e.user_id == user]
    if role == "office":
        assert (refusals, doubts) == ([], ())
        assert all(retired)
        assert firm(door, "새봄").items == ("떡",)
    else:
        assert len(refusals) == len(deeds)
        assert {e.detail["deed"] for e in refusals} == {"keep_registry"}
        assert (len(doubts), retired) == (1, (None, None))
        assert firm(door, "가온인쇄").version == 1
        with door.toolkit.database.read() as tx:
            assert vendor_store.registry(tx).vendors == 12


@pytest.mark.parametrize("number", ["0", "-1", "999999", "1;2", "9" * 30, "'; DROP TABLE vendors; --", ""])
async def test_numbers_that_are_nobodys_change_nothing(door: FrontDoor, number: str) -> None:
    actions = (
        ids.KEEP_CORRECT,
        ids.KEEP_MERGE,
        ids.KEEP_RETIRE,
        ids.KEEP_RESTORE,
        ids.DOUBT_MENDED,
        ids.DOUBT_KEPT,
        ids.VENDOR_DOUBT,
    )
    for action in (*actions, ids.VENDOR_QUOTES, ids.VENDOR_DETAIL, ids.PAGE_QUOTES):
        assert (await knocks.send(door, knocks.pressed(door, OFFICE, action, number))).status == 200
        await door.driver.settle()
    for callback in (ids.KEEP_CORRECT_VIEW, ids.KEEP_MERGE_VIEW, ids.KEEP_RETIRE_VIEW, ids.KEEP_RESTORE_VIEW):
        memo = f'{{"k": "x{number[:3]}", "v": "0", "n": 1}}'.replace("'", "")
        await knocks.send(door, knocks.submitted(door, OFFICE, callback, {ids.KEEP_REASON: WHY}, memo))
    with door.toolkit.database.read() as tx:
        assert vendor_store.registry(tx).vendors == 12
    assert "문의 번호" not in "".join(text_of(m) for m in door.direct_messages(OFFICE))


async def test_the_office_works_on_postgresql_as_well(postgres_door: FrontDoor) -> None:
    door = postgres_door
    await tell(door)
    assert "고쳤습니다" in await correct(door, "가온인쇄", KEEP_ITEMS="인쇄, 머그컵")
    assert "합쳤습니다" in await merge(door, "가온", "번호상사")
    assert "내렸습니다" in await retire(door, "나래")
    assert "등록했습니다" in await add(door, KEEP_NAME="새봄드론", KEEP_ITEMS="드론")
    settled: Message = await press(door, door.direct_messages(OFFICE)[0], "그대로 둠", user=OFFICE)
    assert "‘그대로 둠’" in settled.text
