"""연초 안내 at the front door: the office looks, tries, lets out, stops; what an organisation reads, and its buttons.

The made-up city's guidance of 2027 goes out on the third working day of January, 2027-01-06 (Wednesday).
"""

import asyncio
from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any
from zipfile import ZipFile
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from sqlalchemy import text as sql

from gwannae.actions.guidance_posts import look_guidance, plan_guidance
from gwannae.messages import guidance_desk as say
from gwannae.messages import ids
from gwannae.messages.guidance import guidance
from gwannae.programme.audit import AuditEvent
from gwannae.programme.guidance import DraftReady, Guidance, GuidanceRelease, GuidanceState
from gwannae.programme.ledger import PostKey, PostKind, Skip, SkipReason, Wait
from gwannae.programme.missing import MissingState
from gwannae.programme.organisations import COMMAND_LINE
from gwannae.programme.purchases import PurchaseKind
from gwannae.programme.verdict import Verdict
from gwannae.sandbox.values import Message, OpenView
from gwannae.storage import audit, missing_words, organisations, purchases
from gwannae.storage import guidance as store
from tests.bot import knocks
from tests.builders import a_draft, a_judgement
from tests.front_door import LEAD, OFFICE, ROADS, STAFF, FrontDoor, text_of

JANUARY = datetime(2027, 1, 4, 10, 0, tzinfo=ZoneInfo("Asia/Seoul"))
ROADS_POST = PostKey(PostKind.GUIDANCE, "2027", "roads", "channel")
DRAFT_POST = PostKey(PostKind.GUIDANCE, "2027", "", "office")


@pytest.fixture(autouse=True)
def in_january(door: FrontDoor) -> None:
    """The office works on the guidance on Monday 2027-01-04, and was the office before."""
    door.clock.now = JANUARY
    with door.toolkit.database.write() as tx:
        tx.execute(sql("UPDATE affiliations SET since = '2026-01-05'"))


def release(door: FrontDoor, year: int = 2027) -> GuidanceRelease:
    with door.toolkit.database.read() as tx:
        return store.release(tx, year)


async def done(door: FrontDoor) -> None:
    await door.driver.settle()
    assert await door.desk.later.drain(10) == 0
    await door.driver.settle()


async def desk(door: FrontDoor, user: str = OFFICE) -> OpenView:
    door.workspace.views.clear(user)
    await door.driver.command(user, ROADS, "/gwannae", "안내")
    return door.form(user)


async def pressed(door: FrontDoor, action: str, user: str = OFFICE) -> str:
    await door.driver.press(user, door.form(user), action)
    await done(door)
    return text_of(door.form(user))


def value(door: FrontDoor, version: int, code: str = "roads") -> str:
    return f"2027:{version}:{door.organisation(code).id}"


def looked(door: FrontDoor, key: PostKey = ROADS_POST) -> Any:
    return look_guidance(door.toolkit, key, door.clock())


def bought(door: FrontDoor, day: date, kind: PurchaseKind, verdict: Verdict, amount: int) -> None:
    draft = a_draft(organisation_id=door.organisation("roads").id, contract_date=day, kind=kind, amount=amount)
    with door.toolkit.database.write() as tx:
        purchases.add(tx, draft, a_judgement(verdict=verdict), actor=COMMAND_LINE, self_declared=False, at=door.clock())


def last_year(door: FrontDoor) -> None:
    """Two of three goods outside, one service inside."""
    for day, kind, verdict, amount in (
        (date(2026, 3, 3), PurchaseKind.GOODS, Verdict.LOCAL, 1_000_000),
        (date(2026, 4, 3), PurchaseKind.GOODS, Verdict.OUTSIDE, 2_000_000),
        (date(2026, 5, 3), PurchaseKind.GOODS, Verdict.OUTSIDE, 3_000_000),
        (date(2026, 6, 3), PurchaseKind.SERVICES, Verdict.LOCAL, 4_000_000),
        (date(2025, 6, 3), PurchaseKind.SERVICES, Verdict.LOCAL, 90_000_000),
    ):
        bought(door, day, kind, verdict, amount)


