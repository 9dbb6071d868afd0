"""The whole product in a real browser: what a person does on the page of `gwannae demo`, from the first look on."""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from gwannae.bot.demo_year import demo_organisations
from gwannae.programme.purchases import PurchaseState
from gwannae.readers.tables import read_tables
from tests.bot.demo_stage import (
    DESK,
    INSTITUTION,
    LEAD,
    NEWCOMER,
    OFFICE,
    PHONE,
    SECOND,
    STAFF,
    Stage,
    Visitor,
    entrance,
    launched_browser,
    served_demo,
)

pytestmark = pytest.mark.browser

Enter = Callable[..., Visitor]
PICTURE = Path(__file__).parents[2] / "docs" / "page.png"
LARGEST_PICTURE = 200_000  # bytes
FIRM = "종이고래인쇄"
DECLARED = "U0COLLEAGUE1"  # named the organisation themselves


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with served_demo(tmp_path_factory.mktemp("demo")) as served:
        yield served


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launched_browser() as launched:
        yield launched


@pytest.fixture
def enter(stage: Stage, browser: Browser) -> Iterator[Enter]:
    with entrance(stage, browser) as let_in:
        yield let_in


# -- the first look -------------------------------------------------------------------------------------------------


def test_the_page_opens_at_ones_own_channel_and_says_what_it_is_and_which_day(stage: Stage, enter: Enter) -> None:
    visitor = enter(STAFF)
    visitor.page.goto(stage.address)
    own = stage.workspace.channels[stage.workspace.people[STAFF].channel]
    expect(visitor.page.get_by_role("heading", level=1)).to_have_text(f"#{own.name}")
    expect(visitor.page.locator(".notice")).to_contain_text("모두 지어낸 것입니다")
    expect(visitor.page.locator(".notice")).to_contain_text("2027. 6. 15.(화)")
    assert own != next(iter(stage.workspace.channels.values()))
    visitor.page.locator("[data-who] summary").click()
    visitor.page.get_by_role("link", name=stage.workspace.people[OFFICE].name).click()
    office = stage.workspace.channels[stage.workspace.people[OFFICE].channel]
    expect(visitor.page.get_by_role("heading", level=1)).to_have_text(f"#{office.name}")
    expect(visitor.page.locator(".who summary")).to_contain_text(stage.workspace.people[OFFICE].role_label)


def test_an_empty_channel_offers_three_things_to_try_until_something_is_said(stage: Stage, enter: Enter) -> None:
    visitor = enter(STAFF).go(stage.channel(7))
    chips = visitor.page.locator("[data-fill]")
    expect(chips).to_have_text(list(stage.workspace.examples))
    chips.nth(2).click()
    expect(visitor.line).to_have_value("/local-standings")
    expect(visitor.line).to_be_focused()
    expect(visitor.page.locator("#commands")).to_be_hidden()
    visitor.page.keyboard.press("Enter")
    expect(visitor.page.locator("#messages > .said", has_text="부서 5위 / 5")).to_have_count(1)
    expect(chips.first).to_be_hidden()


def test_a_slash_offers_the_commands_to_the_keyboard(enter: Enter) -> None:
    visitor = enter(STAFF).go()
    expect(visitor.line).to_be_focused()
    visitor.page.keyboard.type("/")
    options = visitor.page.get_by_role("listbox", name="명령").get_by_role("option")
    expect(options).to_have_count(4)
    visitor.page.keyboard.press("ArrowDown")
    visitor.page.keyboard.press("Enter")
    expect(visitor.line).to_have_value("/report-purchase ")
    visitor.line.fill("/loc")
    expect(options).to_have_count(2)
    visitor.page.keyboard.press("Tab")
    expect(visitor.line).to_have_value("/localvendor ")
    visitor.line.fill("/gw")
    visitor.page.keyboard.press("Escape")
    expect(options.first).to_be_hidden()
    expect(visitor.line).to_have_value("/gw")


# -- finding a firm -------------------------------------------------------------------------------------------------


