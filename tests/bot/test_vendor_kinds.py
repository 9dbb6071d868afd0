"""물품, 용역, 공사, 직접생산 and short names of certificates as filters: words, menu and chips; at the front door."""

from collections.abc import AsyncIterator
from datetime import date

import pytest

from gwannae.programme.facts import Fact
from gwannae.programme.purchase_kind import PurchaseKind
from gwannae.programme.vendors import Certificate, CertificateKind, SizeFact, Vendor
from gwannae.sandbox.values import Json, Message
from tests.actions.importing import take_in
from tests.bot.test_localvendor import firms, labels, look_up, press
from tests.bot.test_vendor_card import open_card
from tests.bot.test_vendor_filters import chips, choose, menus
from tests.builders import a_vendor, an_address
from tests.databases import PostgresServer, SqliteTemplate
from tests.front_door import FrontDoor, open_front_door, text_of

WOMEN, GREEN, MAKER = CertificateKind.WOMEN, CertificateKind.GREEN, CertificateKind.DIRECT_PRODUCTION


def a_firm(name: str, *items: str, held: CertificateKind | None = None, **more: object) -> Vendor:
    """A small local firm without a trade of its own."""
    here = an_address(text="가람도 햇님시 솔숲구 볕뉘로 1", district="솔숲구", since=date(2020, 3, 1))
    small = SizeFact(Fact.YES, "중소기업확인서")
    certificates = (Certificate(held, "가-1", date(2025, 1, 1), date(2028, 1, 1)),) if held else ()
    plain = a_vendor(name=name, business_number=None, items=items, size=small, addresses=(here,))
    return a_vendor(
        **{
            **{field: getattr(plain, field) for field in ("name", "business_number", "items", "size", "addresses")},
            "trade": None,
            "certificates": certificates,
            **more,
        }
    )


def town() -> list[Vendor]:
    return [
        a_firm("가람청소", "청소", trade="건물위생관리업"),
        a_firm("나루청소", "청소용역"),
        a_firm("다솔청소", "청소", "방짜유기"),  # 청소 says what it supplies
        a_firm("라온칠기", "방짜유기"),
        a_firm("마루칠기", "방짜유기", trade="공예품 소매업"),
        a_firm("바다칠기", "방짜유기", kinds=(PurchaseKind.SERVICES,), trade="공예품 소매업"),
        a_firm("산들도로", "도로", trade="토목공사업"),
        a_firm("아라도로", "도로공사"),
        a_firm("자작자재", "공사용 자재", trade="건축자재 도매업"),
        a_firm("차오름표지", "도로", trade="표지판 제조업"),
        a_firm("카푸른옷", "여성 의류"),
        a_firm("타래의류", "의류", held=WOMEN),
        a_firm("파란조경", "조경", held=GREEN),
        a_firm("하늘조경", "조경"),
        a_firm("갈래가구", "장식장", trade="가구 제조업", makes=Fact.YES),
        a_firm("날개가구", "장식장", trade="가구 제조업", held=MAKER),
        a_firm("달빛가구", "장식장"),
    ]


