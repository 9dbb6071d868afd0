"""One firm in full, at the front door: what the window says, and what each one who asks may see."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import text as sql

from gwannae.programme.city import VendorCap
from gwannae.programme.facts import Fact
from gwannae.programme.organisations import COMMAND_LINE, Role
from gwannae.programme.vendors import Certificate, CertificateKind
from gwannae.readers.city_file import CityFileError, parse_city, read_city
from gwannae.sandbox.values import Json, OpenView
from gwannae.storage import affiliations
from tests.bot.reports import buy
from tests.bot.test_localvendor import firms, look_up, press
from tests.builders import a_vendor, an_address
from tests.front_door import CITY_FILE, NEWCOMER, OFFICE, OTHER, STAFF, FrontDoor, open_front_door, text_of

HERE = an_address(text="가람도 햇님시 솔숲구 볕뉘로 1", district="솔숲구", since=date(2020, 3, 1))


def buttons(view: OpenView) -> dict[str, Json]:
    """The window's buttons by what they show."""
    controls = [e for b in view.blocks for e in (*b.get("elements", ()), b.get("accessory") or {})]
    return {e["text"]["text"]: e for e in controls if e.get("type") == "button"}


async def open_card(door: FrontDoor, words: str = "가온", user: str = STAFF) -> OpenView:
    """Look a firm up and open it."""
    await press(door, await look_up(door, words, user=user), "상세", user=user)
    return door.form(user)


async def press_in(door: FrontDoor, label: str, user: str = STAFF) -> OpenView:
    """Press a button of the window on top; the window that is on top afterwards."""
    view = door.form(user)
    found = buttons(view)[label]
    answer = await door.driver.press(user, view, found["action_id"], None, found.get("value"))
    assert answer.error == ""
    await door.driver.settle()
    return door.form(user)


async def test_the_card_says_where_since_when_and_what(door: FrontDoor) -> None:
    said = text_of(await open_card(door))
    assert "*본점* 가람도 햇님시 솔숲구 볕뉘로 1 · 2020. 3. 1.부터" in said
    assert "*취급 품목* 인쇄, 명함, 책자 인쇄" in said
    assert "*전화* 031-000-0001" in said


async def test_a_certificate_near_its_end_is_marked(sqlite_template: Any, tmp_path: Any) -> None:
    today = date(2027, 6, 15)
    kinds = list(CertificateKind)
    ends = [today + timedelta(days=n) for n in (0, 30, 31, 60, 61, -1)]
    held = tuple(Certificate(kind, f"N-{n}", None, end) for n, (kind, end) in enumerate(zip(kinds, ends, strict=False)))
    firm = a_vendor(name="끝날인쇄", business_number=None, items=("인쇄",), certificates=held, addresses=(HERE,))
    async with open_front_door(sqlite_template.copy_to(tmp_path), [firm]) as door:
        await press(door, await press(door, await look_up(door, "인쇄"), "미확인 1곳 보기"), "상세")
        lines = [line for line in text_of(door.form(STAFF)).splitlines() if " · N-" in line]
        assert [line.partition("까지")[2] for line in lines] == [
            " · *30일 안에 끝남*(오늘까지)",
            " · *30일 안에 끝남*(30일 남음)",
            " · *60일 안에 끝남*(31일 남음)",
            " · *60일 안에 끝남*(60일 남음)",
            "",
            " · 지금은 유효하지 않음",
        ]
        assert door.workspace.faults_seen == []


@pytest.mark.parametrize(
    ("makes", "said"), [(Fact.YES, " · 직접 만드는 업체"), (Fact.NO, " · 판매하는 업체"), (Fact.UNKNOWN, "")]
)
async def test_the_card_says_whether_the_firm_makes_or_sells(
    sqlite_template: Any, tmp_path: Any, makes: Fact, said: str
) -> None:
    firm = a_vendor(name="만듦인쇄", business_number=None, items=("인쇄",), makes=makes, addresses=(HERE,))
    async with open_front_door(sqlite_template.copy_to(tmp_path), [firm]) as door:
        await press(door, await press(door, await look_up(door, "인쇄"), "미확인 1곳 보기"), "상세")
        assert f"*취급 품목* 인쇄{said}\n" in text_of(door.form(STAFF))


async def test_the_citys_sums_are_everybodys_and_ones_own_are_ones_own(door: FrontDoor) -> None:
    buy(door, "가온인쇄", date(2027, 2, 1), date(2026, 7, 1), date(2026, 6, 14))
    buy(door, "가온인쇄", date(2027, 3, 1), code="arts", amount=2_200_000)
    buy(door, "나래인쇄", date(2027, 3, 1), amount=6_700_000)
    staff = text_of(await open_card(door))
    assert "*최근 1년 우리 시 구매* 3건 · 440만 원" in staff
    assert "*올해 우리 시 구매* 2건 · 330만 원" in staff
    assert "이 업체: 33.0% (330/1,000만 원)" in staff
    assert "*우리 부서·기관* 최근 1년 2건 · 220만 원 · 올해 1건 · 110만 원" in staff.replace("1,100,000원", "110만 원")
    newcomer = text_of(await open_card(door, user=NEWCOMER))
    assert "*올해 우리 시 구매* 2건 · 330만 원" in newcomer
    assert "우리 부서·기관" not in newcomer
    office = text_of(await open_card(door, user=OFFICE))
    assert "*우리 부서·기관* 최근 1년 0건 · 올해 0건" in office


async def test_naming_an_organisation_oneself_does_not_show_its_sums(door: FrontDoor) -> None:

    with door.toolkit.database.write() as tx:
        affiliations.add_affiliation(
            tx, "T0HAETNIM", OTHER, door.organisation("roads").id, Role.STAFF,
            self_declared=True, since=date(2027, 1, 4), by=COMMAND_LINE,
        )  # fmt: skip
    buy(door, "가온인쇄", date(2027, 2, 1))
    assert "우리 부서·기관" not in text_of(await open_card(door, user=OTHER))