def test_the_answer_to_a_search_is_a_picture_worth_showing(stage: Stage, enter: Enter, tmp_path: Path) -> None:
    visitor = enter(SECOND).go()
    visitor.say("/localvendor 인쇄")
    expect(visitor.last.get_by_role("button", name="상세")).to_have_count(5)
    visitor.page.wait_for_function("document.querySelectorAll('.htmx-added').length === 0")
    wanted = os.environ.get("GWANNAE_UPDATE_PICTURES") == "1"
    visitor.page.screenshot(path=PICTURE if wanted else tmp_path / PICTURE.name, animations="disabled")
    taken = (PICTURE if wanted else tmp_path / PICTURE.name).read_bytes()
    for picture in (taken, PICTURE.read_bytes()):
        assert picture.startswith(b"\x89PNG")
        assert (int.from_bytes(picture[16:20]), int.from_bytes(picture[20:24])) == DESK
        assert len(picture) < LARGEST_PICTURE


def test_local_firms_are_found_and_looked_at_with_the_keyboard_alone(enter: Enter) -> None:
    visitor = enter(STAFF).go()
    keys = visitor.page.keyboard
    keys.type("/localvendor 인쇄")
    keys.press("Enter")
    details = visitor.last.get_by_role("button", name="상세")
    expect(visitor.last).to_contain_text(re.compile(r"‘인쇄’ 관내 업체 \d+곳"))
    expect(visitor.last).to_contain_text("나에게만 보이는 메시지")
    expect(details).to_have_count(5)
    first_page = visitor.last.inner_text()

    visitor.tab_to("더 보기", "Shift+Tab")
    keys.press("Enter")
    expect(visitor.last.get_by_role("button", name="이전")).to_be_visible()
    assert visitor.last.inner_text() != first_page
    visitor.tab_to("이전")
    keys.press("Enter")
    expect(visitor.last.get_by_role("button", name="이전")).to_have_count(0)
    assert visitor.last.inner_text() == first_page
    visitor.tab_to("관외")
    keys.press("Enter")
    expect(visitor.last).to_contain_text("먼바다고래인쇄")
    expect(visitor.last).to_contain_text("관외")
    visitor.tab_to("관내")
    keys.press("Enter")
    expect(details).to_have_count(5)

    visitor.tab_to("상세", "Shift+Tab")
    keys.press("Enter")
    expect(visitor.window).to_contain_text("판정 근거")
    keys.press("Escape")
    expect(visitor.window).to_have_count(0)
    assert visitor.focused() == "상세"


def test_an_answer_is_the_askers_alone_until_it_is_shared(stage: Stage, enter: Enter) -> None:
    room = stage.channel(6)
    staff, lead = enter(STAFF).go(room), enter(LEAD).go(room)
    staff.say("/localvendor 떡")
    expect(staff.last).to_contain_text("떡치는달토끼")
    lead.say("아무도 없나요?")
    expect(staff.last).to_contain_text("아무도 없나요?")
    expect(lead.page.locator("#messages")).not_to_contain_text("떡치는달토끼")
    staff.press("채널에 공유")
    expect(lead.last).to_contain_text("떡치는달토끼")
    expect(lead.last).to_contain_text("공유했습니다")
    expect(lead.last).not_to_contain_text("나에게만 보이는 메시지")
    lead.go()
    expect(lead.page.locator("#messages")).not_to_contain_text("떡치는달토끼")


# -- reporting ------------------------------------------------------------------------------------------------------


def test_a_report_from_a_firms_card_is_stored_after_its_error_is_mended(stage: Stage, enter: Enter) -> None:
    visitor, title = enter(STAFF).go(), "카드에서 온 명함"
    card = visitor.say(f"/localvendor {FIRM}")
    visitor.press("구매 보고", card)
    firm = visitor.window.get_by_label("어디서")
    expect(firm).to_have_value(FIRM)
    visitor.fill_report(title, "삼십만원정도")
    visitor.press("보고", visitor.window)
    amount = visitor.window.get_by_label("얼마")
    expect(visitor.window.get_by_role("alert")).to_have_text(re.compile("금액을 읽지 못했습니다"))
    expect(amount).to_have_attribute("aria-invalid", "true")
    expect(amount).to_be_focused()
    expect(amount).to_have_value("삼십만원정도")
    expect(firm).to_have_value(FIRM)
    expect(visitor.window.get_by_label("무엇을 샀나요")).to_have_value(title)
    expect(visitor.window.get_by_label("구분").locator("option:checked")).to_have_text("물품")
    assert stage.reports(STAFF, title) == []

    amount.fill("1,500천원")
    visitor.press("보고", visitor.window)
    expect(visitor.window).to_have_count(0)
    expect(visitor.unread).to_have_text(re.compile("1$"))
    visitor.page.locator("#places").get_by_role("link", name=stage.workspace.bot.name).click()
    expect(visitor.last).to_contain_text(f"보고를 저장했습니다 · {title} · 1,500,000원")
    expect(visitor.last).to_contain_text("판정 관내")
    expect(visitor.unread).to_have_count(0)
    assert [(p.draft.amount, p.draft.firm.name) for p in stage.reports(STAFF, title)] == [(1_500_000, FIRM)]


