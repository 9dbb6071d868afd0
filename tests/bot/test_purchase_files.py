"""Purchases from files at the front door: dropped, read, asked about, confirmed, undone; by hand and by accident."""

import asyncio
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, timedelta

import pytest
from sqlalchemy import text as sql

from gwannae.handlers.purchase_worker import PurchaseWorker
from gwannae.handlers.slack_files import may_carry_token
from gwannae.programme.outside_reasons import ReasonCode
from gwannae.programme.purchases import PurchaseState
from gwannae.programme.verdict import Verdict
from gwannae.sandbox.file_shelf import HeldFile
from gwannae.sandbox.values import Message
from gwannae.storage import outside_reasons
from tests.bot import knocks
from tests.bot.reporting import home_of, report, stored
from tests.front_door import LEAD, NEWCOMER, OFFICE, OTHER, ROADS, SQUARE, STAFF, FrontDoor, text_of
from tests.readers.files import csv_text

HEADER = ("계약명", "계약일", "계약금액", "업체명", "사업자등록번호", "구분")
PAPER = ("복사용지 구매", "2027-06-07", "300,000", "번호상사", "123-45-67891", "물품")
CARDS = ("명함 인쇄", "2027-06-08", "200,000", "먼데인쇄", "", "물품")


def contracts(*rows: Iterable[str], header: Iterable[str] = HEADER) -> bytes:
    return csv_text(tuple(header), *(tuple(row) for row in rows or (PAPER,))).encode()


async def drop(
    door: FrontDoor, content: bytes, user: str = STAFF, channel: str | None = None, name: str = "실적.csv"
) -> HeldFile:
    """Drop a file into the bot's direct messages, or a channel; wait until the bot is done with it."""
    place = channel or door.workspace.open_dm(user).id
    file = await door.driver.share_file(user, place, name, content)
    await quiet(door)
    return file


async def quiet(door: FrontDoor) -> None:
    await asyncio.sleep(0.01)  # an event is on its way a moment after it happened
    await door.driver.settle()
    assert await door.desk.later.drain(10) == 0
    await door.driver.settle()


def last(door: FrontDoor, user: str = STAFF) -> Message:
    return door.direct_messages(user)[-1]


async def press(door: FrontDoor, action: str, user: str = STAFF, message: Message | None = None) -> None:
    await door.driver.press(user, message or last(door, user), action)
    await quiet(door)


async def test_a_file_dropped_to_the_bot_counts_after_confirmation_and_not_after_undoing(door: FrontDoor) -> None:
    await drop(door, contracts())
    preview = last(door)
    assert "실적.csv" in preview.text
    assert "새 실적 1건(300,000원)" in preview.text
    assert stored(door) == []
    await press(door, "import-confirm")
    (purchase,) = stored(door)
    assert (purchase.draft.amount, purchase.judgement.verdict) == (300_000, Verdict.LOCAL)
    assert "확정했습니다" in last(door).text
    await press(door, "import-undo")
    assert "되돌렸습니다" in last(door).text
    assert [p.state for p in stored(door)] == [PurchaseState.CANCELLED]
    await drop(door, contracts())
    await press(door, "import-confirm")
    assert [p.state for p in stored(door)] == [PurchaseState.CANCELLED, PurchaseState.REPORTED]


async def test_the_same_on_postgresql(postgres_door: FrontDoor) -> None:
    await drop(postgres_door, contracts(PAPER, CARDS))
    await press(postgres_door, "import-ask")
    await press(postgres_door, "import-answer-0")
    await press(postgres_door, "import-confirm")
    assert [p.judgement.verdict for p in stored(postgres_door)] == [Verdict.LOCAL, Verdict.OUTSIDE]
    await press(postgres_door, "import-undo")
    assert {p.state for p in stored(postgres_door)} == {PurchaseState.CANCELLED}


async def test_a_file_in_the_divisions_channel_is_the_divisions(door: FrontDoor) -> None:
    await drop(door, contracts(), channel=ROADS)
    assert "길가꿈과" in last(door).text
    await press(door, "import-confirm")
    assert [p.draft.organisation_id for p in stored(door)] == [door.organisation("roads").id]


async def test_a_file_in_a_channel_that_is_nobodys_is_left_alone(door: FrontDoor) -> None:
    door.workspace.join(SQUARE, door.workspace.bot.user_id)
    await drop(door, contracts(), channel=SQUARE)
    assert door.direct_messages(STAFF) == []
    assert not any(call.method == "files.info" for call in door.workspace.calls)