def events(door: FrontDoor, *kinds: AuditEvent) -> list[AuditEvent]:
    with door.toolkit.database.read() as tx:
        return [e.event for e in audit.entries(tx, limit=500) if e.event in kinds]


async def files_of(door: FrontDoor, user: str) -> list[tuple[Message, bytes]]:
    return [(m, file.content) for m in door.direct_messages(user) for file in m.files if file.content is not None]


# -- what is read ---------------------------------------------------------------------------------------------------


async def test_an_organisation_reads_its_own_figures_the_rules_and_what_is_new(door: FrontDoor) -> None:
    last_year(door)
    with door.toolkit.database.write() as tx:
        missing_words.count(tx, "드론 방제", "드론방제", date(2026, 8, 3))
        missing_words.mark(tx, "드론방제", MissingState.SOLVED, COMMAND_LINE, door.clock())
    await desk(door)
    await pressed(door, ids.GUIDANCE_RELEASE)
    found = looked(door)
    assert isinstance(found, Guidance)
    said = guidance(found)
    text = "\n".join(b["text"]["text"] for b in said["blocks"] if b["type"] == "section")
    assert "*2027년 지역상품 우선구매를 시작합니다*" in text
    assert "길가꿈과 지난해: 건수 50.0% (2/4) · 금액 50.0% (500/1,000만 원)" in text
    assert "물품이 가장 낮았습니다(건수 33.3% (1/3))" in text
    assert "물품: 건수 33.3% (1/3)" in text
    assert "용역: 건수 100.0% (1/1)" in text
    assert [line for line in text.splitlines() if line[:2] in ("1.", "2.", "3.", "4.", "5.")].__len__() == 5
    assert "매달 20일까지 구매를 보고하고" in text
    assert "50만 원 이상 관외 구매에는 사유를 적습니다" in text or "500,000원 이상 관외 구매에는" in text
    assert "관내 기준: 2027. 1. 1.부터" in text
    assert "찾으셨지만 없던 것을 찾았습니다: 드론 방제" in text
    labels = [e["text"]["text"] for b in said["blocks"] for e in b.get("elements", ()) if e.get("type") == "button"]
    assert labels == ["업체 찾기", "구매 보고", "담당자 확인", "업체 목록 받기", "무엇이 집계되나요"]
    assert "9,000" not in text, "the year before last is nobody's business here"


async def test_who_bought_nothing_last_year_is_told_so(door: FrontDoor) -> None:
    assert "길가꿈과 지난해: 보고된 구매가 없습니다." in text_of(await desk_of(door, "roads"))


async def desk_of(door: FrontDoor, code: str) -> OpenView:
    view = await desk(door)
    await door.driver.choose(OFFICE, view, ids.GUIDANCE_ORGANISATION, str(door.organisation(code).id))
    await done(door)
    return door.form(OFFICE)


# -- the office's hand ----------------------------------------------------------------------------------------------


async def test_nothing_goes_out_before_the_office_presses(door: FrontDoor) -> None:
    planned = plan_guidance(door.toolkit, door.clock())
    assert [p.key for p in planned] == [DRAFT_POST]
    assert looked(door, DRAFT_POST) == DraftReady(2027, 1, 4)
    assert isinstance(looked(door), Wait)
    shown = text_of(await desk(door))
    assert "*2027년 안내* · 초안" in shown
    assert "채널로 보낼 곳 1 · 채널이 없어 공문으로 보낼 곳 4" in shown
    assert "나가는 때: 2027. 1. 6.(수) 10:00부터" in shown


async def test_the_draft_reaches_the_office_three_working_days_before(door: FrontDoor) -> None:
    door.clock.now = datetime(2026, 12, 28, 10, 0, tzinfo=door.toolkit.city.zone)
    assert [p.due.date().isoformat() for p in plan_guidance(door.toolkit, door.clock())] == ["2026-12-31"]
    draft = say.timed(DraftReady(2027, 1, 4))
    client = door.desk.workspaces.patient(door.workspace.team_id)
    await client.chat_postMessage(channel=OFFICE, **draft)
    await door.driver.press(OFFICE, door.direct_messages(OFFICE)[-1], ids.GUIDANCE_OPEN)
    assert "*2027년 안내* · 초안" in text_of(door.form(OFFICE))


