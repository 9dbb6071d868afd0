"""대조 in Slack: a published list by form or by drop, a card for each organisation, sent once and answered there."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest
from sqlalchemy import text as sql

from gwannae.handlers.purchase_worker import PurchaseWorker
from gwannae.messages import ids
from gwannae.programme.audit import AuditEvent
from gwannae.programme.contracts import Contract
from gwannae.programme.organisations import Actor, OrganisationKind, OrganisationSeed
from gwannae.readers.contract_list import Unread
from gwannae.readers.service_faults import ServiceCode, ServiceFault
from gwannae.sandbox.values import Message
from gwannae.storage import audit, cross_checks, organisations
from gwannae.storage import purchase_imports as imports
from tests.bot import knocks
from tests.bot.reporting import home_of, initial, report, stored
from tests.bot.test_purchase_files import contracts as purchases_file
from tests.bot.test_purchase_files import drop, last, press, quiet
from tests.front_door import LEAD, NEWCOMER, OFFICE, OTHER, ROADS, STAFF, TEAM, FrontDoor, text_of
from tests.readers.files import csv_text

HEADER = ("부서", "계약명", "계약일", "계약금액", "계약상대자", "사업자등록번호")
MISSING = ("길가꿈과", "안내판 제작 공사", "2027-06-02", "900,000", "번호상사", "123-45-67891")
DIFFERENT = ("길가꿈과", "명함 인쇄", "2027-06-14", "350,000", "가온인쇄", "")
AGREED = ("길가꿈과", "복사용지 구매", "2027-06-07", "300,000", "번호상사", "123-45-67891")
ELSEWHERE = ("상생경제과", "책자 인쇄", "2027-05-03", "500,000", "나래인쇄", "")
NOBODY = ("다른시 어디과", "무엇", "2027-05-03", "70,000", "누구", "")


def published(*rows: tuple[str, ...]) -> bytes:
    return csv_text(HEADER, *(rows or (MISSING, DIFFERENT, AGREED, ELSEWHERE, NOBODY))).encode()


async def some_reports(door: FrontDoor) -> None:
    """One that the list has, one with another amount, one that it has not."""
    await report(door, vendor="번호상사", title="복사용지 구매", amount="300,000", date="2027-06-07")
    await report(door, vendor="가온인쇄", title="명함 인쇄", amount="300,000", date="2027-06-14")
    await report(door, vendor="다솜인쇄", title="엽서 인쇄", amount="120,000", date="2027-06-10")


async def by_form(door: FrontDoor, content: bytes, user: str = OFFICE, **values: object) -> None:
    await door.driver.press(user, await home_of(door, user), ids.CROSS_OPEN)
    file = door.driver.upload(user, "계약현황.csv", content)
    await door.driver.submit(user, {ids.CROSS_FILE: [file.id], ids.CROSS_YEAR: "2027", **values})
    await quiet(door)


async def pressed(door: FrontDoor, user: str, action: str, value: str) -> str:
    door.workspace.views.clear(user)
    await knocks.send(door, knocks.pressed(door, user, action, value))
    await quiet(door)
    return text_of(door.form(user)) if door.workspace.views.top(user) else ""


async def card_of(door: FrontDoor, name: str) -> str:
    """The office opens the results and the card of an organisation; what it sees."""
    door.workspace.views.clear(OFFICE)
    await door.driver.press(OFFICE, last(door, OFFICE), ids.CROSS_RESULTS)
    results = door.form(OFFICE)
    row = next(b for b in results.blocks if b.get("accessory") and f"*{name}*" in b["text"]["text"])
    await knocks.send(door, knocks.pressed(door, OFFICE, ids.CROSS_CARD, row["accessory"]["value"]))
    await quiet(door)
    return text_of(door.form(OFFICE))


async def sent(door: FrontDoor, name: str = "길가꿈과") -> Message:
    """The card as it stands in the organisation's channel."""
    await card_of(door, name)
    await door.driver.press(OFFICE, door.form(OFFICE), ids.CROSS_SEND)
    await quiet(door)
    return channel_cards(door)[-1]


