"""`/localvendor` at the front door: typed by a person, answered by the bot, looked at in the pretend workspace."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import text as sql

from gwannae.programme.organisations import COMMAND_LINE
from gwannae.sandbox.values import Json, Message
from gwannae.storage import audit, missing_items, organisations, vendor_import
from tests.actions.importing import take_in
from tests.bot.reports import buy
from tests.builders import a_vendor, an_address
from tests.front_door import (
    LEAD,
    OFFICE,
    PRINTERS,
    ROADS,
    SQUARE,
    STAFF,
    TEAM,
    FrontDoor,
    open_front_door,
    text_of,
)


async def look_up(door: FrontDoor, words: str, user: str = STAFF, channel: str = SQUARE) -> Message:
    """The one message that a look-up is answered with."""
    answer = await door.driver.command(user, channel, "/localvendor", words)
    assert answer.error == ""
    assert len(answer.shown) == 1
    return answer.shown[0]


async def press(door: FrontDoor, message: Message, label: str, user: str = STAFF) -> Message:
    """Press the button of that label; the message as it stands afterwards."""
    block_id, element = button(message, label)
    answer = await door.driver.press(user, message, element["action_id"], block_id)
    assert answer.error == ""
    await door.driver.settle()
    found = door.workspace.messages.find(message.channel, message.ts)
    assert found is not None
    return found


def button(message: Message, label: str) -> tuple[str, Json]:
    """The first button that shows this label, with its block's id."""
    for block in message.blocks:
        for element in block.get("elements", ()):
            if element.get("type") == "button" and element["text"]["text"] == label:
                return block["block_id"], element
    raise AssertionError(f"no button {label!r} in {labels(message)}")


def labels(message: Message) -> list[str]:
    """What the buttons show, in order."""
    return [
        element["text"]["text"]
        for block in message.blocks
        for element in block.get("elements", ())
        if element.get("type") == "button"
    ]


def firms(message: Message) -> list[str]:
    """The names on the cards, in order."""
    heads = [b["text"]["text"] for b in message.blocks if b["block_id"].startswith("localvendor-firm-") and "text" in b]
    return [head.removeprefix("*").partition("*")[0] for head in heads]


def all_said(door: FrontDoor, channel: str) -> list[Message]:
    """Everything in a channel that the bot said, to anybody."""
    bot = door.workspace.bot.user_id
    return [m for m in door.workspace.messages.in_channel(channel) if m.user == bot]


def forget(door: FrontDoor, name: str) -> None:
    """Take a firm out of the registry, as a person with the database would."""
    with door.toolkit.database.write() as tx:
        tx.execute(sql("DELETE FROM vendors WHERE name = :name"), {"name": name})


# -- the answer -----------------------------------------------------------------------------------------------------


async def test_only_the_asker_sees_the_answer(door: FrontDoor) -> None:
    answer = await look_up(door, "인쇄")
    assert answer.only_for == STAFF
    assert "이 메시지는 나에게만 보입니다." in text_of(answer)
    assert door.workspace.messages.seen_by(LEAD, SQUARE) == []


async def test_the_title_counts_local_firms_and_names_the_day_of_the_data(door: FrontDoor) -> None:
    answer = await look_up(door, "인쇄")
    assert answer.blocks[0]["text"]["text"] == "*‘인쇄’ 관내 업체 7곳* · 2027. 6. 1. 자료"


async def test_a_card_shows_district_office_phone_certificates_and_items(door: FrontDoor) -> None:
    card = (await look_up(door, "가온인쇄")).blocks[1]["text"]["text"]
    assert card == "*가온인쇄* · 솔숲구 · 031-000-0001 · `여성기업`\n인쇄, 명함, 책자 인쇄 · 8개월 전 확인"


async def test_a_card_says_how_often_the_city_bought_there_also_when_asked_again(door: FrontDoor) -> None:
    await look_up(door, "가온")  # its card is remembered; how often was bought is not
    buy(door, "가온인쇄", date(2026, 6, 14), date(2026, 6, 15), date(2027, 6, 15))
    card = (await look_up(door, "가온인쇄")).blocks[1]["text"]["text"]
    assert card.endswith("\n인쇄, 명함, 책자 인쇄 · 최근 1년 우리 시 구매 2건 · 8개월 전 확인")
    assert "구매" not in (await look_up(door, "나래")).blocks[1]["text"]["text"]


