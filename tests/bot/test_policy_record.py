"""정책실명제 사업내역서 at the front door: written by the office, filled with what happened, printed."""

import json
from datetime import date
from pathlib import Path

from gwannae.messages import ids
from gwannae.messages.policy_record import text_block
from gwannae.programme.annual_plan import AnnualPlan
from gwannae.programme.audit import AuditEvent
from gwannae.programme.organisations import COMMAND_LINE
from gwannae.programme.policy_record import RecordField
from gwannae.storage import annual_plans, audit, policy_record
from tests.bot import knocks
from tests.bot.command_line import CommandLine
from tests.bot.test_council import add_member, hold_meeting, members
from tests.bot.test_outside_reasons import words_in
from tests.bot.test_purchase_export import files_of
from tests.bot.test_year_end import decide, done, settled, winter
from tests.front_door import LEAD, NEWCOMER, OFFICE, ROADS, STAFF, FrontDoor, text_of

__all__ = ["winter"]  # a fixture
YEAR = 2027


async def keep(door: FrontDoor, *, user: str = OFFICE, key: str = "r1", **texts: str) -> str:
    told = {"name": "지역상품 우선구매", "people": "국장, 과장", **texts}
    fields = {text_block(field): told.get(field.value, "") for field in RecordField}
    memo = json.dumps({"k": key, "y": YEAR})
    reply = await knocks.send(door, knocks.submitted(door, user, ids.RECORD_VIEW, fields, memo))
    return json.dumps(reply.json(), ensure_ascii=False)


async def file(door: FrontDoor, user: str = OFFICE) -> str:
    await knocks.send(door, knocks.pressed(door, user, ids.RECORD_FILE, str(YEAR)))
    await done(door)
    return "\n".join(m.text for m in door.direct_messages(user))


async def test_the_record_is_written_and_comes_as_text_and_as_a_file(door: FrontDoor) -> None:
    assert "저장했습니다" in await keep(door, doings="2027. 1. 11. 추진계획 결재 / 경제국장")
    assert "두 번 저장하지 않았습니다" in await keep(door)
    await add_member(door, "소관과장")
    await hold_meeting(door, [members(door)[0].id])
    said = await file(door)
    (made,) = files_of(door, OFFICE)
    assert made.name == "정책실명제_사업내역서_2027.hwpx"
    words = words_in(made)
    for part in ("정책사업명", "지역상품 우선구매", "사업부서", "상생경제과", "국장, 과장", "선정기준", "적지 않음"):
        assert part in words, part
    assert words.index("추진계획 결재") < words.index("실무협의회 개최")
    assert "2027. 1. 11.(월) | 추진계획 결재 | 경제국장" in said
    assert "2027. 6. 14.(월) | 실무협의회 개최 | 소관과장" in said
    with door.toolkit.database.read() as tx:
        assert [e.event for e in audit.entries(tx)].count(AuditEvent.RECORD_KEPT) == 1


async def test_a_later_wording_replaces_and_the_form_shows_it(door: FrontDoor) -> None:
    await keep(door)
    await keep(door, key="r2", name="고친 이름")
    await door.driver.command(OFFICE, ROADS, "/gwannae", "정책실명제")
    view = door.form(OFFICE)
    initial = {b["block_id"]: b["element"].get("initial_value") for b in view.blocks if b["type"] == "input"}
    assert initial[text_block(RecordField.NAME)] == "고친 이름"
    with door.toolkit.database.read() as tx:
        latest = policy_record.latest(tx, YEAR)
    assert latest is not None
    assert latest.number == 2


async def test_what_the_year_end_did_stands_in_it(winter: FrontDoor) -> None:
    await settled(winter)
    await decide(winter)
    said = await file(winter)
    assert "예비 결산 통지" in said
    assert "우수부서 선정: 으뜸 햇님예술재단 | 위원장 외 4명" in said


async def test_an_approved_plan_stands_in_it_with_who_approved_it(door: FrontDoor) -> None:
    plan = AnnualPlan(
        YEAR, ("관내 비율 70%",), document="상생경제과-12", approved_on=date(2027, 1, 11), people=("경제국장",)
    )
    with door.toolkit.database.write() as tx:
        assert annual_plans.add(tx, 1, plan, (), by=COMMAND_LINE, at=door.clock())
    assert "2027. 1. 11.(월) | 추진계획 결재: 상생경제과-12 | 경제국장" in await file(door)


async def test_a_wrong_form_is_refused_at_its_field(door: FrontDoor) -> None:
    assert "정책사업명을 적어 주세요" in await keep(door, name=" \u200b ")
    assert "2번째 줄의 날짜를 읽지 못했습니다" in await keep(door, doings="2027. 1. 11. 결재\n회의")
    with door.toolkit.database.read() as tx:
        assert policy_record.latest(tx, YEAR) is None


async def test_nobody_but_the_office_writes_or_reads_it(door: FrontDoor) -> None:
    for user in (STAFF, LEAD, NEWCOMER):
        await door.driver.command(user, ROADS, "/gwannae", "사업내역서")
        assert "총괄 부서만 할 수 있습니다" in text_of(door.form(user))
        door.workspace.views.clear(user)
        assert "총괄 부서만 할 수 있습니다" in await keep(door, user=user)
        assert "총괄 부서만 할 수 있습니다" in await file(door, user)
        assert files_of(door, user) == []


async def test_the_record_on_postgresql(postgres_door: FrontDoor) -> None:
    await keep(postgres_door)
    await file(postgres_door)
    assert "지역상품 우선구매" in words_in(files_of(postgres_door, OFFICE)[0])


def test_the_command_line_prints_it_and_makes_the_file(sqlite_file: Path, tmp_path: Path) -> None:
    run = CommandLine(f"sqlite:///{sqlite_file}")
    printed = run("record", "--year", "2027")
    assert printed.code == 0
    assert "정책사업명: 적지 않음" in printed.out
    target = tmp_path / "내역서.hwpx"
    assert run("record", "--year", "2027", "--out", str(target)).code == 0
    assert target.read_bytes()[:2] == b"PK"
    assert run("record", "--year", "2027", "--out", str(target)).code == 2
