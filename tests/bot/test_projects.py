"""`/gwannae 설계` at the front door: a project is registered once, and its things are shown to its people alone."""

import json
from datetime import date, timedelta
from typing import Any

import pytest

from gwannae.actions.missing_words import missing_list
from gwannae.messages import ids
from gwannae.programme.audit import AuditEvent
from gwannae.programme.missing import MissingList
from gwannae.programme.organisations import COMMAND_LINE
from gwannae.programme.projects import Project
from gwannae.storage import audit, projects
from tests.bot import knocks
from tests.bot.test_purchase_files import last, quiet
from tests.front_door import NEWCOMER, OFFICE, ROADS, STAFF, FrontDoor, text_of
from tests.readers.files import csv_text


def kept(door: FrontDoor) -> tuple[Project, ...]:
    with door.toolkit.database.read() as tx:
        return projects.all_projects(tx)


async def register(door: FrontDoor, *, key: str = "k1", user: str = STAFF, **values: Any) -> str:
    fields = {
        ids.PROJECT_NAME: "한빛로 정비",
        ids.PROJECT_WHOSE: knocks.chosen(door.organisation("roads").id),
        ids.PROJECT_KIND: knocks.chosen("works"),
        ids.PROJECT_STAGE: knocks.chosen("detailed_design"),
        ids.PROJECT_MONTH: {"selected_date": "2027-09-17"},
        ids.PROJECT_BUDGET: "3억",
        ids.PROJECT_ITEMS: "책자 인쇄 200만원\n\n현수막 50만원\n드론 방제 1억\n제작 안내판",
        ids.PROJECT_COPY: {"selected_option": None},
    }
    changed = {getattr(ids, name): value for name, value in values.items()}
    payload = knocks.submitted(door, user, ids.PROJECT_FORM_VIEW, {**fields, **changed}, key)
    return json.dumps((await knocks.send(door, payload)).json(), ensure_ascii=False)


async def window(door: FrontDoor, user: str = STAFF, word: str = "설계") -> str:
    door.workspace.views.clear(user)
    await door.driver.command(user, ROADS, "/gwannae", word)
    return text_of(door.form(user))


async def review(door: FrontDoor, number: int, user: str = STAFF) -> str:
    door.workspace.views.clear(user)
    await knocks.send(door, knocks.pressed(door, user, ids.PROJECT_REVIEW, str(number)))
    return text_of(door.form(user))


async def test_a_project_is_typed_and_its_things_are_shown_dearest_first(door: FrontDoor) -> None:
    assert "등록했습니다" in await register(door)
    (project,) = kept(door)
    assert (project.items, project.amount, project.form.budget) == (4, 102_500_000, 300_000_000)
    assert project.form.ordered_in.isoformat() == "2027-09-01"
    assert "발주 예정 2027. 9. · 품목 4줄 1억 250만 원" in await window(door)
    seen = await review(door, project.id)
    assert seen.index("드론 방제") < seen.index("책자 인쇄") < seen.index("현수막") < seen.index("제작 안내판")
    assert "관내에 만드는 곳을 찾지 못한 품목 4가지" in seen
    assert "만드는 곳 0 · 파는 곳 7 · 확인이 필요한 곳" not in seen.split("현수막")[1]
    assert "*책자 인쇄* · 2,000,000원\n만드는 곳 0 · 파는 곳 7" in seen.replace("200만 원", "2,000,000원")
    assert "*제작 안내판* · 금액 없음" in seen
    assert "설계에서 검토하실 자료입니다" in seen


async def test_the_same_form_counts_once_and_a_name_is_taken_once(door: FrontDoor) -> None:
    await register(door)
    assert "두 번 등록하지 않았습니다" in await register(door)
    assert "같은 이름의 사업이 이미 있습니다" in await register(door, key="k2", PROJECT_NAME="한빛로  정비")
    assert len(kept(door)) == 1