async def test_a_remembered_answer_is_made_anew_after_a_minute(door: FrontDoor) -> None:
    asked = [await look_up(door, "가온인쇄") for _ in range(2)]  # the second one is remembered
    assert "우리 시 구매" not in text_of(asked[1])
    buy(door, "가온인쇄", date(2027, 6, 15))
    door.clock.now += timedelta(seconds=61)
    for _ in range(2):
        assert "최근 1년 우리 시 구매 1건" in text_of(await look_up(door, "가온인쇄"))


async def test_five_firms_are_shown_at_once(door: FrontDoor) -> None:
    answer = await look_up(door, "인쇄")
    assert len(set(firms(answer)) & set(PRINTERS)) == 5
    assert "더 보기 (2곳)" in labels(answer)


async def test_the_text_alone_says_what_was_found(door: FrontDoor) -> None:
    answer = await look_up(door, "인쇄")
    assert answer.text == f"‘인쇄’ 관내 업체 7곳: {', '.join(firms(answer))}"


async def test_a_mobile_number_of_a_file_is_never_shown(door: FrontDoor) -> None:
    take_in(door.toolkit, ("번개현판", "", "가람도 햇님시 솔숲구 볕뉘로 9", "현판", "010-1234-5678"))
    door.clock.now += timedelta(days=1)
    beside = await press(door, await look_up(door, "현판"), "미확인 1곳 보기")
    assert firms(beside) == ["번개현판"]
    await press(door, beside, "상세")
    for said in (text_of(beside), text_of(door.form(STAFF))):
        assert "010" not in said
        assert "5678" not in said


async def test_one_can_page_forward_and_back(door: FrontDoor) -> None:
    first = await look_up(door, "인쇄")
    second = await press(door, first, "더 보기 (2곳)")
    assert sorted(firms(first) + firms(second)) == sorted(PRINTERS)
    assert second.ts == first.ts
    assert second.only_for == STAFF
    assert not any(label.startswith("더 보기") for label in labels(second))
    assert firms(await press(door, second, "이전 5곳")) == firms(first)


async def test_a_page_that_has_gone_since_shows_the_last_one_that_there_is(door: FrontDoor) -> None:
    first = await look_up(door, "인쇄")
    with door.toolkit.database.write() as tx:
        tx.execute(sql("DELETE FROM vendors WHERE name IN ('다솜인쇄', '라온인쇄', '마루인쇄')"))
        vendor_import.end_import(tx, as_of=date(2027, 6, 1), at=door.clock())
    door.clock.now += timedelta(days=1)
    shown = await press(door, first, "더 보기 (2곳)")
    assert sorted(firms(shown)) == ["가온인쇄", "나래인쇄", "바다인쇄", "사랑인쇄"]
    assert "관내 업체 4곳" in shown.text


async def test_outside_and_unconfirmed_firms_stand_behind_their_own_button(door: FrontDoor) -> None:
    answer = await look_up(door, "인쇄")
    assert "먼데인쇄" not in text_of(answer)
    assert "아직인쇄" not in text_of(answer)
    beside = await press(door, answer, "관외·미확인 2곳 보기")
    assert firms(beside) == ["아직인쇄", "먼데인쇄"]
    assert "‘인쇄’ 관외 1곳 · 미확인 1곳" in beside.text
    assert "먼데인쇄의 소재지가 관외입니다." in text_of(beside)
    assert "아직인쇄의 소재지는 관내이지만 중소기업·소상공인인지 확인이 필요합니다." in text_of(beside)
    assert firms(await press(door, beside, "관내 7곳 보기")) == firms(answer)


async def test_the_button_names_only_the_sides_that_there_are(door: FrontDoor) -> None:
    answer = await look_up(door, "현수막")
    assert "미확인 1곳 보기" in labels(answer)


async def test_where_only_other_firms_fit_the_answer_says_so_and_offers_the_office(door: FrontDoor) -> None:
    answer = await look_up(door, "스티커")
    assert "‘스티커’ 관내 업체 0곳" in answer.text
    assert "관내 업체는 아직 찾지 못했습니다. 다른 업체는 아래 버튼에 있습니다." in text_of(answer)
    assert labels(answer) == ["미확인 1곳 보기", "상생경제과에 알리기"]
    beside = await press(door, answer, "미확인 1곳 보기")
    assert firms(beside) == ["아직인쇄"]
    assert not any(label.startswith("관내") for label in labels(beside))


