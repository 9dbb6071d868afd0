"""Word files: the shipped one, a city's own, and everything that can be wrong in one."""

from pathlib import Path

import pytest

from gwannae.programme.hangul import search_key
from gwannae.programme.meaning import Meaning, tries
from gwannae.programme.purchases import PurchaseKind
from gwannae.programme.word_groups import WordSource
from gwannae.readers.faults import FaultCode, FileFault
from gwannae.readers.word_file import (
    MAX_BYTES,
    WordFileCode,
    WordFileError,
    WordFileFault,
    parse_words,
    read_words,
    shipped_words,
)

GOOD = """
[[group]]
head = "체육용품"
kind = "goods"
same = ["스포츠용품"]
items = ["족구공", ["셔틀콕", "배드민턴공"]]
avoid = ["용품점"]

[[group]]
head = "떡"
items = ["꿀떡"]
broader = ["체육용품"]
endings = ["떡"]
"""


def faults(content: str | bytes) -> list[WordFileFault]:
    raw = content.encode() if isinstance(content, str) else content
    with pytest.raises(WordFileError) as raised:
        parse_words(raw, "our.toml", WordSource.CITY)
    assert raised.value.path == "our.toml"
    return list(raised.value.faults)


def test_a_citys_file_is_read_as_it_stands(tmp_path: Path) -> None:
    path = tmp_path / "our.toml"
    path.write_text("\ufeff" + GOOD, encoding="utf-8")
    sports, cake = read_words(path)
    assert (sports.head, sports.kind, sports.source) == ("체육용품", PurchaseKind.GOODS, WordSource.CITY)
    assert sports.items == (("족구공",), ("셔틀콕", "배드민턴공"))
    assert sports.same == ("스포츠용품",)
    assert sports.avoid == ("용품점",)
    assert (cake.broader, cake.endings, cake.kind) == (("체육용품",), ("떡",), None)


def test_a_citys_file_may_name_trades_of_the_shipped_one(tmp_path: Path) -> None:
    path = tmp_path / "our.toml"
    path.write_text('[[group]]\nhead = "수제화"\nitems = ["구두"]\nbroader = ["의류"]\n', encoding="utf-8")
    assert read_words(path, ["의류"])[0].broader == ("의류",)
    with pytest.raises(WordFileError):
        read_words(path)