def test_a_receipt_comes_by_itself_and_leads_to_changing_and_cancelling(stage: Stage, enter: Enter) -> None:
    visitor, title = enter(SECOND).go(stage.channel(3)), "고치고 취소할 책자"
    visitor.report(title)
    visitor.go_to_messages()
    receipt = visitor.page.locator("#messages > .said", has_text=title)
    expect(receipt).to_have_count(1)
    visitor.press("고치기", receipt)
    expect(visitor.window.get_by_label("얼마")).to_have_value("300,000원")
    visitor.window.get_by_label("얼마").fill("2천5백만 원")
    visitor.press("고치기", visitor.window)
    expect(receipt.last).to_contain_text("보고를 고쳤습니다")
    expect(receipt.last).to_contain_text("25,000,000원")

    visitor.press("취소", receipt.last)
    asked = visitor.page.get_by_role("alertdialog")
    expect(asked).to_contain_text("기록은 남고 집계에서는 빠집니다")
    expect(asked.get_by_role("button", name="그대로 두기")).to_be_focused()
    visitor.page.keyboard.press("Enter")
    expect(asked).to_have_count(0)
    assert visitor.focused() == "취소"
    assert [p.state for p in stage.reports(SECOND, title)] == [PurchaseState.REPORTED]
    visitor.page.keyboard.press("Enter")
    visitor.press("취소하기", asked)
    expect(receipt.last).to_contain_text("보고를 취소했습니다")
    expect(receipt.last.get_by_role("button")).to_have_text(["되살리기", "이력", "지난 건 복사"])
    assert [p.state for p in stage.reports(SECOND, title)] == [PurchaseState.CANCELLED]
    visitor.press("되살리기", receipt.last)
    expect(receipt.last).to_contain_text("보고를 되살렸습니다")
    visitor.press("이력", receipt.last)
    expect(visitor.window).to_contain_text("계약금액: 300,000원 → 25,000,000원")


def test_a_stale_button_in_a_second_tab_changes_nothing_and_says_so(stage: Stage, enter: Enter) -> None:
    visitor, title = enter(INSTITUTION).go(), "두 창에서 고칠 리플릿"
    visitor.report(title)
    visitor.go_to_messages()
    second = visitor.another_tab()
    visitor.go(stage.workspace.open_dm(INSTITUTION).id, second)
    old = second.locator("#messages > .said", has_text=title).first
    expect(old.get_by_role("button", name="취소", exact=True)).to_be_visible()
    visitor.press("고치기", visitor.last)
    visitor.window.get_by_label("얼마").fill("40만원")
    visitor.press("고치기", visitor.window)
    expect(visitor.last).to_contain_text("400,000원")
    old.get_by_role("button", name="취소", exact=True).click()
    second.get_by_role("alertdialog").get_by_role("button", name="취소하기").click()
    expect(old).to_contain_text("그 사이 바뀐 보고입니다. 아무것도 하지 않았습니다")
    expect(old).to_contain_text("400,000원")
    assert [(p.draft.amount, p.state) for p in stage.reports(INSTITUTION, title)] == [(400_000, PurchaseState.REPORTED)]


def test_a_double_click_stores_one_report_and_the_receipt_says_so(stage: Stage, enter: Enter) -> None:
    visitor, title = enter(STAFF).go(), "두 번 누른 봉투"
    visitor.command("/report-purchase")
    visitor.fill_report(title, "10만원", FIRM)
    visitor.window.get_by_role("button", name="보고", exact=True).dblclick()
    expect(visitor.window).to_have_count(0)
    visitor.go_to_messages()
    expect(visitor.last).to_contain_text(f"보고를 저장했습니다 · {title}")
    stage.settle()
    assert len(stage.reports(STAFF, title)) == 1