async def test_a_firm_that_changed_is_found_anew_within_seconds(door: FrontDoor) -> None:
    await look_up(door, "인쇄")
    new = a_vendor(name="새로난인쇄소", business_number=None, items=("인쇄",), addresses=(an_address(),))
    with door.toolkit.database.write() as tx:
        vendor_import.insert_vendors(tx, [new], at=door.clock())
        vendor_import.end_import(tx, as_of=date(2027, 6, 14), at=door.clock())
    door.clock.now += timedelta(days=1)
    answer = await look_up(door, "새로난인쇄소")
    assert "2027. 6. 14. 자료" in text_of(answer)
    assert "미확인 1곳 보기" in labels(answer)


# -- how words are understood ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "title", "found"),
    [
        ("명함", "‘명함’ 관내 업체 7곳", "가온인쇄"),
        ("가온", "‘가온’ 관내 업체 1곳", "가온인쇄"),
        ("인쇄 책자", "‘인쇄 책자’ 관내 업체 7곳", "가온인쇄"),
        ("책자 인쇄", "‘책자 인쇄’ 관내 업체 7곳", "가온인쇄"),
        ("책 자 인 쇄", "‘책 자 인 쇄’ 관내 업체 7곳", "가온인쇄"),
        ("책자인쇄", "‘책자인쇄’ 관내 업체 7곳", "가온인쇄"),
        ("나래 명함", "‘나래 명함’ 관내 업체 1곳", "나래인쇄"),
        ("㈜나래인쇄", "‘㈜나래인쇄’ 관내 업체 1곳", "나래인쇄"),
        ("123-45-67891", "‘123-45-67891’ 관내 업체 1곳", "번호상사"),
        ("1234567891", "‘1234567891’ 관내 업체 1곳", "번호상사"),
        ("123 45 67891", "‘123 45 67891’ 관내 업체 1곳", "번호상사"),
        ("１２３－４５－６７８９１", "‘123-45-67891’ 관내 업체 1곳", "번호상사"),
        ("인쇄 여성기업", "‘인쇄 여성기업’ 관내 업체 1곳", "가온인쇄"),
        ("여성기업확인서 인쇄", "‘여성기업확인서 인쇄’ 관내 업체 1곳", "가온인쇄"),
        ("솔숲 인쇄", "‘솔숲 인쇄’ 관내 업체 7곳", "가온인쇄"),
        ("솔숲구 인쇄 여성기업", "‘솔숲구 인쇄 여성기업’ 관내 업체 1곳", "가온인쇄"),
        ("여성기업", "‘여성기업’ 관내 업체 1곳", "가온인쇄"),
        ("  인쇄 \t ", "‘인쇄’ 관내 업체 7곳", "가온인쇄"),
    ],
)
async def test_words_are_understood_as_people_write_them(door: FrontDoor, words: str, title: str, found: str) -> None:
    answer = await look_up(door, words)
    assert answer.text.startswith(f"{title}:")
    assert found in firms(answer) + firms(await press(door, answer, "더 보기 (2곳)") if "7곳" in title else answer)


async def test_letters_are_shown_as_they_were_typed_and_found_in_any_case(sqlite_template: Any, tmp_path: Any) -> None:
    made = a_vendor(name="빛나라LED", business_number=None, items=("LED 간판",), addresses=(an_address(),))
    async with open_front_door(sqlite_template.copy_to(tmp_path), [made]) as door:
        assert "‘Led 간판’" in (await look_up(door, "Led 간판")).text
        assert "빛나라LED" in text_of(await press(door, await look_up(door, "led"), "미확인 1곳 보기"))


async def test_a_firm_whose_name_begins_like_a_certificate_is_found_by_its_name(
    sqlite_template: Any, tmp_path: Any
) -> None:
    made = [a_vendor(name=name, business_number=None) for name in ("혁신디자인", "녹색조경", "자활나눔터")]
    async with open_front_door(sqlite_template.copy_to(tmp_path), made) as door:
        for word in ("혁신디자인", "녹색", "자활나눔"):
            assert "미확인 1곳 보기" in labels(await look_up(door, word)), word