async def test_things_are_copied_from_an_earlier_project(door: FrontDoor) -> None:
    await register(door)
    (first,) = kept(door)
    copied = {"PROJECT_NAME": "둘째", "PROJECT_ITEMS": "벤치 1억", "PROJECT_COPY": knocks.chosen(first.id)}
    assert "등록했습니다" in await register(door, key="k2", **copied)
    second = kept(door)[1]
    assert (second.items, second.amount) == (5, 202_500_000)


async def test_things_of_a_project_that_one_may_not_see_are_not_copied(door: FrontDoor) -> None:
    await register(door, user=OFFICE, PROJECT_WHOSE=knocks.chosen(door.organisation("arts").id))
    (foreign,) = kept(door)
    assert "한빛로" not in await window(door)
    copied = {"PROJECT_ITEMS": "벤치 1억", "PROJECT_COPY": knocks.chosen(foreign.id)}
    await register(door, key="k2", **copied)
    assert [p.items for p in kept(door) if p.organisation != foreign.organisation] == [1]


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("PROJECT_NAME", "…", "사업명에 글자가 없습니다"),
        ("PROJECT_NAME", "가" * 101, "너무 깁니다"),
        ("PROJECT_BUDGET", "많이", "금액을 읽지 못했습니다"),
        ("PROJECT_MONTH", {"selected_date": "2027-05-31"}, "이미 지난 달입니다"),
        ("PROJECT_MONTH", {"selected_date": None}, "하나를 골라 주세요"),
        ("PROJECT_KIND", knocks.chosen("x"), "하나를 골라 주세요"),
        ("PROJECT_ITEMS", " \n…\n", "품목을 한 줄에 하나씩"),
        ("PROJECT_ITEMS", "", "품목을 한 줄에 하나씩"),
    ],
)
async def test_what_is_wrong_is_told_at_its_field(door: FrontDoor, field: str, value: object, sentence: str) -> None:
    told = json.loads(await register(door, **{field: value}))
    assert told["response_action"] == "errors"
    assert sentence in told["errors"][getattr(ids, field)]
    assert kept(door) == ()


async def test_nobody_else_sees_plans(door: FrontDoor) -> None:
    await register(door)
    (project,) = kept(door)
    for said in (await window(door, NEWCOMER), await review(door, project.id, NEWCOMER)):
        assert "한빛로" not in said
        assert "총괄 부서만 볼 수 있습니다" in said
    assert "한빛로 정비" in await window(door, OFFICE)
    assert "이 사업은 없습니다" in await review(door, 99, OFFICE)


async def test_the_form_offers_the_own_organisations_and_earlier_projects(door: FrontDoor) -> None:
    assert "아직 없습니다" in await window(door)
    await knocks.send(door, knocks.pressed(door, STAFF, ids.PROJECT_NEW))
    offered = json.dumps(door.form(STAFF).body, ensure_ascii=False)
    assert "길가꿈과" in offered
    assert ids.PROJECT_COPY not in offered, "there is nothing to copy yet"
    await register(door)
    await knocks.send(door, knocks.pressed(door, STAFF, ids.PROJECT_NEW))
    assert "한빛로 정비" in json.dumps(door.form(STAFF).body, ensure_ascii=False)


BILL = csv_text(
    ("설계내역서",),
    ("품명", "규격", "단위", "수량", "단가", "금액"),
    ("책자 인쇄", "A4", "부", "100", "20,000", "2,000,000"),
    ("현수막", "", "EA", "2", "", ""),
    ("감액", "", "식", "1", "", "-500"),
    ("합계", "", "", "", "", "2,000,000"),
)


async def send_bill(door: FrontDoor, content: bytes, *, key: str = "k1", **values: Any) -> str:
    file = door.driver.upload(STAFF, "내역서.csv", content)
    told = await register(door, key=key, PROJECT_FILE={"files": [{"id": file.id, "name": "내역서.csv"}]}, **values)
    await quiet(door)
    return told