def test_a_form_that_comes_three_times_at_once_is_stored_once(stage: Stage, enter: Enter) -> None:
    visitor, title = enter(STAFF).go(), "한꺼번에 보낸 스티커"
    visitor.command("/report-purchase")
    visitor.fill_report(title, "10만원", FIRM)
    visitor.page.evaluate(
        """user => {
            const sent = new URLSearchParams(new FormData(document.querySelector("#modal form")));
            sent.set("as", user);
            return Promise.all([1, 2, 3].map(() => fetch("/ui/view/submit", { method: "POST", body: sent })));
        }""",
        STAFF,
    )
    expect(visitor.window).to_have_count(0)
    stage.settle()
    visitor.go_to_messages()
    expect(visitor.page.locator("#messages > .said", has_text=title)).to_have_count(1)
    assert len(stage.reports(STAFF, title)) == 1


def test_a_form_whose_answer_was_too_late_can_be_sent_again_and_counts_once(stage: Stage, enter: Enter) -> None:
    visitor, title = enter(STAFF).go(), "늦게 답한 현수막"
    visitor.command("/report-purchase")
    visitor.fill_report(title, "10만원", FIRM)
    caller = stage.demo.sandbox.caller
    patience, caller.ack_seconds = caller.ack_seconds, 0.3
    try:
        with stage.demo.toolkit.database.write():  # nobody else can store anything meanwhile
            visitor.press("보고", visitor.window)
            expect(visitor.window.get_by_role("alert")).to_contain_text("입력하신 내용은 그대로 있습니다")
    finally:
        caller.ack_seconds = patience
    stage.wait_for_reports(1, STAFF, title)
    expect(visitor.window.get_by_label("무엇을 샀나요")).to_have_value(title)
    visitor.press("보고", visitor.window)
    expect(visitor.window).to_contain_text("이미 저장된 보고입니다. 두 번 집계되지 않습니다.")
    assert len(stage.reports(STAFF, title)) == 1


def test_a_firm_is_chosen_from_the_list_by_mouse_and_by_keyboard(stage: Stage, enter: Enter) -> None:
    visitor = enter(STAFF).go()
    window = visitor.command("/report-purchase 현수막 30만원 어제")
    expect(window.get_by_label("무엇을 샀나요")).to_have_value("현수막")
    expect(window.get_by_label("얼마")).to_have_value("300,000원")
    expect(window.get_by_label("언제")).to_have_value("2027-06-14")
    box = window.get_by_label("어디서")
    box.fill("광고")
    window.get_by_role("option", name="바람개비곰광고").click()
    expect(box).to_have_value("바람개비곰광고")
    box.fill("")
    box.press_sequentially("인쇄")
    expect(window.get_by_role("option").first).to_be_visible()
    visitor.page.keyboard.press("ArrowDown")
    pointed = window.get_by_role("option").first.inner_text().splitlines()[0]
    visitor.page.keyboard.press("Enter")
    expect(box).to_have_value(pointed)
    expect(window.get_by_label("업체 이름", exact=True)).to_have_count(0)


def test_a_firm_that_the_list_lacks_gets_its_own_fields_and_nothing_typed_is_lost(stage: Stage, enter: Enter) -> None:
    visitor, title = enter(STAFF).go(), "명부에 없는 곳의 간식"
    window = visitor.command("/report-purchase")
    visitor.fill_report(title, "12만원")
    window.get_by_label("품목 (선택)", exact=True).fill("다과")
    window.get_by_label("어디서").fill("언덕너머 두더지상점")
    window.get_by_role("option", name="명부에 없는 업체로 적기").click()
    expect(window.get_by_label("업체 이름", exact=True)).to_have_value("언덕너머 두더지상점")
    expect(window.get_by_label("무엇을 샀나요")).to_have_value(title)
    expect(window.get_by_label("얼마")).to_have_value("12만원")
    expect(window.get_by_label("품목 (선택)", exact=True)).to_have_value("다과")
    expect(window.get_by_label("구분").locator("option:checked")).to_have_text("물품")
    window.get_by_label("사업자등록번호 (선택)", exact=True).fill("123-45-67890")
    window.get_by_label("소재지").fill("모름")
    visitor.press("보고", window)
    expect(window.get_by_role("alert")).to_have_text(re.compile("끝자리가 맞지 않습니다"))
    window.get_by_label("사업자등록번호 (선택)", exact=True).fill("")
    visitor.press("보고", window)
    expect(visitor.window).to_have_count(0)
    visitor.go_to_messages()
    expect(visitor.last).to_contain_text("판정 미확인")
    assert [p.draft.firm.name for p in stage.reports(STAFF, title)] == ["언덕너머 두더지상점"]


