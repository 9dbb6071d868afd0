"""The page's clock in a real browser: a day later by a press, any day by its date, with the keyboard and on a phone."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.bot.demo_stage import OFFICE, PHONE, STAFF, Stage, Visitor, launched_browser, served_demo

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launched_browser() as launched:
        yield launched


@pytest.fixture
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with served_demo(tmp_path_factory.mktemp("demo")) as served:
        yield served


def test_the_clock_goes_forward_and_every_open_page_follows(stage: Stage, browser: Browser) -> None:
    office, staff = Visitor(stage, browser, OFFICE).go("home"), Visitor(stage, browser, STAFF).go()
    today = office.page.locator("#today")
    expect(today).to_have_text("2027. 6. 15.(화)")
    office.page.locator(".clock summary").click()
    office.press("하루 뒤")
    expect(today).to_have_text("2027. 6. 16.(수)")
    expect(staff.page.locator("#today")).to_have_text("2027. 6. 16.(수)")

    office.page.get_by_label("날짜").fill("2028-01-03")
    office.press("이 날로")
    expect(today).to_have_text("2028. 1. 3.(월)", timeout=20_000)
    expect(office.page.locator("#toast")).to_contain_text("2028. 1. 3.(월) 10:00입니다.")
    office.page.locator("#toast").get_by_role("button").click()

    office.go("home")
    expect(office.page.locator("#main")).to_contain_text("2027년 성과지표 가점 자료")  # of the year that is over
    office.page.locator(".clock summary").click()
    office.page.get_by_label("날짜").fill("2028-07-03")
    office.page.get_by_label("날짜").press("Enter")
    expect(staff.page.locator("#today")).to_have_text("2028. 7. 3.(월)", timeout=20_000)
    office.go("home")
    expect(office.page.locator("#main")).to_contain_text("2029년 공휴일이 아직 확인되지 않았습니다.")
    assert office.troubles == staff.troubles == []


def test_the_clock_is_reached_on_a_phone(stage: Stage, browser: Browser) -> None:
    visitor = Visitor(stage, browser, OFFICE, PHONE).go()
    visitor.page.locator(".clock summary").tap()
    box = visitor.page.locator("#clock").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= PHONE[0]
    visitor.page.get_by_role("button", name="다음 안내까지").tap()
    expect(visitor.page.locator("#today")).not_to_have_text("2027. 6. 15.(화)")
    assert visitor.troubles == []
