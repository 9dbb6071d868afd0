"""What one can type into `/localvendor`: any spelling finds the firm, and the answer says when it guessed."""

import time
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest

from gwannae.actions.localvendor import choose_vendors, search_all
from gwannae.programme.facts import Fact
from gwannae.programme.vendors import SizeFact, Vendor
from tests.bot.test_localvendor import firms, labels, look_up, press
from tests.builders import a_vendor, an_address
from tests.databases import SqliteTemplate
from tests.front_door import LEAD, PRINTERS, SQUARE, FrontDoor, open_front_door, registry, text_of

SMALL = SizeFact(Fact.YES, "중소기업확인서")


def a_firm(name: str, *items: str) -> Vendor:
    """A small firm of the city."""
    here = an_address(text="가람도 햇님시 솔숲구 볕뉘로 1", district="솔숲구", since=date(2020, 3, 1))
    return a_vendor(name=name, business_number=None, items=items, size=SMALL, addresses=(here,))


def shelf_of_firms() -> list[Vendor]:
    """The small registry of the front door, and firms whose names and items are typed in many ways."""
    return [
        *registry(),
        a_firm("(주)솔바람광고", "현수막", "현수막 제작", "현수막 게시대"),
        a_firm("주식회사 은빛보안", "CCTV", "LED전광판"),
        a_firm("햇살문구", "A4용지", "복사용지"),
        a_firm("들꽃나무", "꽃", "꽃다발", "근조화환"),
        a_firm("느티가구", "책상", "사무용 의자"),
        a_firm("새벽떡집", "떡", "답례떡"),
    ]


@pytest.fixture
async def town(sqlite_template: SqliteTemplate, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[FrontDoor]:
    """The bot over those firms."""
    url = sqlite_template.copy_to(tmp_path_factory.mktemp("town"))
    async with open_front_door(url, shelf_of_firms()) as door:
        yield door
        await door.driver.settle()
        assert door.workspace.faults_seen == []


@pytest.mark.parametrize("typed", ["행사용생수", "행사용 생수", "행사용생수 업체 추천해줘"])
async def test_who_has_the_parts_of_an_item_stands_behind_who_has_it_whole(
    sqlite_template: SqliteTemplate, tmp_path: Path, typed: str
) -> None:
    apart = [a_firm(name, "행사용 김밥", "생수") for name in ("가온식당", "나래식당", "다솜식당")]
    some = [*apart, a_firm("라온식당", "행사용 생수"), a_firm("마루식당", "생수")]
    async with open_front_door(sqlite_template.copy_to(tmp_path), some) as door:
        found = firms(await look_up(door, typed))
    assert found[0] == "라온식당"
    assert sorted(found[1:]) == ["가온식당", "나래식당", "다솜식당"]


NOTE = "결과를 보여 드립니다."


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("현수막 게시대", ["솔바람광고"]),  # whole
        ("게시대 현수막", ["솔바람광고"]),
        ("현수막게시대", ["솔바람광고"]),
        ("현수막 게시", ["솔바람광고"]),  # beginning
        ("전광판", ["은빛보안"]),  # inside
        ("꽃", ["들꽃나무"]),  # one syllable
        ("떡", ["새벽떡집"]),
        ("다발 꽃", ["들꽃나무"]),  # several words
        ("의자 사무용 책상", ["느티가구"]),
        ("새벽 떡집", ["새벽떡집"]),
        ("ㅎㅅㅁ ㄱㅅㄷ", ["솔바람광고"]),  # 초성
        ("ㄲㄷㅂ", ["들꽃나무"]),
        ("ㄱㅈㅎㅎ", ["들꽃나무"]),
        ("현수막게싣", ["솔바람광고"]),  # typing in progress
        ("현수막 게시ㄷ", ["솔바람광고"]),
        ("근조ㅎ", ["들꽃나무"]),
        ("CCTV", ["은빛보안"]),
        ("cctv", ["은빛보안"]),
        ("ＣＣＴＶ", ["은빛보안"]),
        ("LED 전광판", ["은빛보안"]),
        ("a4용지", ["햇살문구"]),
        ("㈜은빛보안", ["은빛보안"]),
        ("은빛보안(주)", ["은빛보안"]),
        ("주식회사 은빛보안", ["은빛보안"]),
        ("(주) 은빛보안", ["은빛보안"]),
        ("책상 업체 추천해줘", ["느티가구"]),
        ("500만원 이하 책상 살 데", ["느티가구"]),
        ("행사에 쓸 꽃다발을 파는 곳을 알려주세요. 급합니다.", ["들꽃나무"]),
        ("책상이 필요합니다", ["느티가구"]),
        ("솔숲구 책상 업체 추천해줘", ["느티가구"]),
    ],
)
async def test_what_is_surely_meant_is_found_without_a_word_about_it(
    town: FrontDoor, typed: str, found: list[str]
) -> None:
    answer = await look_up(town, typed)
    assert [name.removeprefix("(주)").removeprefix("주식회사 ") for name in firms(answer)] == found
    assert "찾지 못해" not in text_of(answer)