@pytest.mark.parametrize("words", ["", "   ", "😀🎉", "%", "_", "%_%", "---", "‘’", "\u200b"])
async def test_without_a_word_the_answer_is_help_with_the_citys_examples(door: FrontDoor, words: str) -> None:
    answer = await look_up(door, words)
    assert answer.text == ("무엇을 사시려는지 적어 주세요. 예) `/localvendor 현수막` · `/localvendor 솔숲 떡`")


@pytest.mark.parametrize(
    "words",
    [
        "<!here> <@U0LEAD> <#C0ROADS>",
        "'; DROP TABLE vendors; --",
        "' OR 1=1 --",
        "<script>alert(1)</script>",
        "<b>드론</b> & <i>방제</i>",
        "%드론%",
        "_드_론_",
        "드" * 3000,
        "드론 " * 700,
        "\\",
        "*굵게* _기울임_ `코드`",
        '{"q": "드론"}',
        "9999999999",
    ],
)
async def test_whatever_is_typed_is_answered_kindly_and_rings_nobody(door: FrontDoor, words: str) -> None:
    answer = await look_up(door, words)
    assert answer.only_for == STAFF
    assert "<!" not in text_of(answer)
    assert "<@" not in text_of(answer)
    assert "명부에서 찾지 못했습니다." in answer.text or "적어 주세요" in answer.text
    assert len(answer.text) < 400
    assert firms(await look_up(door, "인쇄"))


# -- nothing found --------------------------------------------------------------------------------------------------


async def test_near_words_can_be_pressed(door: FrontDoor) -> None:
    answer = await look_up(door, "명함첩")
    assert "‘명함첩’에 맞는 업체를 명부에서 찾지 못했습니다." in answer.text
    assert "비슷한 말: 명함" in text_of(answer)
    found = await press(door, answer, "‘명함’ 찾기")
    assert "‘명함’ 관내 업체 7곳" in found.text
    assert found.ts == answer.ts


async def test_every_near_word_has_a_button_that_works(door: FrontDoor) -> None:
    answer = await look_up(door, "책자함")
    near = [label for label in labels(answer) if label.endswith("찾기")]
    assert near
    for label in near:
        assert firms(await press(door, await look_up(door, "책자함"), label)), label


async def test_filters_that_leave_nobody_can_be_dropped_with_one_press(door: FrontDoor) -> None:
    answer = await look_up(door, "물결 인쇄")
    assert "고른 조건(구·구분·인증)을 빼면 업체가 있습니다." in answer.text
    assert "관내 업체 7곳" in (await press(door, answer, "‘인쇄’ 찾기")).text


async def test_the_office_hears_the_word_and_how_often_but_never_who(door: FrontDoor) -> None:
    answer = await look_up(door, "드론 방제", channel=ROADS)
    await press(door, answer, "상생경제과에 알리기")
    replied = door.workspace.messages.seen_by(STAFF, ROADS)[-1]
    assert replied.text == "‘드론 방제’를 업체 발굴 목록에 올렸습니다. 지금까지 1번 요청되었습니다."
    assert replied.only_for == STAFF
    told = door.direct_messages(OFFICE)
    assert [m.text for m in told] == ["관내 업체를 찾지 못한 말이 접수되었습니다: ‘드론 방제’(모두 1번)"]
    assert STAFF not in text_of(told[0])
    with door.toolkit.database.read() as tx:
        assert missing_items.top(tx, door.clock().replace(month=1), 5) == [("드론 방제", 1)]


async def test_the_offices_own_channel_hears_it_where_there_is_one(door: FrontDoor) -> None:
    with door.toolkit.database.write() as tx:
        office = organisations.by_code(tx, "economy")
        assert office is not None
        organisations.link_channel(tx, office.id, TEAM, ROADS, by=COMMAND_LINE, at=door.clock())
    await press(door, await look_up(door, "드론"), "상생경제과에 알리기")
    assert "‘드론’(모두 1번)" in all_said(door, ROADS)[-1].text
    assert door.direct_messages(OFFICE) == []


