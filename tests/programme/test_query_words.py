from __future__ import annotations

import json
import time

import pytest

from gwannae.programme.function_words import FunctionWords, without_particle
from gwannae.programme.hangul import firm_key
from gwannae.programme.places import Places
from gwannae.programme.planned_price import take_price
from gwannae.programme.query_words import MAX_WORDS, Asked, read_words
from gwannae.programme.vocabulary import Vocabulary
from gwannae.readers.city_file import read_city
from tests.shared_data import shared_data_path

ITEMS = [
    *(
        "현수막",
        "제작",
        "책상",
        "의자",
        "오이",
        "led조명",
        "조명",
        "토너",
        "카트리지",
        "소독",
        "방역",
        "꽃",
        "떡",
        "천막",
        "간식",
    ),
    *(
        "유지보수",
        "정보시스템",
        "가로수",
        "에어컨",
        "수건",
        "기념품",
        "책상이동대",
        "도배",
        "상하수도공사",
        "시설관리",
        "번역",
    ),
]
WORDS = Vocabulary([*((n, text, True) for n, text in enumerate(ITEMS)), (99, "가온디자인업체연합", False)], 1)
NOTHING = Vocabulary([], 0)
FUNCTIONS = FunctionWords(Places("누리도", "물별시", ("누리",), ("물별",)))


def asked(text: str, known: Vocabulary = WORDS) -> Asked:
    return read_words(take_price(text)[0], FUNCTIONS, known)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("현수막", ("현수막",)),
        ("현수막 업체 추천해줘", ("현수막",)),
        ("500만원 이하 책상 살 데", ("책상",)),
        ("구청 발주 담당자가 LED 조명 업체 후보를 찾아줘", ("led", "조명")),
        ("시설관리 부서에서 책상 업체를 보고 싶어", ("책상",)),
        ("시설관리 업체", ("시설관리",)),
        ("우리 팀이 쓸 간식", ("간식",)),
        ("행사에 쓸 천막", ("천막",)),
        ("직원들 나눠줄 기념품 추천", ("기념품",)),
        ("천막이 필요한 부서", ("천막",)),
        ("의자를 사고 싶어요", ("의자",)),
        ("책상이 필요합니다", ("책상",)),
        ("책상이랑 의자 파는 곳", ("책상", "의자")),
        ("책상과 의자", ("책상", "의자")),
        ("오이", ("오이",)),
        ("가로수", ("가로수",)),
        ("꽃 살 만한 집 있나요?", ("꽃",)),
        ("꽃 살만한 데", ("꽃",)),
        ("떡집 어디 있나요", ("떡집",)),
        ("안녕하세요. 책상 살 데 있나요?", ("책상",)),
        ("토너 카트리지 찾아줘. 엑셀 다운로드 검토용", ("토너", "카트리지")),
        ("책상이요. 의자는 됐어요", ("책상",)),
        ("현수막, 천막", ("현수막", "천막")),
        ("물별 현수막업체추천", ("현수막",)),
        ("물별시 관내업체 번역 용역", ("번역", "용역")),
        ("누리도 현수막", ("현수막",)),
        ("에어컨 설치하는 곳", ("에어컨", "설치")),
        ("번역해줄 업체", ("번역",)),
        ("A4용지 2만 장", ("a4용지",)),
        ("책상 10개", ("책상",)),
        ("㈜ 가온디자인업체연합", ("가온디자인업체연합",)),
        ("주식회사 가온", ("가온",)),
        ("(주)가온", ("가온",)),
        ("봉황새를 찾아줘", ("봉황새",)),
        ("ㅎㅅㅁ", ("ㅎㅅㅁ",)),
        ("dlstho", ("dlstho",)),
        ("현수막 현수막", ("현수막",)),
        ("업체", ("업체",)),
        ("추천 좀 해줘", ()),
        ("을 를 이 가", ()),
        ("500만원", ()),
        ("", ()),
        ("?!.", ()),
    ],
)
def test_the_words_that_matter_are_kept(text: str, words: tuple[str, ...]) -> None:
    assert asked(text).words == words


@pytest.mark.parametrize(
    ("text", "attempts"),
    [
        ("현수막", [("현수막",)]),
        ("현수막제작", [("현수막제작",), ("현수막", "제작"), ("현수막",)]),
        ("현수막재작", [("현수막재작",), ("현수막", "재작"), ("현수막",)]),
        ("정품토너", [("정품토너",), ("정품", "토너"), ("토너",)]),
        ("소독방역", [("소독방역",), ("소독", "방역"), ("방역",), ("소독",)]),
        ("번역 용역", [("번역", "용역"), ("번역",)]),
        ("용역", [("용역",)]),
        ("상하수도공사", [("상하수도공사",)]),
        ("led 조명", [("led", "조명"), ("조명",), ("led",)]),
        ("봉황새 책상", [("봉황새", "책상"), ("책상",)]),
        ("봉황새", [("봉황새",)]),
        ("가나다라마바", [("가나다라마바",)]),
    ],
)
def test_words_are_tried_from_what_was_asked_to_less(text: str, attempts: list[tuple[str, ...]]) -> None:
    assert list(asked(text).attempts[: len(attempts)]) == attempts