def channel_cards(door: FrontDoor) -> list[Message]:
    said = door.workspace.messages.seen_by(STAFF, ROADS)
    return [m for m in said if any(b["block_id"] == "cross-card" for b in m.blocks)]


async def on_card(door: FrontDoor, action: str, at: int = 0, user: str = STAFF) -> str:
    """Press a button of the `at`th line of the card in the channel; what opens."""
    card = channel_cards(door)[-1]
    row = next(b for b in card.blocks if b["block_id"] == f"cross-finding-row-{at}")
    value = next(e["value"] for e in row["elements"] if e["action_id"] == action)
    return await pressed(door, user, action, value)


async def leave(
    door: FrontDoor, at: int = 0, user: str = STAFF, answer: str = "known", reason: str = "내년 실적"
) -> None:
    await on_card(door, ids.CROSS_LEAVE, at, user)
    await door.driver.submit(user, {ids.CROSS_ANSWER: answer, ids.CROSS_REASON: reason})
    await quiet(door)


# -- the list, and what the office sees ----------------------------------------------------------------------------


async def test_the_office_gives_a_list_and_sees_one_card_for_each_organisation_before_anybody_else(
    door: FrontDoor,
) -> None:
    await some_reports(door)
    await by_form(door, published())
    said = text_of(last(door, OFFICE))
    assert "공개된 계약 목록과 견주었습니다" in said
    assert "공개 목록 5건 · 보고된 실적 3건 · 맞는 것 1건" in said
    assert channel_cards(door) == [], "nobody is told before the office has looked"
    await door.driver.press(OFFICE, last(door, OFFICE), ids.CROSS_RESULTS)
    results = text_of(door.form(OFFICE))
    assert "볼 것이 있는 부서·기관 3곳" in results
    assert "*길가꿈과* · 보고에 없음 1 · 금액 다름 1 · 공개 목록에 없음 1\n아직 보내지 않음" in results
    assert "*상생경제과* · 보고에 없음 1\n채널 없음" in results
    assert "*부서를 알 수 없는 계약* · 1건" in results
    card = await card_of(door, "길가꿈과")
    assert "공개된 계약 목록에서 2건만 봐 주세요* · 길가꿈과 · 2027년" in card
    assert "잘못을 찾는 것이 아니라" in card
    assert "*공개 목록에만 있습니다* · 안내판 제작 공사 · 900,000원 · 2027. 6. 2. · 번호상사" in card
    assert "*금액이 다릅니다* · 명함 인쇄 · 300,000원 · 2027. 6. 14. · 가온인쇄 · 보고 번호 2" in card
    assert "공개 목록에는 350,000원입니다" in card
    assert "*보고에만 있는 것 1건* · 공개 대상이 아니거나 아직 올라가지 않았을 수 있어 알려만 드립니다" in card
    assert "• 엽서 인쇄 · 120,000원" in card


async def test_the_same_on_postgresql(postgres_door: FrontDoor) -> None:
    await some_reports(postgres_door)
    await by_form(postgres_door, published())
    await sent(postgres_door)
    await leave(postgres_door, 1)
    assert "1건만 봐 주세요" in text_of(channel_cards(postgres_door)[-1])


async def test_a_file_that_the_office_drops_may_be_purchases_or_a_published_list(door: FrontDoor) -> None:
    await some_reports(door)
    await drop(door, published(), OFFICE)
    assert "공개 목록으로 견주기" in text_of(last(door, OFFICE))
    await press(door, ids.CROSS_TURN, OFFICE)
    assert "공개된 계약 목록과 견주었습니다" in text_of(last(door, OFFICE))
    assert len(stored(door)) == 3
    await drop(door, published(), OFFICE)
    assert "파일을 읽었습니다" in text_of(last(door, OFFICE)), "the same bytes may still come as purchases"
    await drop(door, purchases_file(), STAFF)
    assert "공개 목록으로 견주기" not in text_of(last(door, STAFF))