async def test_a_picture_in_the_divisions_channel_is_nobodys_business(door: FrontDoor) -> None:
    await drop(door, b"\x89PNG....", channel=ROADS, name="사진.png")
    assert door.direct_messages(STAFF) == []
    await drop(door, b"\x89PNG....", name="사진.png")
    assert "읽을 수 있는 파일이 아닙니다" in last(door).text


async def test_the_form_behind_the_home_button_takes_a_file(door: FrontDoor) -> None:
    await door.driver.press(STAFF, await home_of(door, STAFF), "import-open")
    file = door.driver.upload(STAFF, "실적.csv", contracts())
    await door.driver.submit(STAFF, {"import-file": [file.id]})
    await quiet(door)
    assert "DM으로 알려 드립니다" in text_of(door.form(STAFF))
    assert "새 실적 1건" in last(door).text


async def test_why_rows_are_not_taken_is_counted_beyond_those_that_are_listed(door: FrontDoor) -> None:
    undated = [(f"복사용지 {n}", "", *PAPER[2:]) for n in range(12)]
    zero = [(*PAPER[:2], "0", *PAPER[3:])] * 3
    await drop(door, contracts(PAPER, *undated, *zero))
    said = text_of(last(door))
    assert "받지 못한 줄 15개" in said
    assert "계약일이 비어 있습니다 12줄" in said
    assert "금액이 0원입니다 3줄" in said
    await drop(door, contracts(PAPER, zero[0]), name="다른 실적.csv")
    assert "1줄" not in text_of(last(door))  # one reason alone stands with its row


async def test_doubtful_rows_come_back_one_card_each(door: FrontDoor) -> None:
    away = ("책자", "2027-06-09", "1,000", "안개간판", "", "")
    await drop(door, contracts(CARDS, away))
    assert "확인해 주세요" in last(door).text
    await press(door, "import-ask")
    assert "물품, 용역, 공사" in text_of(last(door))
    await press(door, "import-answer-0")
    seen = []
    while "import-question" in {block["block_id"] for block in last(door).blocks}:
        seen.append(text_of(last(door)))
        await press(door, "import-answer-0")
    if any(block["block_id"] == "import-row" for block in last(door).blocks) and "확인하기" in text_of(last(door)):
        await press(door, "import-ask")
        while "import-question" in {block["block_id"] for block in last(door).blocks}:
            seen.append(text_of(last(door)))
            await press(door, "import-answer-0")
    assert any("‘먼데인쇄’" in card for card in seen)
    assert any("‘안개간판’" in card for card in seen)
    await press(door, "import-confirm")
    assert [p.judgement.verdict for p in stored(door)] == [Verdict.OUTSIDE, Verdict.UNCONFIRMED]


async def test_a_files_own_reason_is_asked_about_with_one_card_and_its_sentence_stands_in_the_form(
    door: FrontDoor,
) -> None:
    why = "담당자 *협의*에 <따름>"
    rows = [(*CARDS[:2], "600,000", "먼데인쇄", "", "물품", why), (*PAPER, "")]
    rows.append(("책자 인쇄", "2027-06-09", "700,000", "먼데인쇄", "", "물품", "관내업체 부재"))
    await drop(door, contracts(*rows, header=(*HEADER, "관외사유")))
    await press(door, "import-ask")
    await press(door, "import-answer-0")  # the registry's firm of that name
    await press(door, "import-ask")
    card = text_of(last(door))
    assert "담당자 *협의*에 &lt;따름&gt;" in card
    assert "가격·성능 차이" in card
    assert "빼기" not in card
    await press(door, f"import-answer-{len(ReasonCode)}")  # behind the codes: 나중에 고르기
    assert "파일의 사유를 읽은 관외 실적 1건" in text_of(last(door))
    await press(door, "import-confirm")
    with door.toolkit.database.read() as tx:
        said = {p.draft.title: outside_reasons.latest(tx, p.id) for p in stored(door)}
    assert {title: reason.code if reason else None for title, reason in said.items()} == {
        "명함 인쇄": None,
        "복사용지 구매": None,
        "책자 인쇄": ReasonCode.NO_LOCAL_FIRM,
    }
    await door.driver.press(STAFF, await home_of(door, STAFF), "reason-open")
    assert why in str(door.form(STAFF))


