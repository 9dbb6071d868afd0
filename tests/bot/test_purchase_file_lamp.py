"""확인 등 for purchases that come by file: what a form would be held up for is told beside the preview and the receipt.

The made-up city knows one limit, a single quote up to 15,000,000 won without VAT.
"""

import pytest

from gwannae.messages import ids
from gwannae.storage import audit
from tests.bot.reporting import report, stored
from tests.bot.test_purchase_files import contracts, drop, last, press
from tests.front_door import NEWCOMER, OFFICE, ROADS, STAFF, FrontDoor, text_of

HEADER = ("부서", "계약명", "계약일", "계약금액", "업체명", "사업자등록번호", "구분", "계약방법", "품목")
LAW = "햇님시 계약 사무 지침 제3조 기준, 2026. 11. 2. 확인"


def row(
    day: str,
    amount: str = "6,000,000",
    item: str = "복사용지",
    firm: str = "번호상사",
    title: str = "복사용지 구매",
    method: str = "수의 1인",
    whose: str = "길가꿈과",
) -> tuple[str, ...]:
    number = "123-45-67891" if firm == "번호상사" else ""
    return whose, title, day, amount, firm, number, "물품", method, item


async def preview(door: FrontDoor, *rows: tuple[str, ...], user: str = STAFF) -> str:
    await drop(door, contracts(*rows, header=HEADER), user, channel=ROADS)
    return text_of(last(door, user))


async def test_what_passes_a_limit_alone_is_named_with_its_row_and_law(door: FrontDoor) -> None:
    said = await preview(door, row("2027-06-07"), row("2027-06-08", "16,501,000", title="큰 구매"))
    assert "확인이 필요한 점 3가지* · 저장을 막지는 않습니다" in said
    assert "물품 수의계약 기준 금액이 도시 설정에 없어 견주지 못했습니다" in said
    assert "합산 검토 필요" in said
    assert f"‘큰 구매’(번호상사, 3행): 추정가격이 1인 견적 물품·용역 1,500만 원보다 큽니다. 검토 필요 · {LAW}" in said
    assert "가능합니다" not in said
    await press(door, ids.IMPORT_CONFIRM)
    assert len(stored(door)) == 2, "it holds nothing up"
    assert "확인이 필요한 점 3가지가 함께 남아 있습니다" in text_of(last(door))
    await door.driver.press(STAFF, last(door), ids.IMPORT_LAMP)
    assert "‘큰 구매’" in text_of(door.form(STAFF))
    with door.toolkit.database.read() as tx:
        (entry,) = [e for e in audit.entries(tx, limit=20) if e.event == "purchases_imported"]
    assert "over_single_quote" in entry.detail["looked_at"]


async def test_rows_of_one_file_are_added_up(door: FrontDoor) -> None:
    said = await preview(door, row("2027-04-05"), row("2027-05-06"), row("2027-06-07"))
    assert "확인이 필요한 점 1가지" in said
    assert "(번호상사, 4행)" in said
    assert "같은 품목(복사용지)의 수의계약: 최근 12개월 2건 1,200만 원" in said
    assert "이번 건을 더하면 1,800만 원(추정가격 약 1,636만 원)입니다" in said


async def test_what_was_reported_before_is_added_up_with_them(door: FrontDoor) -> None:
    for day in ("2027-05-03", "2027-05-04"):
        await report(door, vendor="번호상사", amount="600만원", date=day, item="복사용지", title=f"용지 {day}")
    said = await preview(door, row("2027-06-07"))
    assert "같은 품목(복사용지)의 수의계약: 최근 12개월 2건 1,200만 원" in said


async def test_another_division_is_not_added_up_with_them(door: FrontDoor) -> None:
    rows = [row("2027-01-05", "9,000,000"), row("2027-06-07", "9,000,000", whose="상생경제과")]
    assert "확인이 필요한 점" not in await preview(door, *rows, user=OFFICE)


@pytest.mark.parametrize("method", ["일반경쟁", ""])
async def test_a_tender_or_an_unknown_method_is_not_added_up(door: FrontDoor, method: str) -> None:
    rows = [row(f"2027-0{month}-07", method=method) for month in (4, 5, 6)]
    assert "확인이 필요한 점" not in await preview(door, *rows)


async def test_many_notes_are_told_once_each_and_all_in_a_window(door: FrontDoor) -> None:
    rows = [
        row(f"2027-0{month}-0{n + 1}", item=f"품목{n}", firm=f"새업체{n}", title=f"구매 {n} {month}")
        for n in range(5)
        for month in (4, 5, 6)
    ]
    said = await preview(door, *rows)
    assert "확인이 필요한 점 5가지" in said
    assert said.count("합산 검토 필요") == 3
    await door.driver.press(STAFF, last(door), ids.IMPORT_LAMP)
    assert text_of(door.form(STAFF)).count("합산 검토 필요") == 5


async def test_who_merely_says_to_belong_there_sees_no_sums(door: FrontDoor) -> None:
    said = await preview(door, row("2027-04-05"), row("2027-05-06"), row("2027-06-07"), user=NEWCOMER)
    assert "금액은 소속이 확인된 뒤에 보입니다" in said
    assert "1,800만 원(" not in said


async def test_the_same_on_postgresql(postgres_door: FrontDoor) -> None:
    rows = (row("2027-04-05"), row("2027-05-06"), row("2027-06-07"))
    assert "같은 품목(복사용지)의 수의계약: 최근 12개월 2건 1,200만 원" in await preview(postgres_door, *rows)
    await press(postgres_door, ids.IMPORT_CONFIRM)
    assert len(stored(postgres_door)) == 3
