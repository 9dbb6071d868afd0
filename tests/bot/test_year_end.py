"""결산 at the front door: frozen, shown, objected to, settled, decided, announced; nothing without a press.

In the made-up city the months from February to October count; the clock is set to 2027-12-06 (Monday),
and objections are taken until 2027-12-10 (Friday; the 11th is a Saturday).
"""

import io
import json
from datetime import date, datetime, timedelta
from hashlib import sha256
from zipfile import ZipFile

import pytest
from hwpx import HwpxDocument
from python_calamine import CalamineWorkbook

from gwannae.actions.announcement import look_announcement, plan_announcement
from gwannae.actions.bonus_points import look_bonus_points, plan_bonus_points
from gwannae.actions.final_standings import plan_final
from gwannae.actions.preliminary_standings import look_preliminary, plan_preliminary
from gwannae.actions.year_end import recomputed
from gwannae.documents import evidence_pack
from gwannae.messages import bonus_points, ids, preliminary_standings
from gwannae.messages.objections import object_value
from gwannae.messages.year_end import release_value
from gwannae.programme.audit import AuditEvent
from gwannae.programme.awards import Decision
from gwannae.programme.ledger import PostKey, PostKind, Skip, SkipReason
from gwannae.programme.organisations import COMMAND_LINE, Role
from gwannae.programme.results import Stage, StoredResult
from gwannae.programme.verdict import Verdict
from gwannae.programme.year_end import Release
from gwannae.sandbox.shared_files import SharedFile
from gwannae.sandbox.values import OpenView
from gwannae.storage import affiliations, audit, purchases, results
from tests.bot import knocks
from tests.bot.clockwork import Clockwork
from tests.bot.test_outside_reasons import words_in
from tests.bot.test_purchase_export import files_of
from tests.builders import a_draft, a_judgement
from tests.front_door import LEAD, NEWCOMER, OFFICE, OTHER, ROADS, STAFF, TEAM, FrontDoor, text_of

DECEMBER = datetime(2027, 12, 6, 10, 0)  # noqa: DTZ001 - the zone is the clock's
YEAR = 2027


@pytest.fixture
def winter(door: FrontDoor) -> FrontDoor:
    """The award's months are over; two organisations have bought something."""
    door.clock.now = DECEMBER.replace(tzinfo=door.clock.now.tzinfo)
    bought(door, "roads", Verdict.LOCAL, 600_000)
    bought(door, "roads", Verdict.OUTSIDE, 400_000)
    bought(door, "arts", Verdict.LOCAL, 900_000)
    bought(door, "arts", Verdict.LOCAL, 300_000, day=date(2027, 1, 20))  # before the months that count
    return door


def bought(door: FrontDoor, code: str, verdict: Verdict, amount: int, day: date = date(2027, 6, 1)) -> int:
    number = len(every_title(door))
    draft = a_draft(
        form_key=f"Y{number}", organisation_id=door.organisation(code).id, amount=amount, contract_date=day,
        title=f"구매 {number}",
    )  # fmt: skip
    with door.toolkit.database.write() as tx:
        made = purchases.add(
            tx, draft, a_judgement(verdict=verdict), actor=COMMAND_LINE, self_declared=False, at=door.clock()
        )
    return made.id


def every_title(door: FrontDoor) -> list[str]:
    with door.toolkit.database.read() as tx:
        return [p.draft.title for p in purchases.recent_of(tx, "", COMMAND_LINE.user_id, 1000)]


def frozen(door: FrontDoor) -> tuple[StoredResult, ...]:
    with door.toolkit.database.read() as tx:
        return results.of_year(tx, YEAR)