# -- standings, Home, the office ------------------------------------------------------------------------------------


def test_the_standings_are_a_table_with_the_askers_own_place(stage: Stage, enter: Enter) -> None:
    visitor = enter(INSTITUTION).go()
    visitor.say("/local-standings 3월 물품")
    own = demo_organisations(stage.demo.toolkit.city)[6].seed.name
    answer = visitor.page.locator("#messages > .said", has=visitor.page.get_by_role("row")).last
    expect(answer).to_contain_text(re.compile(rf"{own} 2027년 3월 물품 \d위 / 7"))
    rows = answer.get_by_role("row")
    expect(rows).to_have_count(8)
    expect(rows.first).to_contain_text("건수")
    assert all(re.search(r"\d+\.\d% \(\d+/\d+\)", row) for row in rows.all_inner_texts()[1:])


@pytest.mark.parametrize(
    ("user", "seen", "unseen"),
    [
        (STAFF, ("내 보고", "구매 보고"), ("총괄 부서", "본인이 고른 소속")),
        (LEAD, ("부서 책임자",), ("담당 정하기", "채널 연결")),
        (OFFICE, ("총괄 부서 · 채널 연결 8/", "담당 정하기", "업체를 찾지 못한 말"), ()),
        (NEWCOMER, ("아직 소속을 모릅니다",), ("총괄 부서", "본인이 고른 소속")),
    ],
)
def test_the_home_tab_shows_each_what_is_theirs(
    enter: Enter, user: str, seen: tuple[str, ...], unseen: tuple[str, ...]
) -> None:
    visitor = enter(user).go("home")
    home = visitor.page.locator(".home")
    expect(home).to_contain_text("지역상품 우선구매")
    for words in seen:
        expect(home).to_contain_text(words)
    for words in unseen:
        expect(home).not_to_contain_text(words)


def test_the_office_confirms_an_affiliation_that_somebody_has_named_themselves(stage: Stage, enter: Enter) -> None:
    office, declared = enter(OFFICE).go("home"), enter(DECLARED).go("home")
    expect(declared.page.locator(".home")).to_contain_text("(본인이 고름)")
    expect(office.page.locator(".home")).to_contain_text(f"@{stage.workspace.people[DECLARED].name}")
    office.press("맞습니다")
    expect(office.page.locator(".home")).not_to_contain_text("본인이 고른 소속")
    stage.settle()
    declared.go("home")
    expect(declared.page.locator(".home")).not_to_contain_text("(본인이 고름)")


def test_a_lead_takes_the_years_workbook_from_the_messages(enter: Enter, tmp_path: Path) -> None:
    visitor = enter(LEAD).go("home")
    visitor.press("실적 내려받기", visitor.page.locator(".home"))
    expect(visitor.window).to_be_visible()
    visitor.press("만들기", visitor.window)
    expect(visitor.window).to_contain_text("파일을 만들고 있습니다")
    visitor.close_window()
    visitor.go_to_messages()
    link = visitor.last.locator(".said-file a")
    expect(link).to_contain_text(".xlsx")
    with visitor.page.expect_download() as begun:
        link.click()
    taken = tmp_path / "실적.xlsx"
    begun.value.save_as(taken)
    assert begun.value.suggested_filename.startswith("2027년_구매실적_")
    heading = next(row for row in read_tables(taken)[0].rows if row.number == 3)
    assert heading.cells[1:3] == ("부서·기관", "계약명")


def test_the_office_links_a_channel_names_a_lead_and_adds_an_organisation(stage: Stage, enter: Enter) -> None:
    office = enter(OFFICE).go(stage.channel(3))
    own = demo_organisations(stage.demo.toolkit.city)[3].seed.name
    window = office.command("/gwannae 연결")
    expect(window).to_contain_text(own)
    window.get_by_label("부서·기관").select_option(label=own)
    office.press("연결", window)
    expect(window).to_contain_text(f"‘{own}’에 연결했습니다")
    office.close_window()

    window = office.command("/gwannae 담당")
    window.get_by_label("부서·기관").select_option(label=own)
    window.get_by_label("누구").select_option(label=stage.workspace.people[NEWCOMER].name)
    window.get_by_label("역할").select_option(label="부서 책임자")
    office.press("정하기", window)
    expect(window).to_contain_text(f"@{stage.workspace.people[NEWCOMER].name} 님을 ‘{own}’")
    office.close_window()

    window = office.command("/gwannae 부서")
    window.get_by_label("이름").fill("달빛산책과")
    office.press("저장", window)
    expect(window).to_contain_text("‘달빛산책과’를 추가했습니다")