async def test_one_press_lets_it_out_and_it_is_written_down_who(door: FrontDoor) -> None:
    await desk(door)
    assert "안내를 내보냅니다" in await pressed(door, ids.GUIDANCE_RELEASE)
    assert release(door).state is GuidanceState.GOING_OUT
    assert release(door).user_id == OFFICE
    planned = plan_guidance(door.toolkit, door.clock())
    assert {p.key.organisation for p in planned} == {"economy", "roads", "assembly", "arts", "transit"}
    assert {p.due.isoformat() for p in planned} == {"2027-01-06T10:00:00+09:00"}
    assert looked(door, DRAFT_POST) == Skip(SkipReason.NOTHING_OWED)
    assert events(door, AuditEvent.GUIDANCE_RELEASED) == [AuditEvent.GUIDANCE_RELEASED]


async def test_a_directory_that_cannot_be_sent_holds_the_guidance_up_for_some_minutes_only(door: FrontDoor) -> None:
    door.workspace.faults.add("upload", kind="http_500")
    await desk(door)
    await pressed(door, ids.GUIDANCE_RELEASE)
    assert say.DIRECTORY_NOT_ATTACHED in door.direct_messages(OFFICE)[-1].text
    assert isinstance(looked(door), Wait)
    door.clock.now += timedelta(minutes=6)
    found = looked(door)
    assert isinstance(found, Guidance)
    assert "관내 업체 목록.xlsx" not in str(guidance(found)["blocks"])


async def test_stopped_under_way_what_is_left_waits_and_goes_on_after(door: FrontDoor) -> None:
    await desk(door)
    await pressed(door, ids.GUIDANCE_RELEASE)
    assert "멈추었습니다" in await pressed(door, ids.GUIDANCE_STOP)
    assert isinstance(looked(door), Wait)
    assert "안내를 내보냅니다" in await pressed(door, ids.GUIDANCE_RELEASE)
    assert isinstance(looked(door), Guidance)
    assert len(events(door, AuditEvent.GUIDANCE_RELEASED, AuditEvent.GUIDANCE_STOPPED)) == 3


async def test_twenty_presses_let_it_out_once(door: FrontDoor) -> None:
    payloads = [knocks.pressed(door, OFFICE, ids.GUIDANCE_RELEASE, value(door, 0)) for _ in range(20)]
    await asyncio.gather(*(knocks.send(door, payload) for payload in payloads))
    await done(door)
    assert release(door).version == 1
    assert len(events(door, AuditEvent.GUIDANCE_RELEASED)) == 1


async def test_what_somebody_else_has_changed_meanwhile_is_not_let_out_unseen(door: FrontDoor) -> None:
    await desk(door)
    await door.driver.submit(OFFICE, {ids.GUIDANCE_NOTE: "올해는 인쇄물을 먼저 봐 주세요."})
    await done(door)
    await knocks.send(door, knocks.pressed(door, OFFICE, ids.GUIDANCE_RELEASE, value(door, 0)))
    await done(door)
    assert release(door).state is GuidanceState.DRAFT
    assert "그 사이 다른 분이 바꾸어" in door.direct_messages(OFFICE)[-1].text


async def test_the_offices_own_words_stand_at_the_end_and_cannot_ring_the_channel(door: FrontDoor) -> None:
    await desk(door)
    await door.driver.submit(OFFICE, {ids.GUIDANCE_NOTE: "<!channel> 꼭 읽어 주세요 & 문의"})
    await done(door)
    shown = text_of(door.form(OFFICE))
    assert "*상생경제과에서*\n&lt;!channel&gt; 꼭 읽어 주세요 &amp; 문의" in shown
    await pressed(door, ids.GUIDANCE_RELEASE)
    assert all(b["type"] != "input" for b in door.form(OFFICE).blocks), "on its way it stays as it was read"