@pytest.mark.parametrize(
    ("text", "attempts"),
    [
        ("에어컨 유지보수", [("에어컨", "유지보수"), ("에어컨",)]),
        ("봉황새 유지보수", [("봉황새", "유지보수"), ("봉황새",)]),
        ("봉황새 에어컨 유지보수", [("봉황새", "에어컨", "유지보수"), ("에어컨", "유지보수"), ("에어컨",)]),
        ("유지보수", [("유지보수",)]),
        ("유지보수 용역", [("유지보수", "용역"), ("유지보수",)]),
    ],
)
def test_what_is_done_with_a_thing_is_never_looked_for_without_the_thing(
    text: str, attempts: list[tuple[str, ...]]
) -> None:
    assert list(asked(text).attempts) == attempts


@pytest.mark.parametrize(
    ("word", "rest", "surely"),
    [
        ("업체를", "업체", True),
        ("업체을", "업체을", False),
        ("책상을", "책상", True),
        ("책상이", "책상", False),
        ("의자이", "의자이", False),
        ("의자가", "의자", False),
        ("관내에서", "관내", True),
        ("서울로", "서울", True),
        ("꽃을", "꽃", False),
        ("현수막", "현수막", False),
        ("을", "을", False),
        ("led를", "led를", False),
        ("led도", "led", False),
    ],
)
def test_a_particle_fits_the_sound_before_it(word: str, rest: str, surely: bool) -> None:
    assert without_particle(word) == (rest, surely)


_COMPOUNDS = """
행사용생수 생수 행사용김밥 우리밀빵 빵 우리밀쿠키 공공정보시스템구축 정보시스템구축 시스템구축 공공디자인
전기공사 공사 전기용품 현수막제작 제작 현수막거치대 긴급출동 출동 도시락 락 도시계획
"""
COMPOUNDS = Vocabulary([(n, item, True) for n, item in enumerate(_COMPOUNDS.split())], 1)


@pytest.mark.parametrize(
    ("item", "apart"),
    [
        ("행사용생수", ("행사용", "생수")),
        ("우리밀빵", ("우리밀", "빵")),
        ("공공정보시스템구축", ("공공", "정보시스템구축")),  # the longest thing
        ("전기공사", None),  # what says too little is no thing
        ("현수막제작", None),  # nor is what is done with one
        ("긴급출동", None),  # nothing else begins so
        ("도시락", None),  # three syllables are one word
    ],
)
def test_an_item_is_tried_as_a_thing_and_what_qualifies_it_too(item: str, apart: tuple[str, ...] | None) -> None:
    attempts = ((item,),) if apart is None else ((item,), apart)
    assert asked(item, COMPOUNDS) == Asked((item,), attempts)
    assert asked(f"{item} 업체 추천해줘", COMPOUNDS) == Asked((item,), attempts)


def test_a_sentence_is_understood_without_a_vocabulary() -> None:
    assert asked("현수막을 제작하는 업체 추천해줘", NOTHING).words == ("현수막", "제작")
    assert asked("업체", NOTHING) == Asked((), ())


@pytest.mark.parametrize(
    "text",
    [
        "가" * 3000,
        "ㅎㅅㅁ" * 1000,
        "책상 " * 1000,
        "을 " * 1500,
        "업체" * 1500,
        "해줘" * 1500,
        "업체a" * 1000,
        "하는" * 1500,
        "1" * 3000,
        "1," * 1500,
        "1만 " * 1000,
        "일이삼" * 1000,
        "만억조" * 1000 + "원",
        "1억 " * 900 + "원",
        "담당자가 " * 700,
        "현수막책상의자조명" * 300,
        "\x00\x01\x14\ufeff",
        "漢字 ｶﾀｶﾅ <!channel> 100% _ ' \" \\ ; --",
        ".*(a|b)+[^",
    ],
    ids=lambda text: ascii(text)[:20],
)
def test_hostile_sentences_are_understood_soon(text: str) -> None:
    began = time.perf_counter()
    understood = asked(text)
    assert len(understood.words) <= MAX_WORDS
    assert len(understood.attempts) < 50
    assert time.perf_counter() - began < 2


@pytest.mark.shared_data
@pytest.mark.parametrize("knowing", [False, True])
def test_questions_of_procurement_staff_come_down_to_their_item(knowing: bool) -> None:
    path = shared_data_path("procurement_queries_a.jsonl")
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    functions = FunctionWords(read_city("seongnam").places)
    items = {firm_key(part) for row in rows for part in row["item"].split()} if knowing else set()
    known = Vocabulary([(n, item, True) for n, item in enumerate(sorted(items))], 1)
    sentences = [row for row in rows if row["type"] in {"template", "ambiguous"}]
    assert len(sentences) > 200
    missed = []
    for row in sentences:
        words = read_words(take_price(row["q"])[0], functions, known).words
        item = firm_key(row["item"])
        if not words or not all(word in item for word in words):
            missed.append((row["q"], words))
    assert len(missed) <= len(sentences) // 50, missed
    priced = [row["q"] for row in sentences if " 예산 " in row["q"]]
    assert priced
    assert [text for text in priced if take_price(text)[1] is None] == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("감사패 업체 추천해줘", ("감사패",)),
        ("감사패를 맞출 데", ("감사패", "맞출")),
        ("만족도조사 업체", ("만족도조사",)),
        ("감사합니다. 책상 업체", ("책상",)),
    ],
)
def test_a_word_of_a_trade_is_no_function_word(text: str, words: tuple[str, ...]) -> None:
    assert read_words(text, FUNCTIONS, WORDS, {"감사패", "만족도조사"}.__contains__).words == words