def test_what_is_chosen_while_the_form_is_drawn_anew_stays(stage: Stage, enter: Enter) -> None:
    office = enter(OFFICE).go(stage.channel(3))
    own = demo_organisations(stage.demo.toolkit.city)[3].seed.name
    window = office.command("/gwannae 담당")
    under_way: list[Route] = []
    office.page.route("**/ui/action", lambda route: under_way.append(route))
    with office.page.expect_request("**/ui/action"):
        window.get_by_label("부서·기관").select_option(label=own)
    window.get_by_label("누구").select_option(NEWCOMER)
    window.get_by_label("역할").select_option(label="부서 책임자")
    under_way[0].continue_()
    expect(window).to_contain_text(f"‘{own}’의 담당")  # the answer to the first choice, which drew the form anew
    expect(window.get_by_label("누구")).to_have_value(NEWCOMER)
    expect(window.get_by_label("역할")).to_have_value("lead")


def test_what_the_office_may_do_is_refused_to_staff(stage: Stage, enter: Enter) -> None:
    visitor = enter(STAFF).go(stage.channel(5))
    expect(visitor.say("/gwannae 연결")).to_contain_text("총괄 부서")
    for word in ("담당", "부서"):
        expect(visitor.command(f"/gwannae {word}")).to_contain_text("총괄 부서")
        expect(visitor.window.locator("select, input[type=text]")).to_have_count(0)
        visitor.close_window()


# -- a phone --------------------------------------------------------------------------------------------------------


def assert_fits(page: Page) -> None:
    """Nothing makes the page wider than the screen, and the form window neither."""
    wide = page.evaluate(
        """() => ["html", "body", "#main", "#modal .sheet-body", ".bar", ".composer"].filter(name => {
            const one = document.querySelector(name);
            return one && one.scrollWidth > one.clientWidth;
        })"""
    )
    assert wide == []


def assert_focus_is_seen(page: Page) -> None:
    look = page.evaluate(
        """() => {
            const one = document.activeElement;
            return [one, one.closest(".box") || one].map(getComputedStyle)
                .map(look => [look.outlineStyle, look.outlineWidth, look.boxShadow]);
        }"""
    )
    if page.evaluate("document.activeElement === document.body"):
        return  # past the last control, where the browser's own begin
    assert any((style != "none" and width != "0px") or shadow != "none" for style, width, shadow in look), look


def test_everything_is_reached_on_a_phone_and_nothing_is_wider_than_it(stage: Stage, enter: Enter) -> None:
    visitor = enter(LEAD, PHONE).go(stage.channel(1))
    page = visitor.page
    assert visitor.line.evaluate("one => one.scrollHeight <= one.clientHeight"), "what to do there is cut off"
    for line in ("/localvendor 인쇄", "/local-standings", "/gwannae", "/localvendor 없는품목ㅁㄴㅇ"):
        visitor.say(line)
        assert_fits(page)
        top = visitor.last.locator(".author").bounding_box()
        assert top
        assert top["y"] > page.locator("#main").bounding_box()["y"], "the answer's first line has scrolled away"  # type: ignore[index]
    table = page.get_by_role("region", name="표")
    assert table.evaluate("one => one.scrollWidth > one.clientWidth")
    visitor.press("상세")
    assert_fits(page)
    expect(visitor.window).to_contain_text("지어낸 명부")
    visitor.press("구매 보고", visitor.window)
    expect(visitor.window.get_by_label("얼마")).to_be_visible()
    visitor.window.get_by_label("어디서").fill("인쇄")
    expect(visitor.window.get_by_role("option").first).to_be_visible()
    assert_fits(page)
    page.keyboard.press("Escape")
    for name in ("보고", "그만두기"):
        expect(visitor.window.get_by_role("button", name=name, exact=True)).to_be_in_viewport()
    visitor.press("그만두기", visitor.window)
    visitor.close_window()

    for place in ("앱 홈", stage.workspace.bot.name):
        side = page.get_by_role("complementary", name="작업공간")
        expect(side).to_be_hidden()
        page.get_by_role("button", name="채널 목록").click()
        expect(side).to_be_in_viewport()
        side.get_by_role("link", name=place).click()
        expect(page.locator("h1")).to_contain_text(stage.workspace.bot.name)
        assert_fits(page)


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_the_focus_is_seen_wherever_the_keyboard_goes(stage: Stage, enter: Enter, size: tuple[int, int]) -> None:
    visitor = enter(LEAD, size).go(stage.channel(2))
    visitor.say("/localvendor 현수막")
    missed = {"보내기", "본문으로 건너뛰기", "상세", "구매 보고", "채널에 공유", "line"}
    for _ in range(80):
        visitor.page.keyboard.press("Tab")
        assert_focus_is_seen(visitor.page)
        missed -= {visitor.focused()}
        if not missed:
            break
    assert missed == set()