async def test_somebody_without_an_organisation_is_asked_whose_it_is(door: FrontDoor) -> None:
    await drop(door, contracts(), NEWCOMER)
    await press(door, "import-ask", NEWCOMER)
    roads = door.organisation("roads")
    option = {"text": {"type": "plain_text", "text": roads.name}, "value": str(roads.id)}
    await door.driver.choose(NEWCOMER, last(door, NEWCOMER), "import-organisation", option)
    await quiet(door)
    await press(door, "import-confirm", NEWCOMER)
    assert [(p.draft.organisation_id, p.self_declared) for p in stored(door)] == [(roads.id, True)]


async def test_the_same_file_by_two_people_says_so(door: FrontDoor) -> None:
    await drop(door, contracts(), channel=ROADS)
    await drop(door, contracts(), LEAD, channel=ROADS)
    assert f"<@{STAFF}>" in last(door, LEAD).text
    await press(door, "import-confirm")
    await drop(door, contracts(), LEAD, channel=ROADS)
    assert "이미 넣은 파일과 같은 파일입니다" in last(door, LEAD).text
    assert len(stored(door)) == 1


async def test_the_same_upload_shared_again_by_somebody_else_says_so(door: FrontDoor) -> None:
    file = await drop(door, contracts(), channel=ROADS)
    await door.driver.share_again(LEAD, ROADS, file)
    await quiet(door)
    assert "이미 받은 파일입니다" in last(door, LEAD).text


async def test_a_form_and_a_file_of_one_contract_are_one(door: FrontDoor) -> None:
    await report(door, vendor="번호상사", title="복사용지 구매", amount="300,000", date="2027-06-07")
    await drop(door, contracts())
    assert "새로 집계할 것이 없습니다" in last(door).text


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"mode": "tombstone"}, "파일을 읽기 전에 지워졌습니다"),
        ({"mode": "external", "address": "https://docs.example.com/x"}, "링크라 열지 않았습니다"),
        ({"address": "https://files.slack.com.evil.example/x"}, "주소가 Slack의 것이 아니라"),
    ],
)
async def test_a_file_that_cannot_be_fetched_is_told_of(door: FrontDoor, change: dict[str, str], said: str) -> None:
    file = door.driver.upload(STAFF, "실적.csv", contracts())
    door.workspace.dropped.put(replace(file, **change))  # type: ignore[arg-type]
    await door.driver.share_again(STAFF, door.workspace.open_dm(STAFF).id, door.workspace.dropped.get(file.id) or file)
    await quiet(door)
    assert said in last(door).text
    assert door.workspace.dropped.fetched == []


SLACK = "https://slack.com/api/"


ADDRESSES = (
    "https://files.slack.com.evil.example/files-pri/T-F/x",
    "https://evilfiles.slack.com/x",
    "https://files.slack.com@evil.example/x",
    "https://user:secret@files.slack.com/x",
    "http://files.slack.com/x",
    "https://files.slack.com:8443/x",
    "https://files.slack.com\\@evil.example/x",
    "https://169.254.169.254/latest/meta-data/",
    "https://slack.com/files/x",
    "https://xn--files-slack-com.example/x",
    "//files.slack.com/x",
    "ftp://files.slack.com/x",
    "https://files.slаck.com/x",
    "https://files.slack.com./x",
    "",
    "https://localhost:8765/files-pri/F/x",
)


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_token_goes_to_no_other_address(address: str) -> None:
    assert not may_carry_token(address, SLACK)


async def test_no_file_is_fetched_from_another_address_and_each_is_told_of(door: FrontDoor) -> None:
    dm = door.workspace.open_dm(STAFF).id
    for number, address in enumerate(filter(None, ADDRESSES)):  # an empty one the pretend Slack fills in itself
        file = replace(door.driver.upload(STAFF, f"{number}.csv", contracts()), address=address)
        door.workspace.dropped.put(file)
        await door.driver.share_again(STAFF, dm, file)
        await quiet(door)
        assert "주소가 Slack의 것이 아니라" in last(door).text, address
        assert door.workspace.bot_token not in str(last(door))
    assert door.workspace.dropped.fetched == []


def test_the_token_goes_to_slacks_file_host_and_to_the_pretend_slack_itself() -> None:
    assert may_carry_token("https://files.slack.com/files-pri/T-F/x.csv", SLACK)
    assert may_carry_token("http://localhost:8765/files-pri/F/x.csv", "http://localhost:8765/api/")
    assert not may_carry_token("https://files.slack.com/files-pri/T-F/x.csv", "http://localhost:8765/api/")