@pytest.mark.parametrize(
    ("typed", "note", "found"),
    [
        ("인솨", "‘인솨’로는 찾지 못해 ‘인쇄’ 결과를 보여 드립니다.", "가온인쇄"),
        ("꽃다빌", "‘꽃다빌’로는 찾지 못해 ‘꽃다발’ 결과를 보여 드립니다.", "들꽃나무"),
        ("꼿다발", "‘꼿다발’로는 찾지 못해 ‘꽃다발’ 결과를 보여 드립니다.", "들꽃나무"),
        ("근조호환", "‘근조호환’으로는 찾지 못해 ‘근조화환’ 결과를 보여 드립니다.", "들꽃나무"),
        ("느티가국", "‘느티가국’으로는 찾지 못해 ‘느티가구’ 결과를 보여 드립니다.", "느티가구"),
        ("dlstho", "찾지 못해 ‘인쇄’ 결과를 보여 드립니다.", "가온인쇄"),
        ("ㅊㅊㅅㅍ", "찾지 못해 ‘cctv’ 결과를 보여 드립니다.", "주식회사 은빛보안"),
        ("인솨 명힘", "‘인솨’, ‘명힘’으로는 찾지 못해 ‘인쇄’, ‘명함’ 결과를 보여 드립니다.", "가온인쇄"),
        ("인솨 업체 추천해줘", "‘인솨’로는 찾지 못해 ‘인쇄’ 결과를 보여 드립니다.", "가온인쇄"),
    ],
)
async def test_a_guess_is_told_in_the_text_and_on_the_page(town: FrontDoor, typed: str, note: str, found: str) -> None:
    answer = await look_up(town, typed)
    assert found in firms(answer) or set(firms(answer)) < set(PRINTERS)
    assert note in answer.text
    assert note in answer.blocks[1]["text"]["text"]
    assert not any("그대로 찾기" in label for label in labels(answer))  # it would find nothing


async def test_the_title_names_what_was_looked_for(town: FrontDoor) -> None:
    assert "‘인쇄’ 관내 업체 7곳" in (await look_up(town, "인솨")).text
    assert "‘인쇄 여성기업’ 관내 업체 1곳" in (await look_up(town, "인솨 여성기업")).text


async def test_a_guess_stays_told_on_the_next_page_and_on_the_shared_copy(town: FrontDoor) -> None:
    second = await press(town, await look_up(town, "인솨"), "더 보기 (2곳)")
    assert "‘인쇄’ 결과를 보여 드립니다." in text_of(second)
    await press(town, second, "채널에 공유")
    shared = town.workspace.messages.seen_by(LEAD, SQUARE)[0]
    assert "‘인쇄’ 결과를 보여 드립니다." in text_of(shared)
    assert labels(shared) == []