async def test_one_person_pressing_thrice_counts_once_and_another_person_counts_again(door: FrontDoor) -> None:
    answer = await look_up(door, "드론")
    await press(door, answer, "상생경제과에 알리기")
    await press(door, answer, "상생경제과에 알리기")
    await press(door, answer, "상생경제과에 알리기")
    said = door.workspace.messages.seen_by(STAFF, SQUARE)[-1].text
    assert said == "‘드론’은 오늘 이미 알려 주셨습니다. 업체 발굴 목록에 있습니다."
    assert len(door.direct_messages(OFFICE)) == 1
    await press(door, await look_up(door, "드론", user=LEAD), "상생경제과에 알리기", user=LEAD)
    assert "모두 2번" in door.direct_messages(OFFICE)[-1].text


async def test_a_word_that_would_ring_the_channel_reaches_the_office_as_text(door: FrontDoor) -> None:
    await press(door, await look_up(door, "<!channel> 드론"), "상생경제과에 알리기")
    assert "&lt;!channel&gt; 드론" in door.direct_messages(OFFICE)[0].text


async def test_the_audit_log_keeps_that_something_was_missed(door: FrontDoor) -> None:
    await press(door, await look_up(door, "드론"), "상생경제과에 알리기")
    with door.toolkit.database.read() as tx:
        assert [e.event.value for e in audit.entries(tx, subject="word:드론")] == ["missing_item_reported"]


# -- one firm -------------------------------------------------------------------------------------------------------


async def test_the_detail_window_shows_verdict_evidence_and_certificates(door: FrontDoor) -> None:
    buy(door, "가온인쇄", date(2027, 6, 1), date(2026, 6, 15), date(2026, 6, 14))
    answer = await look_up(door, "가온")
    await press(door, answer, "상세")
    window = text_of(door.form(STAFF))
    assert "*가온인쇄* · 관내" in window
    assert "가온인쇄의 본점이 2020. 3.부터 솔숲구에 있습니다(중소기업·소상공인 확인)." in window
    assert "여성기업 · W-1 · 2027. 7. 10.까지" in window
    assert "*최근 1년 우리 시 구매* 2건" in window
    assert "2027년 햇님시 지역상품 우선구매 추진계획" in window
    assert "2026. 9. 30. 자료(8개월 전)" in window


async def test_the_detail_of_an_outside_firm_says_why(door: FrontDoor) -> None:
    beside = await press(door, await look_up(door, "먼데인쇄"), "관외 1곳 보기")
    await press(door, beside, "상세")
    assert "먼데인쇄의 소재지가 관외입니다." in text_of(door.form(STAFF))
    assert "명부의 주소가 다른 시·도임" in text_of(door.form(STAFF))


async def test_reporting_from_a_card_opens_the_form_with_the_firm_filled_in(door: FrontDoor) -> None:
    await press(door, await look_up(door, "가온"), "구매 보고")
    firm = next(b for b in door.form(STAFF).blocks if b["block_id"] == "report-firm")
    assert firm["element"]["initial_option"]["text"]["text"] == "가온인쇄"


async def test_reporting_from_the_detail_window_lays_the_form_over_it(door: FrontDoor) -> None:
    await press(door, await look_up(door, "가온"), "상세")
    await door.driver.press(STAFF, door.form(STAFF), "localvendor-report")
    assert door.form(STAFF).body["title"]["text"] == "구매 보고"
    await door.driver.close_view(STAFF)
    assert door.form(STAFF).body["title"]["text"] == "업체 상세"


@pytest.mark.parametrize("label", ["상세", "구매 보고"])
async def test_a_firm_that_has_gone_since_is_said_to_be_gone(door: FrontDoor, label: str) -> None:
    answer = await look_up(door, "가온")
    forget(door, "가온인쇄")
    kept = await press(door, answer, label)
    assert firms(kept) == ["가온인쇄"]
    said = door.workspace.messages.seen_by(STAFF, SQUARE)[-1]
    assert said.text == "그 사이 명부에서 빠진 업체입니다. 다시 찾아 주세요."
    assert said.only_for == STAFF
    assert door.workspace.views.top(STAFF) is None


async def test_a_firm_that_has_gone_is_not_on_the_next_page(door: FrontDoor) -> None:
    first = await look_up(door, "인쇄")
    gone, stays = (name for name in PRINTERS if name not in firms(first))
    forget(door, gone)
    assert firms(await press(door, first, "더 보기 (2곳)")) == [stays]


