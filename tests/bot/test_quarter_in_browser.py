"""A division's whole quarter, by hand, in a real browser: a file goes in, its doubtful rows are answered, it is undone
and done again, the lead confirms, and after the closing one row is corrected, which the office opens for it. Then the
office holds the city's published list against it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, expect

from tests.bot.demo_stage import (
    LEAD,
    OFFICE,
    PHONE,
    STAFF,
    Stage,
    Visitor,
    entrance,
    launched_browser,
    served_demo,
)
from tests.readers.files import xlsx

pytestmark = pytest.mark.browser

Enter = Callable[..., Visitor]
SEOUL = ZoneInfo("Asia/Seoul")
QUARTER_OVER = datetime(2027, 7, 5, 10, 0, tzinfo=SEOUL)
CLOSED = datetime(2027, 8, 20, 10, 0, tzinfo=SEOUL)  # the second quarter closes on 2027-07-30 (Friday)
FILE, LIST = "2분기 계약현황.xlsx", "공개 목록.xlsx"
ROWS = (
    ("2027년 2분기 계약현황",),
    ("", "", "", "", "", "", "(단위: 천원)"),
    ("연번", "통합계약번호", "차수", "계약명", "계약일자", "계약상대자", "계약금액", "구분", "계약방법", "품목"),
    (1, "", "", "긴 의자 구매", "2027. 4. 2.", "처음보는가구", 12000, "물품", "수의 1인", "의자"),
    (2, "", "", "긴 의자 추가 구매", "27.5.3", "처음보는가구", 12500, "물품", "수의 1인", "의자"),
    (3, "R27TA0000001", "00", "화단 정비 공사", "2027-04-11", "처음보는조경", 18000, "공사", "수의 2인", ""),
    (4, "R27TA0000001", "01", "화단 정비 공사", "2027-04-11", "처음보는조경", 17500, "공사", "수의 2인", ""),
    (5, "", "", "숲 해설 운영", "2027-05-21", "처음보는기획", 3400, "", "수의 1인", ""),
    (6, "", "", "안내지 인쇄", "2027-05-14", "종이고래인쇄", 2300, "물품", "수의 1인", "인쇄"),
    (7, "", "", "폐기물 처리", "2027-06-01", "처음보는환경", 0, "용역", "수의 1인", ""),
    ("합계", "", "", "", "", "", 48900, "", "", ""),
)
PUBLISHED = (
    ("부서", "계약명", "계약일", "계약금액", "계약상대자"),
    ("공원과", "안내지 인쇄", "2027-05-14", "2,300,000", "종이고래인쇄"),
    ("공원과", "숲 해설 운영", "2027-05-21", "3,900,000", "처음보는기획"),
    ("공원과", "분수대 청소 용역", "2027-05-20", "4,400,000", "종이고래인쇄"),
)


@dataclass
class Clock:
    """The city's clock in the test's hands."""

    now: datetime = QUARTER_OVER

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture(scope="module")
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory, clock: Clock) -> Iterator[Stage]:
    with served_demo(tmp_path_factory.mktemp("demo"), clock) as served:
        yield served


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launched_browser() as launched:
        yield launched


@pytest.fixture
def enter(stage: Stage, browser: Browser) -> Iterator[Enter]:
    with entrance(stage, browser) as let_in:
        yield let_in


def a_book(name: str, rows: tuple[tuple[object, ...], ...]) -> dict[str, object]:
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return {"name": name, "mimeType": kind, "buffer": xlsx(rows)}


def goes_in(staff: Visitor) -> None:
    """Drop the file, answer what it asks, and press 확정."""
    staff.page.locator("#attach").set_input_files(a_book(FILE, ROWS))  # type: ignore[arg-type]
    expect(staff.last).to_contain_text("7줄 가운데 2가지를 확인해 주세요")
    expect(staff.last).to_contain_text("금액이 0원입니다 — 폐기물 처리")
    staff.press("확인하기 (2)", staff.last)
    expect(staff.last).to_contain_text("‘숲 해설 운영’")
    staff.press("용역", staff.last)
    expect(staff.last).to_contain_text("마지막입니다")
    staff.last.get_by_role("button", name="종이고래인쇄").click()
    expect(staff.last).to_contain_text("새 실적 5건(4,770만 원)")
    expect(staff.last).to_contain_text("같은 품목(의자)의 수의계약: 최근 12개월 1건 1,200만 원")
    expect(staff.last).to_contain_text("합산 검토 필요")
    staff.press("확정", staff.last)
    expect(staff.last).to_contain_text("확정했습니다")


def test_a_whole_quarter_from_the_file_to_the_correction_after_its_closing(
    stage: Stage, enter: Enter, clock: Clock
) -> None:
    staff = enter(STAFF).go_to_messages()
    goes_in(staff)
    staff.press("되돌리기", staff.last)
    staff.page.get_by_role("alertdialog").get_by_role("button", name="되돌리기").click()
    expect(staff.last).to_contain_text("되돌렸습니다")
    goes_in(staff)
    staff.press("넣은 실적 보기", staff.last)
    expect(staff.window).to_contain_text("새 실적 5건 가운데 1–5번째")
    expect(staff.window).to_contain_text("화단 정비 공사 · 17,500,000원")
    staff.close_window()

    lead = enter(LEAD).go("home")
    expect(lead.page.locator("main")).to_contain_text("2027년 2분기 · 확정 전")
    lead.press("확정")
    sure = lead.page.get_by_role("alertdialog")
    expect(sure).to_contain_text("2027년 2분기")
    sure.get_by_role("button", name="확정").click()
    expect(lead.page.locator("main")).not_to_contain_text("2027년 2분기 · 확정 전")

    clock.now = CLOSED
    staff.press("되돌리기", staff.last)
    staff.page.get_by_role("alertdialog").get_by_role("button", name="되돌리기").click()
    expect(staff.window).to_contain_text("실적 5건이 마감된 기간에 있습니다")
    expect(staff.window).to_contain_text("기업혁신과에 다시 열어 달라고 하실 수 있습니다")
    staff.close_window()
    staff.press("넣은 실적 보기", staff.last)
    staff.window.get_by_role("button", name="고치기").nth(2).click()
    expect(staff.page.locator("#modal")).to_contain_text("숲 해설 운영")
    expect(staff.page.locator("#modal")).to_contain_text("2027년 2분기는 마감되었습니다")
    staff.press("다시 열어 달라고 하기")
    expect(staff.page.locator("#modal")).to_contain_text("알렸습니다. 열리면 메시지로 알려 드립니다")
    stage.clear_windows(STAFF)

    office = enter(OFFICE).go(stage.channel(0))
    office.press("다시 열기", office.last)
    office.window.get_by_label("사유").fill("계약금액 정정")
    office.press("열기", office.window)
    expect(office.window).to_contain_text("보고를 다시 열었습니다")
    stage.clear_windows(OFFICE)

    staff.go_to_messages()
    expect(staff.last).to_contain_text("다시 열었습니다")
    staff.press("고치기", staff.last)
    staff.window.get_by_label("얼마").fill("345만원")
    staff.press("고치기", staff.window)
    expect(staff.last).to_contain_text("보고를 고쳤습니다")
    expect(staff.last).to_contain_text("3,450,000원")
    staff.press("이력", staff.last)
    expect(staff.window).to_contain_text("계약금액: 3,400,000원 → 3,450,000원")
    stage.clear_windows(STAFF)
    lead.go("home")
    expect(lead.page.locator("main")).to_contain_text("2027년 2분기 · 다시 확정 필요")


def test_the_office_holds_the_published_list_against_it_and_the_division_answers(stage: Stage, enter: Enter) -> None:
    office = enter(OFFICE).go("home")
    office.press("공개 목록과 대조")
    office.window.locator("input[type=file]").set_input_files(a_book(LIST, PUBLISHED))  # type: ignore[arg-type]
    expect(office.window.locator(".b-file")).to_contain_text(LIST)
    office.press("견주기", office.window)
    expect(office.window).to_contain_text("DM으로 알려 드립니다")
    stage.clear_windows(OFFICE)
    office.go_to_messages()
    expect(office.last).to_contain_text("공개된 계약 목록과 견주었습니다")
    office.press("결과 보기", office.last)
    expect(office.window).to_contain_text("공원과 · 보고에 없음 1 · 금액 다름 1")
    office.window.get_by_role("button", name="카드 보기").first.click()
    expect(office.page.locator("#modal")).to_contain_text("2건만 봐 주세요 · 공원과")
    office.press("보내기", office.window)
    office.page.get_by_role("alertdialog").get_by_role("button", name="보내기").click()
    expect(office.window).to_contain_text("보냈습니다")

    staff = enter(STAFF, PHONE).go(stage.workspace.people[STAFF].channel)
    expect(staff.last).to_contain_text("공개 목록에만 있습니다 · 분수대 청소 용역")
    staff.press("보고하기", staff.last)
    expect(staff.window.get_by_label("얼마")).to_have_value("4,400,000원")
    staff.window.get_by_label("계약방법").select_option(index=1)
    staff.press("보고", staff.window)
    expect(staff.window).to_have_count(0)
    expect(staff.last).to_contain_text("1건만 봐 주세요")
    staff.press("이대로 두기", staff.last)
    staff.window.get_by_label("어느 쪽인가요").select_option(index=1)
    staff.window.get_by_label("까닭").fill("변경 계약이 아직 공개되지 않았습니다")
    staff.press("적어 두기", staff.window)
    expect(staff.window).to_contain_text("적어 두었습니다")
    stage.clear_windows(STAFF)
    expect(staff.last).not_to_contain_text("금액이 다릅니다")