async def test_no_redirection_is_followed_with_the_token(door: FrontDoor) -> None:
    from starlette.responses import RedirectResponse
    from starlette.routing import Route

    reached = []

    async def away(request: object) -> RedirectResponse:
        return RedirectResponse(f"{door.url}/elsewhere")

    async def elsewhere(request: object) -> RedirectResponse:
        reached.append(request)
        return RedirectResponse("/")

    door.sandbox.app.router.routes[:0] = [Route("/away", away), Route("/elsewhere", elsewhere)]
    file = door.driver.upload(STAFF, "실적.csv", contracts())
    door.workspace.dropped.put(replace(file, address=f"{door.workspace.public_url}/away"))
    await door.driver.share_again(STAFF, door.workspace.open_dm(STAFF).id, file)
    await quiet(door)
    assert "Slack에서 파일을 가져오지 못했습니다" in last(door).text
    assert reached == []


@pytest.mark.parametrize("user", [OTHER, NEWCOMER])
async def test_a_stranger_can_do_nothing_with_somebodys_file(door: FrontDoor, user: str) -> None:
    await drop(door, contracts())
    preview = last(door)
    await door.driver.caller.send_payload(
        {
            "type": "block_actions",
            "team": {"id": door.workspace.team_id},
            "user": {"id": user, "team_id": door.workspace.team_id},
            "actions": [{"type": "button", "action_id": "import-confirm", "block_id": "import-row", "value": "1"}],
            "container": {"type": "message", "message_ts": preview.ts, "channel_id": preview.channel},
        }
    )
    await quiet(door)
    assert stored(door) == []
    assert "이 파일을 볼 수 없습니다" in last(door, user).text


async def test_what_a_stopped_bot_left_is_done_and_told_by_the_next_sweep(door: FrontDoor) -> None:
    await drop(door, contracts())
    with door.toolkit.database.write() as tx:  # as a press that was answered, and then the machine went down
        tx.execute(sql("UPDATE purchase_imports SET state = 'confirming', told = ''"))
    await PurchaseWorker(door.desk).sweep()
    await quiet(door)
    assert len(stored(door)) == 1
    assert "확정했습니다" in last(door).text


@pytest.mark.parametrize("noted", [False, True])
async def test_a_bot_that_was_stopped_between_posting_and_noting_tells_nobody_twice(
    door: FrontDoor, noted: bool
) -> None:
    await drop(door, contracts())
    await press(door, "import-confirm")
    with door.toolkit.database.write() as tx:
        if not noted:
            tx.execute(sql("UPDATE purchase_imports SET told = ''"))
    said = [message.text for message in door.direct_messages(STAFF)]
    door.clock.now += timedelta(minutes=2)
    for _ in range(2):
        await PurchaseWorker(door.desk).sweep()
        await quiet(door)
    assert [message.text for message in door.direct_messages(STAFF)] == said
    looked = [call for call in door.workspace.calls if call.method == "conversations.history"]
    assert len(looked) == (0 if noted else 1)


async def test_a_message_of_an_earlier_standing_is_not_taken_for_the_one_that_is_missing(door: FrontDoor) -> None:
    await drop(door, contracts())
    with door.toolkit.database.write() as tx:
        tx.execute(sql("UPDATE purchase_imports SET told = '', changed_at = :at"), {"at": door.clock().astimezone(UTC)
                   + timedelta(seconds=1)})  # fmt: skip
    door.clock.now += timedelta(minutes=2)
    await PurchaseWorker(door.desk).sweep()
    await quiet(door)
    assert len(door.direct_messages(STAFF)) == 2


async def test_twenty_deliveries_of_one_drop_are_one_import(door: FrontDoor) -> None:
    file = door.driver.upload(STAFF, "실적.csv", contracts())
    dm = door.workspace.open_dm(STAFF).id
    await asyncio.gather(*(door.driver.share_again(STAFF, dm, file) for _ in range(20)))
    await quiet(door)
    with door.toolkit.database.read() as tx:
        assert tx.execute(sql("SELECT count(*) FROM purchase_imports")).scalar() == 1
    assert len(door.direct_messages(STAFF)) == 1