def pack_of(file: SharedFile) -> dict[str, bytes]:
    """What a zip holds, by name, in its order."""
    assert file.content is not None
    with ZipFile(io.BytesIO(file.content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def hwpx_words(content: bytes) -> str:
    return str(HwpxDocument.open(io.BytesIO(content)).text.plain())


async def done(door: FrontDoor) -> None:
    await door.driver.settle()
    assert await door.desk.later.drain(5) == 0
    await door.driver.settle()


async def window(door: FrontDoor, user: str = OFFICE) -> OpenView:
    door.workspace.views.clear(user)
    await door.driver.command(user, ROADS, "/gwannae", "결산")
    return door.form(user)


async def press(door: FrontDoor, action: str, value: object, user: str = OFFICE) -> str:
    """A button pressed in the window; what the person sees after."""
    if door.workspace.views.top(user) is None:
        await window(door, user)
    view = door.form(user)
    payload = knocks.pressed(
        door, user, action, str(value), view=view.body | {"id": view.id, "hash": "1.x"},
        container={"type": "view", "view_id": view.id},
    )  # fmt: skip
    await knocks.send(door, payload)
    await done(door)
    return text_of(door.form(user))


async def freeze(door: FrontDoor, stage: Stage) -> str:
    door.workspace.views.clear(OFFICE)
    return await press(door, ids.YEAR_END_FREEZE, f"{YEAR}:{stage.value}")


async def let_out(door: FrontDoor, what: Release, number: int) -> str:
    door.workspace.views.clear(OFFICE)
    return await press(door, ids.YEAR_END_RELEASE, release_value(YEAR, what, number))


async def shown(door: FrontDoor) -> None:
    """A preliminary result is out; objections are taken to 2027-12-10."""
    assert "2027년 예비 결산(1차)를 만들었습니다" in await freeze(door, Stage.PRELIMINARY)
    assert "각 부서·기관에 자기 결과를 보냅니다" in await let_out(door, Release.PRELIMINARY, 1)


async def settled(door: FrontDoor) -> None:
    await shown(door)
    door.clock.now = door.clock.now.replace(day=13)
    assert "2027년 최종 결산(2차)를 만들었습니다" in await freeze(door, Stage.FINAL)


async def decide(door: FrontDoor, *, key: str = "d1", user: str = OFFICE, **values: object) -> object:
    memo = json.dumps({"k": key, "y": YEAR, "p": ["으뜸", "버금"]})
    fields = {
        ids.AWARD_DAY: {"selected_date": "2027-12-13"},
        f"{ids.AWARD_WINNER}-0": knocks.chosen(door.organisation("arts").id),
        ids.AWARD_REASON: "금액과 건수 모두 으뜸",
        ids.AWARD_MEMBERS: "위원장 외 4명",
    }
    reply = await knocks.send(door, knocks.submitted(door, user, ids.AWARD_VIEW, {**fields, **values}, memo))
    await done(door)
    return reply.json()


async def object_to(door: FrontDoor, sentence: str, *, user: str = LEAD, key: str = "o1") -> object:
    memo = {"k": key, "y": YEAR, "o": door.organisation("roads").id, "t": [ROADS, "1.5"]}
    fields = {ids.OBJECT_SENTENCE: sentence, ids.OBJECT_EVIDENCE: "계약 27-12"}
    payload = knocks.submitted(door, user, ids.OBJECT_VIEW, fields, json.dumps(memo))
    reply = await knocks.send(door, payload)
    await done(door)
    return reply.json()


# -- freezing -------------------------------------------------------------------------------------------------------


async def test_nothing_can_be_frozen_before_the_last_month_that_counts_is_over(door: FrontDoor) -> None:
    door.clock.now = DECEMBER.replace(month=10, day=31, tzinfo=door.clock.now.tzinfo)
    assert "2026년 결산" in text_of(await window(door))  # the year before is still the one to settle
    assert "집계 기간이 아직 끝나지 않았습니다" in await freeze(door, Stage.PRELIMINARY)
    assert frozen(door) == ()


async def test_a_preliminary_result_holds_the_months_that_count_and_every_organisation(winter: FrontDoor) -> None:
    assert "2027년 예비 결산(1차)를 만들었습니다" in await freeze(winter, Stage.PRELIMINARY)
    (stored,) = frozen(winter)
    assert (stored.result.first, stored.result.last) == (date(2027, 2, 1), date(2027, 10, 31))
    roads, arts = stored.result.of("roads"), stored.result.of("arts")
    assert roads is not None
    assert arts is not None
    assert (roads.rank, roads.total.local_amount, roads.total.outside_amount, roads.rows) == (2, 600_000, 400_000, 2)
    assert (arts.rank, arts.total.local_amount, arts.rows) == (1, 900_000, 1)
    assert {line.code for line in stored.result.lines} >= {"economy", "roads", "assembly", "arts", "transit"}
    shown = await press(winter, ids.YEAR_END_TABLE, f"{YEAR}:1")
    assert "2위 *길가꿈과* · 건수 50.0% (1/2) · 금액 60.0% (60/100만 원)" in shown
    assert stored.fingerprint in shown
    assert "2027. 12. 6.(월) 10:00에 만든 결과" in shown  # by the city's clock, not by the database's


async def test_the_same_rows_are_not_frozen_twice_and_other_rows_say_who_moved(winter: FrontDoor) -> None:
    await freeze(winter, Stage.PRELIMINARY)
    assert "그 사이 바뀐 것이 없거나" in await freeze(winter, Stage.PRELIMINARY)
    bought(winter, "roads", Verdict.LOCAL, 5_000_000)
    bought(winter, "arts", Verdict.OUTSIDE, 9_000_000)
    said = await freeze(winter, Stage.PRELIMINARY)
    assert "앞선 결산과 다른 곳" in said
    assert "(2위 → 1위)" in said
    assert [stored.number for stored in frozen(winter)] == [2, 1]


async def test_recomputing_gives_the_same_bytes_until_a_row_changes(winter: FrontDoor) -> None:
    await freeze(winter, Stage.PRELIMINARY)
    (again,) = recomputed(winter.toolkit, YEAR)
    assert again.same
    bought(winter, "roads", Verdict.UNCONFIRMED, 100_000)
    (changed,) = recomputed(winter.toolkit, YEAR)
    assert not changed.same
    assert [moved.code for moved in changed.changes] == ["roads"]
    assert changed.stored.content == frozen(winter)[0].content


# -- objections -----------------------------------------------------------------------------------------------------


async def test_a_lead_objects_in_the_channel_and_the_office_answers_once(winter: FrontDoor) -> None:
    await shown(winter)
    told = json.dumps(await object_to(winter, "안내판은 관내입니다"), ensure_ascii=False)
    assert "상생경제과에 이의를 보냈습니다" in told
    thread = [m for m in winter.workspace.messages.seen_by(LEAD, ROADS) if "안내판은 관내입니다" in m.text]
    assert len(thread) == 1
    assert "계약 27-12" in thread[0].text
    assert "안내판은 관내입니다" in winter.direct_messages(OFFICE)[-1].text
    for accepted, said in (("yes", "답했습니다."), ("no", "이미 답한 이의입니다")):
        fields = {ids.OBJECT_ACCEPTED: knocks.chosen(accepted), ids.OBJECT_ANSWER: "확인했습니다"}
        payload = knocks.submitted(winter, OFFICE, ids.OBJECT_ANSWER_VIEW, fields, "1")
        reply = await knocks.send(winter, payload)
        await done(winter)
        assert said in json.dumps(reply.json(), ensure_ascii=False)
    answers = [m.text for m in winter.workspace.messages.seen_by(LEAD, ROADS) if "이의를 받아들" in m.text]
    assert answers == ["길가꿈과의 이의를 받아들였습니다.\n확인했습니다"]


async def test_the_same_objection_twice_is_one_and_who_may_not_object_is_told_so(winter: FrontDoor) -> None:
    await shown(winter)
    await object_to(winter, "하나")
    assert "두 번 접수하지 않았습니다" in json.dumps(await object_to(winter, "하나"), ensure_ascii=False)
    assert "총괄 부서나 해당 부서 책임자만" in json.dumps(
        await object_to(winter, "둘", user=STAFF, key="o2"), ensure_ascii=False
    )
    assert "1건, 답하지 않은 것 1건" in text_of(await window(winter))


async def test_after_the_last_day_no_objection_is_taken(winter: FrontDoor) -> None:
    await shown(winter)
    winter.clock.now = winter.clock.now.replace(day=10)
    value = object_value(YEAR, winter.organisation("roads").id)
    await knocks.send(winter, knocks.pressed(winter, LEAD, ids.OBJECT_OPEN, value))
    assert "어느 부분이 다른가요" in text_of(winter.form(LEAD))
    winter.clock.now = winter.clock.now.replace(day=13)
    assert "2027. 12. 10.(금)까지 받았습니다" in json.dumps(await object_to(winter, "늦었습니다"), ensure_ascii=False)


async def test_an_empty_objection_is_refused_at_its_field(winter: FrontDoor) -> None:
    await shown(winter)
    assert await object_to(winter, "   ") == {
        "response_action": "errors",
        "errors": {ids.OBJECT_SENTENCE: "어느 부분이 다른지 적어 주세요."},
    }


# -- settling -------------------------------------------------------------------------------------------------------


async def test_a_year_is_settled_after_its_objections_and_not_before(winter: FrontDoor) -> None:
    assert "예비 결산을 각 부서에 보낸 뒤에" in await freeze(winter, Stage.FINAL)
    await shown(winter)
    await object_to(winter, "다릅니다")
    assert "2027. 12. 10.(금)까지 이의를 받고 있습니다" in await freeze(winter, Stage.FINAL)
    winter.clock.now = winter.clock.now.replace(day=13)
    assert "답하지 않은 이의가 1건" in await freeze(winter, Stage.FINAL)
    fields = {ids.OBJECT_ACCEPTED: knocks.chosen("no"), ids.OBJECT_ANSWER: "관외가 맞습니다"}
    await knocks.send(winter, knocks.submitted(winter, OFFICE, ids.OBJECT_ANSWER_VIEW, fields, "1"))
    assert "최종 결산(2차)를 만들었습니다" in await freeze(winter, Stage.FINAL)
    assert "이미 확정된 해입니다" in await freeze(winter, Stage.FINAL)
    assert "그 사이 바뀐 것이 없거나" in await freeze(winter, Stage.AMENDED)
    bought(winter, "roads", Verdict.LOCAL, 1_000_000)
    assert "정정 결산(3차)를 만들었습니다" in await freeze(winter, Stage.AMENDED)
    assert [stored.stage for stored in frozen(winter)] == [Stage.AMENDED, Stage.FINAL, Stage.PRELIMINARY]


async def test_what_went_out_does_not_go_out_again(winter: FrontDoor) -> None:
    await shown(winter)
    assert "두 번 보내지 않았습니다" in await let_out(winter, Release.PRELIMINARY, 1)
    bought(winter, "roads", Verdict.LOCAL, 1_000_000)
    await freeze(winter, Stage.PRELIMINARY)
    assert "각 부서·기관에 자기 결과를 보냅니다" in await let_out(winter, Release.PRELIMINARY, 2)
    assert "먼저 실무협의회의 결정을" in await let_out(winter, Release.ANNOUNCEMENT, 1)


async def test_nobody_but_the_office_opens_the_window(winter: FrontDoor) -> None:
    for user in (STAFF, LEAD, NEWCOMER):
        assert "총괄 부서만 할 수 있습니다" in text_of(await window(winter, user))


# -- the council and the planning office ----------------------------------------------------------------------------


async def test_the_decision_is_kept_and_announced_by_a_press_alone(winter: FrontDoor) -> None:
    await settled(winter)
    opened = await press(winter, ids.AWARD_OPEN, YEAR)
    assert "1위 햇님예술재단, 2위 길가꿈과" in opened
    told = json.dumps(await decide(winter), ensure_ascii=False)
    assert "심의 결과를 저장했습니다. 아직 발표하지 않았습니다." in told
    assert "두 번 저장하지 않았습니다" in json.dumps(await decide(winter), ensure_ascii=False)
    winter.workspace.views.clear(OFFICE)
    preview = await press(winter, ids.AWARD_PREVIEW, YEAR)
    assert "*2027년 지역상품 우선구매 우수부서*\n• *으뜸* 햇님예술재단\n금액과 건수 모두 으뜸" in preview
    assert "모든 채널에 발표합니다" in await let_out(winter, Release.ANNOUNCEMENT, 1)
    with winter.toolkit.database.read() as tx:
        events = [entry.event for entry in audit.entries(tx)]
    assert events.count(AuditEvent.AWARD_DECIDED) == 1
    assert events.count(AuditEvent.RESULT_RELEASED) == 2


async def test_a_wrong_decision_is_refused_at_its_fields(winter: FrontDoor) -> None:
    await settled(winter)
    roads = knocks.chosen(winter.organisation("roads").id)
    both = {f"{ids.AWARD_WINNER}-0": roads, f"{ids.AWARD_WINNER}-1": roads}
    refused = await decide(winter, **both, **{ids.AWARD_DAY: {"selected_date": "2027-12-14"}, ids.AWARD_MEMBERS: " "})
    assert refused == {
        "response_action": "errors",
        "errors": {
            ids.AWARD_DAY: "결정한 날이 오늘보다 뒤입니다.",
            ids.AWARD_MEMBERS: "참석한 위원을 적어 주세요.",
            f"{ids.AWARD_WINNER}-1": "같은 곳을 두 번 골랐습니다.",
        },
    }


async def test_there_is_nothing_to_decide_on_before_the_year_is_settled(winter: FrontDoor) -> None:
    await shown(winter)
    assert "먼저 결산을 확정해 주세요" in await press(winter, ids.AWARD_OPEN, YEAR)
    assert "먼저 결산을 확정해 주세요" in json.dumps(await decide(winter), ensure_ascii=False)


async def test_the_letter_is_a_draft_that_comes_to_the_office_as_text_and_as_a_file(winter: FrontDoor) -> None:
    await settled(winter)
    await decide(winter)
    winter.workspace.views.clear(OFFICE)
    await press(winter, ids.AWARD_LETTER, YEAR)
    told = next(m.text for m in winter.direct_messages(OFFICE) if "공문 초안" in m.text)
    for line in (
        "수신  수신자 참조",
        "제목  2027년 지역상품 우선구매 우수부서 선정 결과 알림",
        "  으뜸: 햇님예술재단",
        "3. 선정 사유: 금액과 건수 모두 으뜸  끝.",
        "상생경제과장",
    ):
        assert line in told, line
    (file,) = files_of(winter, OFFICE)
    assert file.name == "2027년_우수부서_선정_결과_알림.hwpx"
    assert words_in(file) in told.replace("\n\n\n", "\n").replace("\n\n", "\n"), "the same words in both"


async def test_certificates_come_as_one_file_with_a_page_for_each_winner(winter: FrontDoor) -> None:
    await settled(winter)
    await decide(winter, **{f"{ids.AWARD_WINNER}-1": knocks.chosen(winter.organisation("roads").id)})
    winter.workspace.views.clear(OFFICE)
    await press(winter, ids.AWARD_CERTIFICATES, YEAR)
    (file,) = files_of(winter, OFFICE)
    words = words_in(file)
    assert [words.count(word) for word in ("상       장", "으뜸", "버금", "햇님시장")] == [2, 1, 1, 2]


async def test_nobody_but_the_office_gets_the_drafts(winter: FrontDoor) -> None:
    await settled(winter)
    for action in (ids.AWARD_LETTER, ids.AWARD_CERTIFICATES):
        await knocks.send(winter, knocks.pressed(winter, OFFICE, action, str(YEAR)))
        await knocks.send(winter, knocks.pressed(winter, LEAD, action, str(YEAR)))
        await done(winter)
    assert any("먼저 실무협의회의 결정을" in m.text for m in winter.direct_messages(OFFICE))
    assert any("총괄 부서만 할 수 있습니다" in m.text for m in winter.direct_messages(LEAD))
    assert files_of(winter, OFFICE) == []
    assert files_of(winter, LEAD) == []


async def test_points_come_from_the_rank_by_the_citys_table_with_every_row_behind_them(winter: FrontDoor) -> None:
    await settled(winter)
    page = await press(winter, ids.BONUS_OPEN, YEAR)
    assert "햇님예술재단" in page
    assert "1.5점" in page
    assert "0.75점" in page
    assert "햇님시 성과관리 시행계획" in page
    await press(winter, ids.BONUS_FILE, YEAR)
    (file,) = files_of(winter, OFFICE)
    pack = pack_of(file)
    book = CalamineWorkbook.from_filelike(io.BytesIO(pack[evidence_pack.WORKBOOK]))
    assert book.sheet_names == ["가점", "산정 근거", "구매 내역"]
    points = book.get_sheet_by_name("가점").to_python()
    assert points[3][:6] == [1.0, "햇님예술재단", "1.5", 1.0, 1.0, "100.0%"]
    assert points[4][:9] == [2.0, "길가꿈과", "0.75", 1.0, 2.0, "50.0%", 600_000.0, 1_000_000.0, "60.0%"]
    rows = book.get_sheet_by_name("구매 내역").to_python()[3:]
    assert [row[1] for row in rows] == ["길가꿈과", "길가꿈과", "햇님예술재단"]
    basis = str(book.get_sheet_by_name("산정 근거").to_python())
    assert frozen(winter)[0].fingerprint in basis
    assert "없음(구매 내역이 결산 때와 같음)" in basis
    bought(winter, "roads", Verdict.LOCAL, 1_000_000)
    await press(winter, ids.BONUS_FILE, YEAR)
    later = pack_of(files_of(winter, OFFICE)[-1])
    book = CalamineWorkbook.from_filelike(io.BytesIO(later[evidence_pack.WORKBOOK]))
    assert ["결산 뒤 보고가 바뀐 곳", "길가꿈과"] in book.get_sheet_by_name("산정 근거").to_python()
    (since,) = json.loads(later[evidence_pack.SINCE])
    assert (since["code"], since["before"]["rows"], since["after"]["rows"]) == ("roads", 2, 3)


async def test_the_pack_holds_all_that_an_objection_asks_for_and_its_own_fingerprints(winter: FrontDoor) -> None:
    await settled(winter)
    await decide(winter)
    winter.workspace.views.clear(OFFICE)
    for _ in range(2):
        await press(winter, ids.BONUS_FILE, YEAR)
    first, second = (file.content for file in files_of(winter, OFFICE))
    assert first == second, "the same result and rows give the same bytes"
    pack = pack_of(files_of(winter, OFFICE)[0])
    told = dict(reversed(line.split("  ")) for line in pack.pop(evidence_pack.PRINTS).decode().splitlines())
    assert told == {name: sha256(content).hexdigest() for name, content in pack.items()}
    assert pack[evidence_pack.RESULT] == frozen(winter)[0].content
    assert json.loads(pack[evidence_pack.RULES])["bonus_points"]["source"].startswith("햇님시 성과관리 시행계획")
    assert json.loads(pack[evidence_pack.SINCE]) == []
    assert pack[evidence_pack.PICTURE].startswith(b"\x89PNG")
    text = pack[evidence_pack.SHEETS_TEXT].decode()
    assert [text.count(f"부서·기관: {name}") for name in ("햇님예술재단", "길가꿈과", "햇님교통공사")] == [1, 1, 1]
    sheets, summary = (hwpx_words(pack[name]) for name in (evidence_pack.SHEETS, evidence_pack.SUMMARY))
    assert sheets.count("지역상품 우선구매 가점 근거서") == 2, "those that get points"
    for word in ("60.0%", "1.5점", "2위 / 2", frozen(winter)[0].fingerprint):
        assert word in sheets, word
    assert "2027. 12. 13." in summary
    assert "50.0% (1/2)" in summary


async def test_the_planning_office_reads_the_points_and_a_lead_does_not(winter: FrontDoor) -> None:
    await settled(winter)
    with winter.toolkit.database.write() as tx:
        affiliations.add_affiliation(
            tx, TEAM, OTHER, winter.organisation("economy").id, Role.PLANNING,
            self_declared=False, since=winter.toolkit.today, by=COMMAND_LINE,
        )  # fmt: skip
    for user, seen in ((OTHER, "1.5점"), (LEAD, "총괄 부서만")):
        await knocks.send(winter, knocks.pressed(winter, user, ids.BONUS_OPEN, str(YEAR)))
        await done(winter)
        assert seen in text_of(winter.form(user))
    assert "성과 부서에 보내기" not in text_of(winter.form(OTHER))
    assert "성과 부서 담당자에게 가점과 근거를 보냅니다" in await let_out(winter, Release.BONUS_POINTS, 2)


# -- what the clock posts of it -------------------------------------------------------------------------------------


async def test_nothing_is_planned_before_a_press_and_each_organisations_own_line_after(winter: FrontDoor) -> None:
    toolkit, now = winter.toolkit, winter.clock
    await freeze(winter, Stage.PRELIMINARY)
    assert list(plan_preliminary(toolkit, now())) == []
    await let_out(winter, Release.PRELIMINARY, 1)
    planned = plan_preliminary(toolkit, now())
    assert {p.key.spelled for p in planned} >= {
        "preliminary_standings/2027/roads/channel/1",
        "preliminary_standings/2027/arts/channel/1",
    }
    assert {p.useful_until.isoformat() for p in planned} == {"2027-12-11T00:00:00+09:00"}
    roads = next(p.key for p in planned if p.key.organisation == "roads")
    found = look_preliminary(toolkit, roads, now())
    assert not isinstance(found, Skip)
    said = json.dumps(preliminary_standings.notice(found), ensure_ascii=False)
    assert "길가꿈과의 2027년 예비 결산* · 2위 / 2 · 건수 50.0% (1/2) · 금액 60.0% (60/100만 원)" in said
    assert "2027. 12. 10.(금)까지 알려 주세요" in said
    assert "햇님예술재단" not in said
    winter.clock.now = now().replace(day=13)
    assert list(plan_preliminary(toolkit, now())) == []


async def test_an_older_preliminary_result_is_not_sent_after_a_newer_one(winter: FrontDoor) -> None:
    await shown(winter)
    (key,) = [p.key for p in plan_preliminary(winter.toolkit, winter.clock()) if p.key.organisation == "roads"]
    bought(winter, "roads", Verdict.LOCAL, 1_000_000)
    await freeze(winter, Stage.PRELIMINARY)
    await let_out(winter, Release.PRELIMINARY, 2)
    assert look_preliminary(winter.toolkit, key, winter.clock()) == Skip(SkipReason.NOTHING_OWED)


async def test_the_settled_result_goes_to_each_organisation_alone_once_and_after_a_press(winter: FrontDoor) -> None:
    await shown(winter)
    assert "먼저 결산을 확정해 주세요" in await let_out(winter, Release.FINAL, 2)
    winter.clock.now = winter.clock.now.replace(day=13)
    bought(winter, "roads", Verdict.LOCAL, 3_000_000)
    page = await freeze(winter, Stage.FINAL)
    assert "*3. 최종 결산* · 2027년 최종 결산(2차) · 아직 보내지 않았습니다." in page
    clock = Clockwork(winter, [PostKind.FINAL_STANDINGS])
    await clock.at("2027-12-14T10:00")
    assert clock.channel(ROADS) == []
    page = await let_out(winter, Release.FINAL, 2)
    assert "각 부서·기관에 자기 확정 결과를 보냅니다" in page
    assert "*3. 최종 결산* · 2027년 최종 결산(2차) · 각 부서에 보냈습니다." in page
    assert "두 번 보내지 않았습니다" in await let_out(winter, Release.FINAL, 2)
    for moment in ("2027-12-14T10:01", "2027-12-14T10:02", "2027-12-20T10:00"):
        await clock.at(moment)
        (post,) = clock.channel(ROADS)
        assert post.text.startswith(
            "길가꿈과의 2027년 최종 결산 · 2위 / 2 · 건수 66.7% (2/3) · 금액 90.0% (360/400만 원)"
        )
        assert "먼저 보여 드린 결과와 건수나 금액이 다릅니다." in post.text
        assert "햇님예술재단" not in text_of(post)
    assert clock.state_of(PostKey(PostKind.FINAL_STANDINGS, "2027", "arts", "channel", 2)) == "skipped:no_slack"
    assert clock.sum_holds()


async def test_a_corrected_result_is_another_post_and_says_what_moved(winter: FrontDoor) -> None:
    await settled(winter)
    await let_out(winter, Release.FINAL, 2)
    clock = Clockwork(winter, [PostKind.FINAL_STANDINGS])
    await clock.at("2027-12-13T10:01")
    (first,) = clock.channel(ROADS)
    assert "먼저 보여 드린 결과와 같습니다." in first.text
    bought(winter, "arts", Verdict.OUTSIDE, 5_000_000)
    assert "정정 결산(3차)를 만들었습니다" in await freeze(winter, Stage.AMENDED)
    await clock.at("2027-12-14T10:00")
    assert len(clock.channel(ROADS)) == 1
    assert "그 사이 바뀐 것이 없거나 더 새로운 결과가 있습니다" in await let_out(winter, Release.FINAL, 1)
    await let_out(winter, Release.FINAL, 3)
    await clock.at("2027-12-14T10:01")
    _, second = clock.channel(ROADS)
    assert second.text.startswith("길가꿈과의 2027년 정정 결산 · 1위 / 2")
    assert "먼저 보여 드린 결과와 다릅니다: 2위 → 1위." in second.text
    assert "확정된 결과를 다시 바로잡은 것입니다." in text_of(second)


async def test_the_settled_result_of_a_bot_that_was_away_for_weeks_is_not_sent(winter: FrontDoor) -> None:
    await settled(winter)
    await let_out(winter, Release.FINAL, 2)
    assert plan_final(winter.toolkit, winter.clock())
    assert list(plan_final(winter.toolkit, winter.clock() + timedelta(days=14))) == []


async def test_the_announcement_is_for_every_channel_and_only_the_decision_that_holds(winter: FrontDoor) -> None:
    await settled(winter)
    await decide(winter)
    assert list(plan_announcement(winter.toolkit, winter.clock())) == []
    await let_out(winter, Release.ANNOUNCEMENT, 1)
    planned = plan_announcement(winter.toolkit, winter.clock())
    assert sorted(p.key.organisation for p in planned) == ["arts", "assembly", "economy", "roads", "transit"]
    decision = look_announcement(winter.toolkit, planned[0].key, winter.clock())
    assert isinstance(decision, Decision)
    await decide(winter, key="d2", **{f"{ids.AWARD_WINNER}-0": knocks.chosen(winter.organisation("roads").id)})
    assert look_announcement(winter.toolkit, planned[0].key, winter.clock()) == Skip(SkipReason.NOTHING_OWED)


async def test_the_points_go_to_the_planning_office_alone(winter: FrontDoor) -> None:
    await settled(winter)
    with winter.toolkit.database.write() as tx:
        affiliations.add_affiliation(
            tx, TEAM, OTHER, winter.organisation("economy").id, Role.PLANNING,
            self_declared=False, since=winter.toolkit.today, by=COMMAND_LINE,
        )  # fmt: skip
    await let_out(winter, Release.BONUS_POINTS, 2)
    (planned,) = plan_bonus_points(winter.toolkit, winter.clock())
    assert planned.key.spelled == f"bonus_points/2027//person:{OTHER}/2"
    sheet = look_bonus_points(winter.toolkit, planned.key, winter.clock())
    assert not isinstance(sheet, Skip)
    assert "1.5점 · 햇님예술재단 · 1위 / 2" in str(bonus_points.for_planning(sheet)["text"])


async def test_what_goes_out_after_the_calendars_last_day_of_objections_has_days_of_its_own(winter: FrontDoor) -> None:
    winter.clock.now = winter.clock.now.replace(day=20)
    await freeze(winter, Stage.PRELIMINARY)
    assert "2027. 12. 27.(월)까지 이의를 받습니다" in await let_out(winter, Release.PRELIMINARY, 1)


async def test_a_press_at_night_is_posted_in_the_next_window(winter: FrontDoor) -> None:
    winter.clock.now = winter.clock.now.replace(hour=20)
    await freeze(winter, Stage.PRELIMINARY)
    await let_out(winter, Release.PRELIMINARY, 1)
    due = {planned.due.isoformat() for planned in plan_preliminary(winter.toolkit, winter.clock())}
    assert due == {"2027-12-07T10:00:00+09:00"}