@pytest.fixture
async def street(sqlite_template: SqliteTemplate, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[FrontDoor]:
    url = sqlite_template.copy_to(tmp_path_factory.mktemp("street"))
    async with open_front_door(url, town()) as door:
        yield door
        await door.driver.settle()
        assert door.workspace.faults_seen == []


@pytest.mark.parametrize(
    ("words", "found", "shown"),
    [
        ("청소", ["가람청소", "나루청소", "다솔청소"], []),
        ("청소 용역", ["가람청소", "나루청소", "다솔청소"], ["용역 ×"]),
        ("용역 청소", ["가람청소", "나루청소", "다솔청소"], ["용역 ×"]),
        ("청소용역", ["나루청소"], []),
        ("방짜유기 물품", ["마루칠기"], ["물품 ×"]),
        ("방짜유기 용역업체", ["다솔청소", "바다칠기"], ["용역 ×"]),
        ("방짜유기 구분미상", ["라온칠기"], ["구분미상 ×"]),
        ("방짜유기 물품 용역", ["다솔청소", "마루칠기", "바다칠기"], ["물품 ×", "용역 ×"]),
        ("도로 공사", ["산들도로", "아라도로"], ["공사 ×"]),
        ("도로 물품", ["차오름표지"], ["물품 ×"]),
        ("공사", ["산들도로", "아라도로", "자작자재", "파란조경", "하늘조경"], ["공사 ×"]),  # 공사용 자재 has the word
        ('"도로 공사"', ["아라도로"], []),
        ("장식장 직접생산", ["갈래가구", "날개가구"], ["직접생산 ×"]),
        ("직접생산", ["갈래가구", "날개가구"], ["직접생산 ×"]),
        ("의류 여성", ["카푸른옷"], []),  # both words stand in its item
        ("조경 녹색", ["파란조경"], ["녹색제품 ×"]),
        ("녹색 조경", ["파란조경"], ["녹색제품 ×"]),
        ("녹색", ["파란조경"], ["녹색제품 ×"]),
        ("여성", ["카푸른옷"], []),
        ("여성기업", ["타래의류"], ["여성기업 ×"]),
    ],
)
async def test_a_word_that_may_be_a_filter_loses_nothing_that_the_words_find(
    street: FrontDoor, words: str, found: list[str], shown: list[str]
) -> None:
    answer = await look_up(street, words)
    assert sorted(firms(answer)) == sorted(found)
    assert chips(answer) == shown


async def test_who_has_the_words_themselves_comes_first(street: FrontDoor) -> None:
    assert firms(await look_up(street, "청소 용역"))[0] == "나루청소"
    assert firms(await look_up(street, "도로 공사"))[0] == "아라도로"


async def test_firms_of_unknown_kind_are_counted_and_one_press_away(street: FrontDoor) -> None:
    answer = await look_up(street, "방짜유기 물품")
    assert "물품·용역·공사 가운데 무엇인지 자료에 없는 업체 1곳은 빠져 있습니다." in text_of(answer)
    unknown = await press_beside(street, answer, "1곳 보기")
    assert firms(unknown) == ["라온칠기"]
    assert chips(unknown) == ["구분미상 ×"]
    assert "빠져 있습니다" not in text_of(unknown)
    assert len(firms(await press(street, unknown, "구분미상 ×"))) == 4


async def test_where_no_firm_of_a_kind_is_known_the_kind_is_given_up_and_that_is_said(street: FrontDoor) -> None:
    answer = await look_up(street, "조경 물품")
    assert sorted(firms(answer)) == ["파란조경", "하늘조경"]
    assert "‘물품’으로 알려진 업체가 없어 구분을 가리지 않고 보여 드립니다." in text_of(answer)
    assert chips(answer) == []


async def test_a_kind_is_chosen_in_a_menu_and_taken_off_by_its_chip(street: FrontDoor) -> None:
    answer = await look_up(street, "방짜유기")
    kind = menus(answer)["localvendor-kind"]
    assert [o["text"]["text"] for o in kind["options"]] == ["구분: 전체", "물품", "용역", "공사", "구분미상"]
    narrowed = await choose(street, answer, "localvendor-kind", "물품")
    assert firms(narrowed) == ["마루칠기"]
    assert menus(narrowed)["localvendor-kind"]["initial_option"]["text"]["text"] == "물품"
    other = await choose(street, narrowed, "localvendor-kind", "용역")
    assert sorted(firms(other)) == ["다솔청소", "바다칠기"]
    wide = await press(street, other, "용역 ×")
    assert len(firms(wide)) == 4
    assert len(firms(await choose(street, other, "localvendor-kind", "구분: 전체"))) == 4


async def test_kind_district_and_certificate_are_chips_together(street: FrontDoor) -> None:
    answer = await look_up(street, "솔숲 장식장 직접생산 물품 500만원")
    assert chips(answer) == ["솔숲구 ×", "물품 ×", "직접생산 ×"]
    assert sorted(firms(answer)) == ["갈래가구", "날개가구"]
    assert "예정 금액 500만 원" in text_of(answer)


async def test_a_filter_that_leaves_nobody_names_what_to_take_off(street: FrontDoor) -> None:
    answer = await look_up(street, "물결 방짜유기 물품")
    assert "고른 조건(구·구분·인증)을 빼면 업체가 있습니다." in answer.text
    assert chips(answer) == ["물결구 ×", "물품 ×"]


async def test_a_stated_maker_is_told_from_a_certified_one(street: FrontDoor) -> None:
    answer = await look_up(street, "장식장 직접생산")
    assert firms(answer) == ["날개가구", "갈래가구"]
    assert "`직접 만듦(증명서 없음)`" in next(line for line in text_of(answer).splitlines() if "*갈래가구*" in line)
    assert "`직접생산`" in next(line for line in text_of(answer).splitlines() if "*날개가구*" in line)


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("바다칠기", "*구분* 용역\n"),
        ("마루칠기", "*구분* 물품 · 업종과 품목으로 봄"),
        ("나루청소", "*구분* 용역 · 업종과 품목으로 봄"),
    ],
)
async def test_the_window_says_what_a_firm_supplies_and_from_where(street: FrontDoor, name: str, line: str) -> None:
    assert line in text_of(await open_card(street, name)) + "\n"


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("날개가구", " · 직접 만드는 업체(직접생산 증명)\n"),
        ("갈래가구", " · 직접 만드는 업체\n"),
        ("달빛가구", "장식장\n"),
    ],
)
async def test_the_window_says_who_makes_and_what_proves_it(street: FrontDoor, name: str, made: str) -> None:
    assert f"*취급 품목* 장식장{made.removeprefix('장식장')}" in text_of(await open_card(street, name))


