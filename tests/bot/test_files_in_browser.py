"""A division's quarter from a file, by hand, in a real browser: dropped, asked about, confirmed, undone, done again."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.bot.demo_stage import DESK, STAFF, Stage, Visitor, launched_browser, served_demo
from tests.readers.files import xlsx

pytestmark = pytest.mark.browser

Enter = Callable[..., Visitor]
ROWS = (
    ("2027년 2분기 계약현황",),
    ("", "", "", "(단위: 천원)"),
    ("연번", "계약명", "계약일", "계약금액", "업체명", "구분"),
    (1, "안내문 인쇄", "2027. 4. 5.", 300, "처음보는인쇄", "물품"),
    (2, "행사 운영", "2027. 5. 6.", 1200, "처음보는기획", ""),
    ("합계", "", "", 1500, "", ""),
)


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with served_demo(tmp_path_factory.mktemp("demo")) as served:
        yield served


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launched_browser() as launched:
        yield launched


@pytest.fixture
def visitor(stage: Stage, browser: Browser) -> Iterator[Visitor]:
    entered = Visitor(stage, browser, STAFF, DESK)
    yield entered
    stage.settle()
    entered.context.close()
    assert entered.troubles == []
    assert stage.workspace.faults_seen == []


def chosen(name: str = "2분기.xlsx") -> dict[str, object]:
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return {"name": name, "mimeType": kind, "buffer": xlsx(ROWS)}


def test_a_quarter_goes_in_from_a_file_by_hand(stage: Stage, visitor: Visitor) -> None:
    page = visitor.go(stage.workspace.open_dm(STAFF).id).page
    page.locator("#attach").set_input_files(chosen())  # type: ignore[arg-type]
    expect(page.locator(".said-file").last).to_contain_text("2분기.xlsx")
    expect(visitor.last).to_contain_text("확인해 주세요")
    page.get_by_role("button", name="확인하기").click()
    expect(visitor.last).to_contain_text("‘행사 운영’")
    page.get_by_role("button", name="용역", exact=True).click()
    expect(visitor.last).to_contain_text("새 실적 2건(150만 원)")
    visitor.last.get_by_role("button", name="확정").click()
    expect(visitor.last).to_contain_text("확정했습니다")
    visitor.last.get_by_role("button", name="되돌리기").click()
    page.get_by_role("alertdialog").get_by_role("button", name="되돌리기").click()
    expect(visitor.last).to_contain_text("되돌렸습니다")


def test_the_form_on_the_home_tab_takes_a_file(stage: Stage, visitor: Visitor) -> None:
    page = visitor.go("home").page
    page.get_by_role("button", name="파일로 보고").click()
    form = page.locator("#modal")
    form.locator("input[type=file]").set_input_files(chosen("양식.xlsx"))  # type: ignore[arg-type]
    expect(form.locator(".b-file")).to_contain_text("양식.xlsx")
    form.get_by_role("button", name="읽기").click()
    expect(form).to_contain_text("DM으로 알려 드립니다")
    visitor.go(stage.workspace.open_dm(STAFF).id)
    expect(visitor.last).to_contain_text("양식.xlsx")