async def test_a_bill_that_came_with_the_form_is_read_behind_the_answer(door: FrontDoor) -> None:
    assert "다 읽으면 DM으로 알려 드립니다" in await send_bill(door, BILL.encode())
    said = text_of(last(door))
    assert "사업을 등록했습니다 · 한빛로 정비 · 품목 2줄 · 2,000,000원" in said
    assert "금액이 없는 품목 1줄" in said
    assert "5행: 수량이나 금액이 0보다 작습니다(감액) — 감액" in said
    (project,) = kept(door)
    await door.driver.press(STAFF, last(door), ids.PROJECT_REVIEW)
    assert "책자 인쇄" in text_of(door.form(STAFF))
    await send_bill(door, BILL.encode())
    assert "두 번 등록하지 않았습니다" in last(door).text
    await send_bill(door, BILL.encode(), key="k2")
    assert "같은 이름의 사업이 이미 있습니다" in last(door).text
    assert kept(door) == (project,)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"%PDF-1.7", "읽을 수 있는 파일이 아닙니다"),
        (csv_text(("이름", "전화"), ("가", "나")).encode(), "설계내역서 파일인지 확인해 주세요"),
        (("품명,수량,금액\r\n" + "벤치,1,10\r\n" * 5_001).encode(), "5,000줄을 넘습니다"),
        (csv_text(("품명", "수량", "금액"), ("벤치", "1", "-10")).encode(), "넣을 수 있는 품목이 없습니다"),
    ],
)
async def test_a_bad_file_is_told_in_a_sentence_and_keeps_nothing(
    door: FrontDoor, content: bytes, sentence: str
) -> None:
    await send_bill(door, content)
    assert sentence in last(door).text
    assert "등록하지 않았습니다" in last(door).text
    assert kept(door) == ()


async def test_a_bill_for_a_foreign_organisation_is_turned_away(door: FrontDoor) -> None:
    foreign = knocks.chosen(door.organisation("arts").id)
    await send_bill(door, BILL.encode(), PROJECT_WHOSE=foreign)
    assert "이 부서의 사업은 등록하실 수 없습니다" in last(door).text
    assert kept(door) == ()


async def test_a_form_that_is_wrong_does_not_read_its_file(door: FrontDoor) -> None:
    assert "이미 지난 달입니다" in await send_bill(door, BILL.encode(), PROJECT_MONTH={"selected_date": "2027-05-31"})
    assert door.direct_messages(STAFF) == []


async def test_a_project_that_was_a_mistake_is_taken_out_once_and_may_come_again(door: FrontDoor) -> None:
    await register(door)
    (project,) = kept(door)
    await review(door, project.id)
    await door.driver.press(STAFF, door.form(STAFF), ids.PROJECT_REMOVE)
    await quiet(door)
    assert "‘한빛로 정비’ 사업과 품목 4줄을 지웠습니다" in text_of(door.form(STAFF))
    assert kept(door) == ()
    await knocks.send(door, knocks.pressed(door, STAFF, ids.PROJECT_REMOVE, str(project.id)))
    with door.toolkit.database.read() as tx:
        events = [entry.event for entry in audit.entries(tx, subject="projects")]
    assert events.count(AuditEvent.PROJECT_REMOVED) == 1
    assert "등록했습니다" in await register(door, key="k2")
    assert len(kept(door)) == 1


async def test_what_no_local_firm_offers_is_told_to_the_office_once_with_its_month(door: FrontDoor) -> None:
    await register(door)
    (project,) = kept(door)
    for said in ("발주 예정 달과 함께 올렸습니다: ‘드론 방제’", "두 번 세지 않았습니다"):
        await review(door, project.id)
        await door.driver.press(STAFF, door.form(STAFF), ids.PROJECT_MISSING)
        await quiet(door)
        assert said in text_of(door.form(STAFF))
    now = door.clock()
    listed = missing_list(door.toolkit, COMMAND_LINE, now - timedelta(days=30), now)
    assert isinstance(listed, MissingList)
    told = {word.word: word for word in listed.words}
    assert (told["드론 방제"].told, told["드론 방제"].needed_in) == (1, date(2027, 9, 1))
    assert "책자 인쇄" not in told
    await knocks.send(door, knocks.pressed(door, OFFICE, ids.MISSING_OPEN))
    assert "설계 사업 2027. 9. 발주 예정" in text_of(door.form(OFFICE))