@pytest.mark.parametrize(
    ("content", "place", "code"),
    [
        ("head =", "-", WordFileCode.NOT_TOML),
        ('[[group]]\nhead = "떡"\n'.encode("cp949"), "-", WordFileCode.NOT_TOML),
        ("", "group", WordFileCode.NO_GROUPS),
        ("group = 3", "group", WordFileCode.NO_GROUPS),
        ("group = [3]", "group 1", WordFileCode.NOT_LIST),
        ('other = 1\n[[group]]\nhead = "떡"\nitems = ["꿀떡"]', "other", WordFileCode.UNKNOWN_FIELD),
        ('[[group]]\nhead = "떡"\nitems = ["꿀떡"]\nsynonyms = []', "group 1 · synonyms", WordFileCode.UNKNOWN_FIELD),
        ('[[group]]\nhead = "떡"', "group 1", WordFileCode.ALONE),
        ('[[group]]\nitems = ["꿀떡"]', "group 1 · head", WordFileCode.EMPTY),
        ('[[group]]\nhead = 3\nitems = ["꿀떡"]', "group 1 · head", WordFileCode.NOT_TEXT),
        ('[[group]]\nhead = "떡"\nitems = "꿀떡"', "group 1 · items", WordFileCode.NOT_LIST),
        ('[[group]]\nhead = "떡"\nitems = ["꿀떡", 7]', "group 1 · items 2", WordFileCode.NOT_TEXT),
        ('[[group]]\nhead = "떡"\nitems = ["꿀떡", []]', "group 1 · items 2", WordFileCode.EMPTY),
        ('[[group]]\nhead = "떡"\nitems = [["꿀떡", " "]]', "group 1 · items 1 2", WordFileCode.EMPTY),
        ('[[group]]\nhead = "떡"\nitems = ["꿀떡", "꿀 떡"]', "group 1", WordFileCode.TWICE),
        ('[[group]]\nhead = "업체"\nitems = ["꿀떡"]', "group 1 · head", WordFileCode.TOO_GENERAL),
        (f'[[group]]\nhead = "떡"\nitems = ["{"꿀" * 41}"]', "group 1 · items 1", WordFileCode.TOO_LONG),
        ('[[group]]\nhead = "떡"\nkind = "물품"\nitems = ["꿀떡"]', "group 1 · kind", WordFileCode.BAD_KIND),
        ('[[group]]\nhead = "떡"\nsame = ["떡집"]\nbroader = ["밥"]', "group 1 · broader", WordFileCode.UNKNOWN_HEAD),
        ('[[group]]\nhead = "떡"\nitems = ["꿀떡"]\nendings = ["빵"]', "group 1 · endings", WordFileCode.NOT_AN_ENDING),
        ('[[group]]\nhead = "떡"\nitems = ["꿀떡"]\n' * 2, "group 2 · head", WordFileCode.TWICE),
        (f'[[group]]\nhead = "떡"\nitems = {[f"떡{n}" for n in range(201)]}', "group 1 · items", WordFileCode.TOO_MANY),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_its_place(content: str | bytes, place: str, code: WordFileCode) -> None:
    assert (place, code) in [(fault.place, fault.code) for fault in faults(content)]


def test_all_faults_are_told_at_once() -> None:
    assert len(faults('[[group]]\nhead = ""\nkind = "x"\nitems = [1]\n[[group]]\nhead = "떡"')) >= 4


def test_what_stood_there_is_told_short_and_without_control_characters() -> None:
    (fault,) = faults('[[group]]\nhead = "떡"\nitems = ["' + "\\u001b[31m꿀" * 50 + '"]')
    assert "\x1b" not in fault.found
    assert len(fault.found) < 70


def test_a_file_that_is_not_there_or_too_large_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileFault) as missing:
        read_words(tmp_path / "none.toml")
    assert missing.value.code is FaultCode.NOT_FOUND
    with pytest.raises(FileFault) as folder:
        read_words(tmp_path)
    assert folder.value.code is FaultCode.UNREADABLE
    big = tmp_path / "big.toml"
    big.write_bytes(b"#" * (MAX_BYTES + 1))
    with pytest.raises(FileFault) as large:
        read_words(big)
    assert large.value.code is FaultCode.TOO_LARGE


# -- the shipped file --------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def shipped() -> Meaning:
    return Meaning(shipped_words())


def test_the_shipped_file_covers_the_usual_trades() -> None:
    groups = shipped_words()
    assert len(groups) >= 90
    assert len({search_key(word) for group in groups for word in group.words()}) >= 400
    assert {group.kind for group in groups} == set(PurchaseKind)


@pytest.mark.parametrize(
    ("typed", "trade"),
    [
        ("명함", "인쇄"), ("화환", "꽃"), ("떡", "식품"), ("행사용 화환", "꽃"), ("백설기", "떡"),
        ("플래카드", "현수막"),
        ("피씨", "컴퓨터"), ("데스크탑", "컴퓨터"), ("에이포용지", "복사용지"), ("락카", "가구"), ("팜플렛", "인쇄"),
        ("포클레인", "건설기계"), ("관광버스", "전세버스"), ("에어콘", "냉난방기"), ("소방점검", "소방설비"),
        ("차선도색", "교통안전시설"), ("염화칼슘", "제설"), ("엘리베이터", "승강기"), ("홈페이지", "누리집"),
        ("세단기", "사무기기"), ("유니폼", "의류"), ("벽지", "인테리어"), ("트로피", "상패"), ("그늘막", "공원시설"),
        ("표지병", "교통안전시설"), ("태극기", "현수막"), ("자판기", "자동판매기"), ("금속탐지기", "보안장비"),
        ("돌망태", "토목공사"), ("냉동고", "가전제품"), ("유골함", "장례용품"), ("공기압축기", "펌프"),
        ("출입통제 시스템", "보안장비"), ("우산빗물제거기", "공중위생기기"), ("지문인식기", "보안장비"),
        ("인조잔디", "체육시설"), ("동시통역", "번역"), ("누수탐사", "상하수도"), ("설문조사", "학술연구"),
    ],
)  # fmt: skip
def test_what_staff_say_leads_to_the_trade(shipped: Meaning, typed: str, trade: str) -> None:
    found = [w.word for one in tries(shipped, [search_key(w) for w in typed.split()]) for w in one]
    assert trade in found


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ("인쇄물", "인쇄회로기판"),
        ("화환", "불꽃놀이"),
        ("축제", "국제여행사"),
        ("이삿짐", "고양이사육"),
        ("환경미화", "청소년수련"),
        ("서적", "책상"),
        ("누수공사", "가방수리"),
        ("발전기", "전기자전거"),
        ("피씨", "pcb제조"),
        ("태블릿", "컴퓨터학원"),
        ("교구", "보도블록"),
        ("컨테이너", "조립식책장"),
        ("지문인식기", "식기세척기"),
        ("유골함", "수의사"),
    ],
)
def test_words_that_only_look_alike_are_left_out(shipped: Meaning, typed: str, wrong: str) -> None:
    assert not [w.word for one in tries(shipped, [search_key(typed)]) for w in one if w.fits(wrong)]