@pytest.mark.parametrize("words", ["광고", "<!channel>", "<!channel> 광고 & 디자인"])
async def test_a_firm_named_like_a_call_to_the_channel_never_rings(door: FrontDoor, words: str) -> None:
    answer = await look_up(door, words)
    assert "*&lt;!channel&gt; 광고 &amp; 디자인*" in text_of(answer)
    await press(door, answer, "상세")
    await press(door, answer, "채널에 공유")
    await press(door, answer, "구매 보고")
    for message in all_said(door, SQUARE):
        assert "<!channel>" not in text_of(message)
        assert "<!channel>" not in message.text


# -- sharing --------------------------------------------------------------------------------------------------------


async def test_sharing_shows_the_page_to_everybody_where_the_bot_was_never_invited(door: FrontDoor) -> None:
    assert door.workspace.bot.user_id not in door.workspace.channels[SQUARE].members
    answer = await look_up(door, "인쇄")
    await press(door, answer, "채널에 공유")
    shared = door.workspace.messages.seen_by(LEAD, SQUARE)
    assert len(shared) == 1
    assert shared[0].only_for is None
    assert firms(shared[0]) == firms(answer)
    assert f"<@{STAFF}> 님이 공유했습니다. 이 채널 모두에게 보입니다." in text_of(shared[0])
    assert "나에게만" not in text_of(shared[0])
    assert labels(shared[0]) == []


async def test_sharing_leaves_the_askers_own_answer_as_it_was(door: FrontDoor) -> None:
    answer = await look_up(door, "인쇄")
    assert await press(door, answer, "채널에 공유") == answer


async def test_sharing_a_page_whose_firms_have_gone_tells_the_asker_alone(door: FrontDoor) -> None:
    answer = await look_up(door, "번호상사")
    with door.toolkit.database.write() as tx:
        tx.execute(sql("DELETE FROM vendors WHERE name = '번호상사'"))
        vendor_import.end_import(tx, as_of=date(2027, 6, 1), at=door.clock())
    door.clock.now += timedelta(days=1)
    now = await press(door, answer, "채널에 공유")
    assert "명부에서 찾지 못했습니다." in now.text
    assert door.workspace.messages.seen_by(LEAD, SQUARE) == []


async def test_the_second_page_is_shared_as_the_second_page(door: FrontDoor) -> None:
    second = await press(door, await look_up(door, "인쇄"), "더 보기 (2곳)")
    await press(door, second, "채널에 공유")
    assert firms(door.workspace.messages.seen_by(LEAD, SQUARE)[0]) == firms(second)


async def test_where_nobody_else_reads_along_there_is_nothing_to_share(door: FrontDoor) -> None:
    answer = await look_up(door, "인쇄", channel=door.workspace.open_dm(STAFF).id)
    assert "상세" in labels(answer)
    assert "채널에 공유" not in labels(answer)
    assert "채널에 공유" not in labels(await press(door, answer, "더 보기 (2곳)"))


# -- long and many --------------------------------------------------------------------------------------------------


async def test_firms_with_very_long_names_and_items_stay_within_slacks_limits(
    sqlite_template: Any, tmp_path: Any
) -> None:
    many = [
        a_vendor(
            name=f"{'긴이름' * 60}{n}", business_number=None, items=tuple(f"인쇄{'품목' * 90}{i}" for i in range(40))
        )
        for n in range(9)
    ]
    async with open_front_door(sqlite_template.copy_to(tmp_path), many) as door:
        beside = await press(door, await look_up(door, "인쇄"), "미확인 9곳 보기")
        assert len(firms(beside)) == 5
        await press(door, beside, "상세")
        await press(door, await look_up(door, "긴이름없음"), "상생경제과에 알리기")
        assert door.workspace.faults_seen == []


async def test_the_feature_works_on_postgresql_as_well(postgres_door: FrontDoor) -> None:
    answer = await look_up(postgres_door, "인쇄 책자")
    second = await press(postgres_door, answer, "더 보기 (2곳)")
    assert sorted(firms(answer) + firms(second)) == sorted(PRINTERS)
    await press(postgres_door, await look_up(postgres_door, "드론"), "상생경제과에 알리기")
    assert "모두 1번" in postgres_door.direct_messages(OFFICE)[0].text