async def test_a_list_that_is_wholly_reported_has_nothing_to_look_at(door: FrontDoor) -> None:
    await report(door, vendor="번호상사", title="복사용지 구매", amount="300,000", date="2027-06-07")
    await by_form(door, published(AGREED))
    await door.driver.press(OFFICE, last(door, OFFICE), ids.CROSS_RESULTS)
    assert "다른 것이 없습니다" in text_of(door.form(OFFICE))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "빈 파일입니다"),
        (b"%PDF-1.7", "읽을 수 있는 파일이 아닙니다"),
        (csv_text(("가", "나"), ("1", "2")).encode(), "계약명과 계약금액이 있는 제목 줄을 찾지 못했습니다"),
    ],
)
async def test_what_is_no_list_is_told_of_and_nothing_is_kept(door: FrontDoor, content: bytes, said: str) -> None:
    await by_form(door, content)
    shown = text_of(last(door, OFFICE))
    assert said in shown
    assert "견주지 않았고, 실적은 그대로 있습니다" in shown


async def test_without_a_file_the_form_stays_open(door: FrontDoor) -> None:
    await door.driver.press(OFFICE, await home_of(door, OFFICE), ids.CROSS_OPEN)
    assert "나라장터" not in text_of(door.form(OFFICE)), "there is no key for the service here"
    answer = await door.driver.submit(OFFICE, {ids.CROSS_YEAR: "2027"})
    assert set(answer.errors) == {ids.CROSS_FILE}


async def test_many_organisations_come_page_by_page(door: FrontDoor) -> None:
    with door.toolkit.database.write() as tx:
        seeds = [OrganisationSeed(f"made-{n}", f"지어낸{n:02}과", OrganisationKind.DIVISION) for n in range(20)]
        organisations.save_organisations(tx, seeds)
    rows = [(f"지어낸{n:02}과", f"계약 {n}", "2027-05-03", "10,000", "누구", "") for n in range(20)]
    await by_form(door, published(*rows))
    await door.driver.press(OFFICE, last(door, OFFICE), ids.CROSS_RESULTS)
    assert "더 보기 (5곳)" in text_of(door.form(OFFICE))
    await door.driver.press(OFFICE, door.form(OFFICE), ids.CROSS_MORE)
    await quiet(door)
    assert "지어낸19과* · 보고에 없음 1" in text_of(door.form(OFFICE))
    assert "지어낸00과" not in text_of(door.form(OFFICE))


# -- sending --------------------------------------------------------------------------------------------------------


async def test_a_card_goes_out_once_however_often_it_is_pressed(door: FrontDoor) -> None:
    await some_reports(door)
    await by_form(door, published())
    message = await sent(door)
    assert "상생경제과에서 보냅니다 · 이 채널 모두에게 보입니다" in text_of(message)
    value = "1"
    for _ in range(3):
        await pressed(door, OFFICE, ids.CROSS_SEND, value)
    assert len(channel_cards(door)) == 1
    assert "이미 보낸 카드입니다" in last(door, OFFICE).text, "its window was closed, so it is said here"
    door.workspace.views.clear(OFFICE)
    await pressed(door, OFFICE, ids.CROSS_RESULTS, "1:0")
    assert "\n보냄" in text_of(door.form(OFFICE))
    await pressed(door, OFFICE, ids.CROSS_CARD, value)
    assert f"<#{ROADS}>에 보냄" in text_of(door.form(OFFICE))
    with door.toolkit.database.read() as tx:
        assert [e.event for e in audit.entries(tx, limit=50)].count(AuditEvent.CROSS_CHECK_SENT) == 1


async def test_what_slack_did_not_take_may_be_sent_again_and_the_office_hears_of_it(door: FrontDoor) -> None:
    await some_reports(door)
    await by_form(door, published())
    door.workspace.archive(ROADS)
    result = last(door, OFFICE)
    await card_of(door, "길가꿈과")
    await door.driver.press(OFFICE, door.form(OFFICE), ids.CROSS_SEND)
    await quiet(door)
    assert "길가꿈과 채널에 카드를 보내지 못했습니다" in last(door, OFFICE).text
    door.workspace.channels[ROADS] = replace(door.workspace.channels[ROADS], is_archived=False)
    door.workspace.views.clear(OFFICE)
    await door.driver.press(OFFICE, result, ids.CROSS_RESULTS)
    await pressed(door, OFFICE, ids.CROSS_SEND, "1")
    assert len(channel_cards(door)) == 1