async def test_words_that_stand_somewhere_by_chance_can_be_asked_for_as_they_stand(
    sqlite_template: SqliteTemplate, tmp_path: object
) -> None:
    url = sqlite_template.copy_to(tmp_path)  # type: ignore[arg-type]
    async with open_front_door(url, [*registry(), a_firm("하인솨마을", "꿀")]) as door:
        answer = await look_up(door, "인솨")
        assert firms(answer)[0] == "하인솨마을"
        assert "‘인솨’와 비슷한 ‘인쇄’ 결과도 보여 드립니다." in text_of(answer)
        alone = await press(door, answer, "‘인솨’ 그대로 찾기")
        assert firms(alone) == ["하인솨마을"]
        assert alone.text.startswith("‘인솨’ 관내 업체 1곳")
        assert door.workspace.faults_seen == []


async def test_other_guesses_are_buttons(sqlite_template: SqliteTemplate, tmp_path: object) -> None:
    url = sqlite_template.copy_to(tmp_path)  # type: ignore[arg-type]
    some = [a_firm("가온상사", "전기"), a_firm("나래상사", "전지"), a_firm("다솜상사", "전시")]
    async with open_front_door(url, some) as door:
        answer = await look_up(door, "전히 솔숲구")
        said = text_of(answer)
        assert "결과를 먼저 보여 드립니다. 혹시 " in said
        assert len(firms(answer)) == 3
        label = next(label for label in labels(answer) if label.endswith(" 찾기"))
        alone = await press(door, answer, label)
        assert len(firms(alone)) == 1
        assert "찾지 못해" not in text_of(alone)
        assert "솔숲구 ×" in labels(alone)
        assert door.workspace.faults_seen == []


async def test_where_words_had_to_be_given_up_the_answer_names_those_that_were_used(town: FrontDoor) -> None:
    answer = await look_up(town, "체육대회 꽃다발")
    assert "적으신 말에 모두 맞는 업체는 찾지 못해 ‘꽃다발’ 결과를 보여 드립니다." in answer.text
    assert firms(answer) == ["들꽃나무"]
    assert "‘꽃다발’ 관내 업체 1곳" in answer.text
    assert "상생경제과에 알리기" in labels(answer)


async def test_what_is_done_with_the_thing_may_be_missing_without_a_word_about_it(town: FrontDoor) -> None:
    answer = await look_up(town, "꽃다발 100개 제작")
    assert answer.text.startswith("‘꽃다발 100개 제작’ 관내 업체 1곳: 들꽃나무")
    assert "상생경제과에 알리기" not in labels(answer)


@pytest.mark.parametrize(
    ("one", "other"), [("책자 인쇄", "책자인쇄"), ("칼라 현수막", "칼라현수막"), ("꽃 다발", "꽃다발")]
)
async def test_a_space_more_or_less_changes_nothing(town: FrontDoor, one: str, other: str) -> None:
    day = town.clock().date()
    assert [c.vendor.name for c in search_all(town.toolkit, one, day).cards] == [
        c.vendor.name for c in search_all(town.toolkit, other, day).cards
    ]


@pytest.mark.parametrize("typed", ["느티가ㄱ", "느팃", "ㄴㅌㄱㄱ", "느티"])
async def test_the_type_ahead_of_the_form_knows_typing_in_progress(town: FrontDoor, typed: str) -> None:
    assert [v.name for v in choose_vendors(town.toolkit, typed, town.clock().date())] == ["느티가구"]


@pytest.mark.parametrize(
    "typed",
    [
        "가" * 3000,
        "ㅎ" * 3000,
        "ㅏㅑㅓ" * 1000,
        "인솨 " * 600,
        "을 를 이 가 은 는 에서 으로",
        "dlsthocctv" * 50,
        "漢字 ｶﾀｶﾅ A4ㅇㅈ 현숨",
        " ".join(f"없는말{n}가나다라마바사" for n in range(40)),
        "%_%'\"();--",
        '"',
        '""""',
        "\x00\x07\u202e인솨\u200b",
        "솔숲구 " * 50,
        "여성기업 장애인기업 사회적기업 " * 17,
        "500만원 " * 60,
    ],
    ids=lambda typed: ascii(typed)[:20],
)
async def test_hostile_words_are_answered_soon(town: FrontDoor, typed: str) -> None:
    began = time.perf_counter()
    answer = await look_up(town, typed)
    assert time.perf_counter() - began < 3
    assert len(answer.text) < 1000
    assert firms(await look_up(town, "인쇄"))