async def test_any_organisation_can_be_looked_at_and_one_tried_on_oneself(door: FrontDoor) -> None:
    view = await desk_of(door, "arts")
    assert "햇님예술재단 지난해" in text_of(view)
    shown = await pressed(door, ids.GUIDANCE_TRY)
    assert "시험으로 한 통을 나에게 보냈습니다" in shown
    tried = door.direct_messages(OFFICE)[-1]
    assert "햇님예술재단 지난해" in text_of(tried)
    assert "시험으로 나에게만 보낸 것입니다." in text_of(tried)
    assert release(door).state is GuidanceState.DRAFT
    assert door.workspace.messages.in_channel(ROADS) == []


@pytest.mark.parametrize("user", [STAFF, LEAD])
async def test_nobody_but_the_office_sees_or_moves_it(door: FrontDoor, user: str) -> None:
    assert "총괄 부서만 할 수 있습니다" in text_of(await desk(door, user))
    for action in (ids.GUIDANCE_RELEASE, ids.GUIDANCE_STOP, ids.GUIDANCE_TRY, ids.GUIDANCE_LETTERS):
        await knocks.send(door, knocks.pressed(door, user, action, value(door, 0)))
        await done(door)
    assert release(door).version == 0
    assert all("지난해" not in text_of(m) for m in door.direct_messages(user))
    assert len(events(door, AuditEvent.REFUSED)) >= 5


@pytest.mark.parametrize("nobodys", ["", "x", "2027", "2027:0:999", "9999999:0:1", "0:0:0", "；:；:；"])
@pytest.mark.parametrize("action", [ids.GUIDANCE_RELEASE, ids.GUIDANCE_STOP, ids.GUIDANCE_TRY, ids.GUIDANCE_LETTERS])
async def test_values_that_are_nobodys_are_answered_in_words(door: FrontDoor, action: str, nobodys: str) -> None:
    before = len(door.direct_messages(OFFICE))
    await knocks.send(door, knocks.pressed(door, OFFICE, action, nobodys))
    await done(door)
    told = [text_of(m) for m in door.direct_messages(OFFICE)[before:]]
    assert told
    assert not any("문의 번호" in text for text in told)


# -- files and buttons ----------------------------------------------------------------------------------------------


async def test_anybody_gets_todays_directory_as_a_workbook(door: FrontDoor) -> None:
    await knocks.send(door, knocks.pressed(door, STAFF, ids.GUIDANCE_FILE))
    await done(door)
    ((message, content),) = await files_of(door, STAFF)
    assert message.files[0].name == "관내업체목록_20270104.xlsx"
    book = openpyxl.load_workbook(BytesIO(content))
    assert book.sheetnames[:2] == ["업체 목록", "업종별"]
    names = [row[3].value for row in book["업체 목록"].iter_rows(min_row=4)]
    assert "가온인쇄" in names
    assert "먼데인쇄" not in names, "it is outside"
    assert f"관내 업체 {len(names):,}곳입니다" in message.text


async def test_who_has_no_channel_gets_a_letter_drafted(door: FrontDoor) -> None:
    last_year(door)
    await desk(door)
    assert "공문 초안을 만들고 있습니다" in await pressed(door, ids.GUIDANCE_LETTERS)
    files = await files_of(door, OFFICE)
    assert [m.files[0].name for m, _ in files] == [
        f"우선구매안내_2027_{code}.hwpx" for code in ("economy", "transit", "assembly", "arts")
    ]
    with ZipFile(BytesIO(files[-1][1])) as hwpx:
        text = "".join(hwpx.read(name).decode() for name in hwpx.namelist() if name.endswith(".xml"))
    assert "햇님예술재단" in text
    assert "붙임  관내 업체 목록 1부.  끝." in text
    assert "[실적 없음]" not in text, "there is no button on paper"
    assert events(door, AuditEvent.GUIDANCE_LETTERS) == [AuditEvent.GUIDANCE_LETTERS]


async def test_where_everybody_has_a_channel_there_is_no_letter_to_draft(door: FrontDoor) -> None:
    with door.toolkit.database.write() as tx:
        for at, organisation in enumerate(organisations.unlinked(tx)):
            organisations.link_channel(tx, organisation.id, "T", f"C{at}", by=COMMAND_LINE, at=door.clock())
    await knocks.send(door, knocks.pressed(door, OFFICE, ids.GUIDANCE_LETTERS, value(door, 0)))
    await done(door)
    assert say.LETTERS_NONE in door.direct_messages(OFFICE)[-1].text