# -- the card in the channel ---------------------------------------------------------------------------------------


async def test_the_missing_contract_comes_in_a_filled_form_and_leaves_the_card(door: FrontDoor) -> None:
    await some_reports(door)
    await by_form(door, published())
    await sent(door)
    await on_card(door, ids.CROSS_REPORT)
    form = door.form(STAFF)
    assert initial(form, "title") == "안내판 제작 공사"
    assert initial(form, "amount") == "900,000원"
    assert initial(form, "date") == "2027-06-02"
    assert initial(form, "kind") == "works"
    assert str(initial(form, "firm")).startswith("vendor:"), "the number is the registry's"
    await door.driver.submit(STAFF, {"report-method": "direct_single"})
    await quiet(door)
    assert stored(door)[-1].draft.amount == 900_000
    shown = text_of(channel_cards(door)[-1])
    assert "1건만 봐 주세요" in shown
    assert "안내판" not in shown


async def test_a_corrected_amount_leaves_the_card(door: FrontDoor) -> None:
    await some_reports(door)
    await by_form(door, published())
    await sent(door)
    await on_card(door, ids.CROSS_FIX, 1)
    assert initial(door.form(STAFF), "amount") == "300,000원"
    await door.driver.submit(STAFF, {"report-amount": "350,000"})
    await quiet(door)
    assert "명함 인쇄" not in text_of(channel_cards(door)[-1])


async def test_what_is_left_as_it_is_has_a_reason_and_is_not_asked_again_in_the_next_list(door: FrontDoor) -> None:
    await some_reports(door)
    await by_form(door, published())
    await sent(door)
    await on_card(door, ids.CROSS_LEAVE)
    empty = await door.driver.submit(STAFF, {})
    assert set(empty.errors) == {ids.CROSS_ANSWER, ids.CROSS_REASON}
    await door.driver.submit(STAFF, {ids.CROSS_ANSWER: "not_ours", ids.CROSS_REASON: "<!channel> 다른 과로 이관"})
    await quiet(door)
    assert "안내판" not in text_of(channel_cards(door)[-1])
    seen = await card_of(door, "길가꿈과")
    assert "우리 부서·기관의 계약이 아닙니다 · &lt;!channel&gt; 다른 과로 이관" in seen
    assert f"<@{STAFF}>" in seen
    later = ("길가꿈과", "새 계약", "2027-06-11", "10,000", "나래인쇄", "")
    await by_form(door, published(later, MISSING))
    await door.driver.press(OFFICE, last(door, OFFICE), ids.CROSS_RESULTS)
    assert "*길가꿈과* · 보고에 없음 1" in text_of(door.form(OFFICE))
    assert "답함 1" in text_of(door.form(OFFICE))


async def test_a_button_of_something_settled_says_so_and_the_card_is_drawn_anew(door: FrontDoor) -> None:
    await some_reports(door)
    await by_form(door, published())
    card = await sent(door)
    row = next(b for b in card.blocks if b["block_id"] == "cross-finding-row-0")
    value = row["elements"][0]["value"]
    await report(door, vendor="번호상사", title="안내판 제작 공사", amount="900,000", date="2027-06-02", kind="works")
    assert "이미 정리된 것입니다" in await pressed(door, STAFF, ids.CROSS_REPORT, value)
    assert "안내판" not in text_of(channel_cards(door)[-1])


async def test_when_all_is_settled_the_card_says_so(door: FrontDoor) -> None:
    await by_form(door, published(MISSING))
    await sent(door)
    await leave(door)
    assert "더 볼 것이 없습니다" in text_of(channel_cards(door)[-1])