async def test_of_a_firm_of_unknown_kind_nothing_is_claimed(street: FrontDoor) -> None:
    assert "*구분*" not in text_of(await open_card(street, "라온칠기"))


async def test_a_file_states_kinds_in_a_column_of_its_own(street: FrontDoor) -> None:
    head = ("상호", "사업자등록번호", "소재지", "품목", "구분")
    rows = [("한들공방", "", "가람도 햇님시 솔숲구 볕뉘로 9", "방짜유기", "물품/공사")]
    take_in(street.toolkit, *rows, header=head)
    street.clock.now = street.clock.now.replace(day=16)
    beside = await press(street, await look_up(street, "한들공방 공사"), "미확인 1곳 보기")
    assert firms(beside) == ["한들공방"]
    assert chips(beside) == ["공사 ×"]


async def test_fifty_filters_are_answered(street: FrontDoor) -> None:
    every = "물품 용역 공사 구분미상 여성 장애인 사회적 창업 중증 자활 녹색 혁신 직접생산 솔숲구 물결구 "
    answer = await look_up(street, (every * 4)[:190])
    assert answer.text
    assert len(labels(answer)) < 60


async def test_kinds_work_on_postgresql_as_well(postgres: PostgresServer) -> None:
    with postgres.fresh() as url:
        async with open_front_door(url, town()) as door:
            answer = await choose(door, await look_up(door, "방짜유기"), "localvendor-kind", "용역")
            assert sorted(firms(answer)) == ["다솔청소", "바다칠기"]


async def press_beside(door: FrontDoor, message: Message, label: str) -> Message:
    """Press a button that stands beside a paragraph."""
    block: Json = next(b for b in message.blocks if (b.get("accessory") or {}).get("text", {}).get("text") == label)
    answer = await door.driver.press("U0STAFF", message, block["accessory"]["action_id"], block["block_id"])
    assert answer.error == ""
    await door.driver.settle()
    found = door.workspace.messages.find(message.channel, message.ts)
    assert found is not None
    return found