async def test_the_office_may_undo_what_staff_brought_in(door: FrontDoor) -> None:
    await drop(door, contracts(), channel=ROADS)
    await press(door, "import-confirm")
    confirmed = last(door)
    await door.driver.caller.send_payload(
        {
            "type": "block_actions",
            "team": {"id": door.workspace.team_id},
            "user": {"id": OFFICE, "team_id": door.workspace.team_id},
            "actions": [{"type": "button", "action_id": "import-undo", "block_id": "import-done-row", "value": "1"}],
            "container": {"type": "message", "message_ts": confirmed.ts, "channel_id": confirmed.channel},
        }
    )
    await quiet(door)
    assert [p.state for p in stored(door)] == [PurchaseState.CANCELLED]


async def test_a_drop_that_could_not_be_noted_is_told_of(door: FrontDoor) -> None:
    with door.toolkit.database.write():  # another writer holds the database longer than we wait
        await door.driver.share_file(STAFF, ROADS, "실적.csv", contracts())
        await asyncio.sleep(2.6)
    await quiet(door)
    assert "다시" in last(door).text
    with door.toolkit.database.read() as tx:
        assert tx.execute(sql("SELECT count(*) FROM purchase_imports")).scalar() == 0


async def test_what_was_put_away_is_not_told_again(door: FrontDoor) -> None:
    await drop(door, contracts())
    await press(door, "import-discard")
    assert "그만두었습니다" in last(door).text
    door.clock.now += timedelta(minutes=5)
    await PurchaseWorker(door.desk).sweep()
    await quiet(door)
    assert len(door.direct_messages(STAFF)) == 1


async def test_what_came_in_is_listed_row_by_row_each_with_its_button(door: FrontDoor) -> None:
    many = [(f"구매 {n:02}", "2027-06-07", f"{n + 1},000", "번호상사", "123-45-67891", "물품") for n in range(45)]
    await drop(door, contracts(*many))
    await press(door, "import-confirm")
    await door.driver.press(STAFF, last(door), "import-rows")
    first = text_of(door.form(STAFF))
    assert "새 실적 45건 가운데 1–40번째" in first
    assert "구매 00 · 1,000원 · 2027. 6. 7. · 관내 · 번호상사" in first
    await door.driver.press(STAFF, door.form(STAFF), "import-rows-more")
    await quiet(door)
    assert "41–45번째" in text_of(door.form(STAFF))
    await door.driver.press(STAFF, door.form(STAFF), "report-change")
    await door.driver.submit(STAFF, {"report-title": "고친 이름", "report-method": "direct_single"})
    await quiet(door)
    assert "고친 이름" in {p.draft.title for p in stored(door)}


@pytest.mark.parametrize("user", [OTHER, NEWCOMER])
async def test_a_stranger_sees_no_rows_of_somebodys_file(door: FrontDoor, user: str) -> None:
    await drop(door, contracts())
    await press(door, "import-confirm")
    await knocks.send(door, knocks.pressed(door, user, "import-rows", "1:0"))
    await quiet(door)
    assert "복사용지" not in text_of(door.form(user))


async def test_a_row_of_a_firm_without_an_address_is_corrected_without_looking_one_up(door: FrontDoor) -> None:
    header = (*HEADER, "계약방법")
    row = ("현판 제작", "2027-06-07", "90,000", "처음보는공방", "", "물품", "수의 1인")
    await drop(door, contracts(row, header=header))
    await press(door, "import-confirm")
    await door.driver.press(STAFF, last(door), "import-rows")
    await door.driver.press(STAFF, door.form(STAFF), "report-change")
    sent = await door.driver.submit(STAFF, {"report-amount": "95,000"})
    await quiet(door)
    assert sent.errors == {}
    (purchase,) = stored(door)
    assert (purchase.draft.amount, purchase.judgement.verdict) == (95_000, Verdict.UNCONFIRMED)


async def test_no_unknown_division_of_a_whole_citys_file_falls_to_the_office_that_drops_it(door: FrontDoor) -> None:
    header = ("부서", *HEADER)
    known, unknown = ("길가꿈과", *PAPER), ("없는과", *PAPER[:1], "2027-06-08", *PAPER[2:])
    await drop(door, contracts(known, unknown, header=header), OFFICE)
    assert "1가지를 확인해 주세요" in last(door, OFFICE).text
    await press(door, "import-ask", OFFICE)
    assert "파일의 ‘없는과’ 부서는 어느 부서·기관입니까?" in text_of(last(door, OFFICE))
    leave = next(b for b in last(door, OFFICE).blocks if b["block_id"] == "import-answers")["elements"][-1]
    await press(door, leave["action_id"], OFFICE)
    await press(door, "import-confirm", OFFICE)
    assert [p.draft.organisation_id for p in stored(door)] == [door.organisation("roads").id]