async def test_a_long_card_shows_the_first_and_the_rest_follows(door: FrontDoor) -> None:
    rows = [("길가꿈과", f"계약 {n:02}", "2027-05-03", "10,000", f"업체{n}", "") for n in range(40)]
    await by_form(door, published(*rows))
    await sent(door)
    assert "그 밖에 32건" in text_of(channel_cards(door)[-1])
    await leave(door)
    assert "그 밖에 31건" in text_of(channel_cards(door)[-1])


async def test_reports_that_a_list_lacks_are_told_of_together_and_left_with_one_press(door: FrontDoor) -> None:
    for n in range(7):
        await report(door, vendor="번호상사", title=f"구매 {n}", amount=f"{n + 1}만원", date="2027-06-05")
    await report(door, vendor="번호상사", title="봄 구매", amount="90,000", date="2027-03-05")
    await by_form(door, published(MISSING, (*MISSING[:1], "새 일", "2027-06-09", "10,000", "누구", "")))
    card = text_of(await sent(door))
    assert "2건만 봐 주세요" in card
    assert "*보고에만 있는 것 7건*" in card, "the list is of June, so March says nothing"
    assert "… 그 밖에 2건" in card
    row = next(b for b in channel_cards(door)[-1].blocks if b["block_id"] == "cross-unpublished-row")
    await pressed(door, STAFF, ids.CROSS_LEAVE, row["elements"][0]["value"])
    await door.driver.submit(STAFF, {ids.CROSS_ANSWER: "known", ids.CROSS_REASON: "공개 대상 아님"})
    await quiet(door)
    after = text_of(channel_cards(door)[-1])
    assert "보고에만" not in after
    assert "2건만 봐 주세요" in after


# -- who may --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("user", [STAFF, LEAD, NEWCOMER])
async def test_only_the_office_compares_looks_and_sends(door: FrontDoor, user: str) -> None:
    await some_reports(door)
    await by_form(door, published())
    assert "총괄 부서만" in await pressed(door, user, ids.CROSS_OPEN, "")
    assert "총괄 부서만" in await pressed(door, user, ids.CROSS_RESULTS, "1:0")
    assert "총괄 부서만" in await pressed(door, user, ids.CROSS_CARD, "1")
    await pressed(door, user, ids.CROSS_SEND, "1")
    await pressed(door, user, ids.CROSS_AGAIN, "1")
    assert channel_cards(door) == []
    await knocks.send(door, knocks.submitted(door, user, ids.CROSS_VIEW, {ids.CROSS_FILE: {"files": [{"id": "F1"}]}}))
    await quiet(door)
    with door.toolkit.database.read() as tx:
        assert tx.execute(sql("SELECT count(*) FROM cross_checks")).scalar_one() == 1
        assert tx.execute(sql("SELECT count(*) FROM cross_check_cards WHERE sent_at IS NOT NULL")).scalar_one() == 0


@pytest.mark.parametrize("user", [NEWCOMER, OTHER])
@pytest.mark.parametrize("action", [ids.CROSS_REPORT, ids.CROSS_LEAVE])
async def test_a_stranger_in_the_channel_learns_and_answers_nothing(door: FrontDoor, user: str, action: str) -> None:
    await by_form(door, published(MISSING))
    await sent(door)
    shown = await on_card(door, action, user=user)
    assert "이 부서·기관에 속한 분과 총괄 부서만" in shown
    assert "안내판" not in shown


async def test_values_that_are_not_ours_do_nothing(door: FrontDoor) -> None:
    await by_form(door, published(MISSING))
    for value in ("", "x", "1", "1:none", "999999999999999999999:0", "-1:0"):
        for action in (ids.CROSS_REPORT, ids.CROSS_FIX, ids.CROSS_LEAVE, ids.CROSS_RESULTS, ids.CROSS_CARD):
            await pressed(door, OFFICE, action, value)
    assert stored(door) == []


# -- the procurement service ---------------------------------------------------------------------------------------