async def test_from_the_guidance_one_looks_for_a_firm(door: FrontDoor) -> None:
    await knocks.send(door, knocks.pressed(door, STAFF, ids.GUIDANCE_FIND))
    assert door.form(STAFF).body["callback_id"] == ids.GUIDANCE_FIND_VIEW
    await door.driver.submit(STAFF, {ids.GUIDANCE_WORDS: "현수막"})
    await done(door)
    assert "현수막" in text_of(door.direct_messages(STAFF)[-1])


async def test_from_the_guidance_staff_see_who_acts_for_them_and_a_lead_may_change_it(door: FrontDoor) -> None:
    roads = str(door.organisation("roads").id)
    await knocks.send(door, knocks.pressed(door, STAFF, ids.CONTACTS_OPEN, roads))
    shown = text_of(door.form(STAFF))
    assert f"*길가꿈과의 담당*\n• 부서 책임자 <@{LEAD}>\n• 담당자 <@{STAFF}>" in shown
    assert "담당자 바꾸기" not in shown
    await knocks.send(door, knocks.pressed(door, LEAD, ids.CONTACTS_OPEN, roads))
    await door.driver.press(LEAD, door.form(LEAD), ids.LEAD_OPEN)
    assert door.form(LEAD).body["callback_id"] == ids.LEAD_VIEW
    await knocks.send(door, knocks.pressed(door, STAFF, ids.CONTACTS_OPEN, str(door.organisation("arts").id)))
    assert "아직 정해진 사람이 없습니다" in text_of(door.form(STAFF))
    for value in ("", "x", "999"):
        await knocks.send(door, knocks.pressed(door, STAFF, ids.CONTACTS_OPEN, value))
        assert "없어졌거나" in text_of(door.form(STAFF))


async def test_an_organisation_that_takes_part_no_more_is_skipped(door: FrontDoor) -> None:
    with door.toolkit.database.write() as tx:
        organisations.set_active(tx, door.organisation("roads").id, active=False)
    assert looked(door) == Skip(SkipReason.ORGANISATION_GONE)


@pytest.mark.parametrize(
    ("day", "year"),
    [
        ("2027-03-01", 2027),  # it is of no use any more
        ("2027-12-06", 2028),  # nobody has confirmed the holidays of 2028
    ],
)
async def test_what_could_not_go_out_has_no_button_and_an_old_one_does_nothing(
    door: FrontDoor, day: str, year: int
) -> None:
    door.clock.now = datetime.fromisoformat(f"{day}T10:00").replace(tzinfo=door.toolkit.city.zone)
    view = await desk(door)
    assert say.NOT_ITS_TIME in text_of(view)
    assert ids.GUIDANCE_RELEASE not in str(view.blocks)
    roads = door.organisation("roads").id
    await knocks.send(door, knocks.pressed(door, OFFICE, ids.GUIDANCE_RELEASE, f"{year}:0:{roads}"))
    await done(door)
    assert "지금 내보낼 수 없습니다" in door.direct_messages(OFFICE)[-1].text
    assert release(door, year).state is GuidanceState.DRAFT


@pytest.mark.parametrize(
    ("day", "year"),
    [("2026-10-31", 2026), ("2026-11-02", 2027), ("2026-12-28", 2027), ("2027-01-04", 2027), ("2027-06-15", 2027)],
)
async def test_from_november_on_the_office_works_on_the_next_year(door: FrontDoor, day: str, year: int) -> None:
    door.clock.now = datetime.fromisoformat(f"{day}T10:00").replace(tzinfo=door.toolkit.city.zone)
    assert f"*{year}년 안내*" in text_of(await desk(door))


async def test_in_summer_nothing_of_it_is_planned(door: FrontDoor) -> None:
    await desk(door)
    await pressed(door, ids.GUIDANCE_RELEASE)
    door.clock.now += timedelta(days=150)
    assert plan_guidance(door.toolkit, door.clock()) == ()