async def test_a_cancelled_report_counts_nowhere(door: FrontDoor) -> None:
    buy(door, "가온인쇄", date(2027, 2, 1))
    with door.toolkit.database.write() as tx:
        tx.execute(sql("UPDATE purchases SET state = 'cancelled'"))
    assert "*최근 1년 우리 시 구매* 0건" in text_of(await open_card(door))


async def test_without_a_cap_in_the_city_file_nothing_is_said_of_one(door: FrontDoor) -> None:
    assert "연간 기준" not in text_of(await open_card(door))


@pytest.mark.parametrize(
    ("cap", "said"),
    [
        (10_000_000, "한 업체 연간 기준 대비: 11.0% (110/1,000만 원) · 햇님시 &lt;계약&gt; 지침 기준"),
        (1_000_000, "*확인이 필요합니다* · 한 업체 연간 기준 100만 원, 올해 110만 원 · 햇님시 &lt;계약&gt; 지침 기준"),
    ],
)
async def test_the_citys_cap_stands_beside_what_was_bought(door: FrontDoor, cap: int, said: str) -> None:
    buy(door, "가온인쇄", date(2027, 2, 1))
    object.__setattr__(
        door.toolkit, "city", replace(door.toolkit.city, vendor_cap=VendorCap(cap, "햇님시 <계약> 지침"))
    )
    assert said in text_of(await open_card(door))


def test_a_city_file_may_name_a_cap() -> None:
    bare = CITY_FILE.read_bytes()
    assert read_city(str(CITY_FILE)).vendor_cap is None
    named = parse_city(bare + b'\n[vendor_cap]\nyearly_amount = 200_000_000\nsource = "rule 3"\n', "city.toml")
    assert named.vendor_cap == VendorCap(200_000_000, "rule 3")


@pytest.mark.parametrize("table", ["yearly_amount = 0", "yearly_amount = true", 'source = "x"', "yearly_amount = 5"])
def test_a_cap_without_amount_or_source_is_refused(table: str) -> None:
    with pytest.raises(CityFileError):
        parse_city(CITY_FILE.read_bytes() + f"\n[vendor_cap]\n{table}\n".encode(), "city.toml")


async def test_the_map_button_leads_to_the_address(door: FrontDoor) -> None:
    link = buttons(await open_card(door))["지도 보기"]
    assert link["url"].startswith("https://map.naver.com/p/search/%EA%B0%80")
    assert " " not in link["url"]
    answer = await door.driver.press(STAFF, door.form(STAFF), link["action_id"])
    assert answer.error == ""


async def test_the_text_for_quotes_names_the_firm_and_others_of_its_item(door: FrontDoor) -> None:
    await open_card(door)
    said = text_of(await press_in(door, "비교견적 요청 문안"))
    assert "인쇄를 구매하고자 하오니 견적을 보내 주시기 바랍니다." in said
    assert "*보낼 곳 5곳*" in said
    assert "• 가온인쇄 · 관내 · 031-000-0001" in said
    assert "• 나래인쇄 · 관내" in said


async def test_a_page_of_several_firms_has_the_text_for_all_of_them(door: FrontDoor) -> None:
    answer = await press(door, await look_up(door, "인쇄"), "더 보기 (2곳)")
    await press(door, answer, "비교견적 요청 문안")
    said = text_of(door.form(STAFF))
    assert "*보낼 곳 2곳*" in said
    assert all(f"• {name} · 관내" in said for name in firms(answer))
    assert len(firms(answer)) == 2


async def test_a_firm_alone_in_its_trade_says_so(door: FrontDoor) -> None:
    await open_card(door, "번호상사")
    assert "견줄 다른 관내 업체를 명부에서 찾지 못했습니다." in text_of(await press_in(door, "비교견적 요청 문안"))


HOSTILE = [
    a_vendor(
        name="<!channel> ``` & <https://evil.example|눌러>",
        business_number=None,
        items=("```인쇄", "<!here>", *(f"품목{'가' * 90}{n}" for n in range(48))),
        addresses=(replace(HERE, text="<@U0LEAD> \u202e?#&% " + "가" * 900),),
        certificates=(Certificate(CertificateKind.WOMEN, "<!here>" * 30, None, date(2027, 7, 1)),),
        phone="031-000-0009",
    )
]


async def test_a_hostile_record_rings_nobody_and_breaks_no_limit(sqlite_template: Any, tmp_path: Any) -> None:
    async with open_front_door(sqlite_template.copy_to(tmp_path), HOSTILE) as door:
        await press(door, await press(door, await look_up(door, "인쇄"), "미확인 1곳 보기"), "상세")
        windows = [text_of(door.form(STAFF)), text_of(await press_in(door, "비교견적 요청 문안"))]
        for said in windows:
            assert "<!" not in said
            assert "<@" not in said
            assert "<https" not in said
        assert windows[1].count("```") == 2
        assert door.workspace.faults_seen == []


async def test_only_the_office_is_shown_the_buttons_that_change_a_firm(door: FrontDoor) -> None:
    changing = {"고치기", "다른 기록과 합치기", "명부에서 내리기", "새 업체 등록"}
    assert not changing & set(buttons(await open_card(door)))
    assert changing <= set(buttons(await open_card(door, user=OFFICE)))


async def test_the_card_works_on_postgresql_as_well(postgres_door: FrontDoor) -> None:
    buy(postgres_door, "가온인쇄", date(2027, 2, 1))
    assert "이 업체: 100.0% (110/110만 원)" in text_of(await open_card(postgres_door))