@dataclass
class MadeUpService:
    """The procurement service's contracts, without the service."""

    contracts: list[Contract]
    fault: ServiceFault | None = None
    unread: list[Unread] = field(default_factory=list)
    without_amount: int = 0
    asked: list[int] = field(default_factory=list)

    def __iter__(self) -> Iterator[Contract]:
        if self.fault is not None:
            raise self.fault
        yield from self.contracts

    @contextmanager
    def __call__(self, year: int) -> Iterator["MadeUpService"]:
        self.asked.append(year)
        yield self


async def ask_service(door: FrontDoor, service: MadeUpService, year: str = "2027") -> FrontDoor:
    object.__setattr__(door.desk, "published", service)
    object.__setattr__(door.toolkit.city, "g2b_institutions", ("1234567",))
    await door.driver.press(OFFICE, await home_of(door, OFFICE), ids.CROSS_OPEN)
    await door.driver.submit(OFFICE, {ids.CROSS_SOURCE: "g2b", ids.CROSS_YEAR: year})
    await quiet(door)
    return door


async def test_the_procurement_service_is_asked_in_the_place_of_a_file(door: FrontDoor) -> None:
    contract = Contract(1, "안내판 제작", 900_000, firm="번호상사", organisation_text="햇님시 길가꿈과")
    service = MadeUpService([contract])
    await ask_service(door, service)
    assert service.asked == [2027]
    assert "나라장터 계약정보 · 2027년" in text_of(last(door, OFFICE))
    assert "안내판 제작" in await card_of(door, "길가꿈과")


@pytest.mark.parametrize(
    ("code", "said"),
    [(ServiceCode.AWAY, "나라장터에서 목록을 받지 못했습니다"), (ServiceCode.QUOTA, "내일 다시 해 주세요")],
)
async def test_a_service_that_gives_nothing_is_told_of(door: FrontDoor, code: ServiceCode, said: str) -> None:
    await ask_service(door, MadeUpService([], ServiceFault(code)))
    shown = text_of(last(door, OFFICE))
    assert said in shown
    assert "실적은 그대로 있습니다" in shown


async def test_the_service_is_asked_for_a_year(door: FrontDoor) -> None:
    service = MadeUpService([])
    await ask_service(door, service, "0")
    assert service.asked == []
    assert door.form(OFFICE).body["callback_id"] == ids.CROSS_VIEW


# -- when the bot was stopped ---------------------------------------------------------------------------------------


async def test_a_list_that_a_stopped_bot_left_is_held_against_the_reports_by_the_next_sweep(door: FrontDoor) -> None:
    await some_reports(door)
    await by_form(door, published())
    with door.toolkit.database.write() as tx:  # as if the machine had gone down while it was under way
        batch = imports.batch(tx, 1)
        assert batch is not None
        imports.keep_content(tx, 1, published())
        tx.execute(sql("UPDATE purchase_imports SET state = 'received', told = ''"))
    await PurchaseWorker(door.desk).sweep()
    await quiet(door)
    with door.toolkit.database.read() as tx:
        assert len(cross_checks.cards_of(tx, 1)) == 3, "no card stands twice"
    assert text_of(last(door, OFFICE)).count("공개된 계약 목록과 견주었습니다") >= 1


async def test_a_card_whose_arrival_nobody_confirmed_is_sent_again_by_who_has_looked(door: FrontDoor) -> None:
    await some_reports(door)
    await by_form(door, published())
    with door.toolkit.database.write() as tx:  # claimed, and then the machine went down
        assert cross_checks.claim(tx, 1, Actor(TEAM, OFFICE), TEAM, ROADS, door.clock())
    await pressed(door, OFFICE, ids.CROSS_AGAIN, "1")
    assert channel_cards(door) == [], "it may still be under way"
    door.clock.now += timedelta(minutes=2)
    assert "도착을 확인하지 못했습니다" in await pressed(door, OFFICE, ids.CROSS_CARD, "1")
    await door.driver.press(OFFICE, door.form(OFFICE), ids.CROSS_AGAIN)
    await quiet(door)
    assert len(channel_cards(door)) == 1
    await pressed(door, OFFICE, ids.CROSS_AGAIN, "1")
    assert len(channel_cards(door)) == 1