# -- what nobody expects --------------------------------------------------------------------------------------------

WORST = {
    "3,000 characters": "현수막 " * 750,
    "markup and SQL": "<script>document.title='x'</script><img src=x onerror=alert(1)>&amp;'; DROP TABLE purchases; --",
    "emoji and a call to everybody": "<!channel> <!here|x> <@U0LEAD> *굵게* `코드` 🖨️👩‍👩‍👧‍👦🇰🇷 ﷽ \u202e쇄인",
}


def assert_calm(page: Page) -> None:
    """What was typed has stayed words: it made no element, ran nothing and rang nobody."""
    assert page.title() != "x"
    assert page.locator("#main script, #main img, #modal script, #modal img, .b-crowd").count() == 0
    assert_fits(page)


@pytest.mark.parametrize("worst", WORST)
def test_the_worst_words_in_the_message_box_stay_words(stage: Stage, enter: Enter, worst: str) -> None:
    visitor = enter(INSTITUTION, PHONE).go(stage.channel(7))
    visitor.say(WORST[worst])
    assert_calm(visitor.page)
    visitor.say(f"/localvendor {WORST[worst]}")
    expect(visitor.last).to_contain_text(re.compile("찾지 못했습니다|관내 업체"))
    assert_calm(visitor.page)
    visitor.say(f"/gwannae {WORST[worst]}")
    expect(visitor.last).to_contain_text("나에게만 보이는 메시지")
    assert_calm(visitor.page)


@pytest.mark.parametrize("worst", WORST)
def test_the_worst_words_in_the_form_stay_words(stage: Stage, enter: Enter, worst: str) -> None:
    visitor, words = enter(INSTITUTION).go(stage.channel(7)), WORST[worst].strip()
    window = visitor.command(f"/report-purchase {words}")
    assert_calm(visitor.page)
    visitor.fill_report(words, words)
    window.get_by_label("품목 (선택)", exact=True).fill(words)
    firm = window.get_by_label("어디서")
    firm.fill(words)
    window.get_by_role("option", name="명부에 없는 업체로 적기").click()
    expect(window.get_by_label("업체 이름", exact=True)).not_to_have_value("")
    window.get_by_label("사업자등록번호 (선택)", exact=True).fill(words)
    window.get_by_label("소재지").fill(words)
    assert_calm(visitor.page)
    visitor.press("보고", window)
    expect(error_at(window, "얼마")).to_have_count(1)
    expect(error_at(window, "사업자등록번호 (선택)")).to_have_count(1)
    assert_calm(visitor.page)
    window.get_by_label("얼마").fill("1만원")
    window.get_by_label("사업자등록번호 (선택)", exact=True).fill("")
    visitor.press("보고", window)
    expect(visitor.window).to_have_count(0)
    visitor.go_to_messages()
    expect(visitor.last).to_contain_text("보고를 저장했습니다")
    assert_calm(visitor.page)
    visitor.press("판정 근거", visitor.last)
    expect(visitor.window).to_contain_text("판정 근거")
    assert_calm(visitor.page)
    visitor.go("home")
    expect(visitor.page.locator(".home")).to_contain_text("내 보고")
    assert_calm(visitor.page)


def error_at(window: Locator, label: str) -> Locator:
    """The error that stands at a field."""
    return window.locator(".b-input", has=window.page.get_by_label(label)).get_by_role("alert")
