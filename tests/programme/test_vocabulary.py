from __future__ import annotations

import random
import time
from collections.abc import Iterable

import pytest

from gwannae.programme.keystrokes import CONSONANTS, VOWELS, compose, initials, keystrokes
from gwannae.programme.vocabulary import GUESSES, Vocabulary
from gwannae.programme.word_matches import Kind, Matches, Place

ITEMS = [
    *(
        "현수막",
        "현수막제작",
        "현수막게시대",
        "인쇄",
        "인쇄물",
        "책자인쇄",
        "명함인쇄",
        "명함",
        "꽃",
        "꽃다발",
        "꽃바구니",
    ),
    *(
        "a4용지",
        "led전광판",
        "cctv",
        "pc",
        "의자",
        "의료기",
        "소화기",
        "소화전",
        "화환",
        "근조화환",
        "책상",
        "사무용책상",
    ),
    *("떡", "떡케이크", "프린터", "복합기", "상장", "표창장", "유지보수", "안전모"),
]
NAMES = ["가온인쇄", "나루플라워", "한빛꽃집", "새솔씨씨티비", "온누리종합상사", "다솔유니폼", "여울엘이디"]


def vocabulary(items: Iterable[str] = ITEMS, names: Iterable[str] = NAMES) -> tuple[Vocabulary, dict[int, str]]:
    texts = [*((text, True) for text in items), *((text, False) for text in names)]
    terms = [(n * 7 + 3, text, is_item) for n, (text, is_item) in enumerate(texts)]
    return Vocabulary(terms, version=4), {term_id: text for term_id, text, _ in terms}


WORDS, TEXTS = vocabulary()


def met(matches: Matches) -> dict[str, tuple[Kind, Place, str]]:
    return {TEXTS[term_id]: (way.kind, way.place, way.word) for term_id, way in matches.ways().items()}


def best(word: str) -> tuple[str, Kind, Place, str]:
    """The term that the word meets best: of those met in the same way the shortest."""
    term, (kind, place, instead) = min(
        met(WORDS.match(word)).items(), key=lambda pair: (pair[1], len(pair[0]), pair[0])
    )
    return term, kind, place, instead


@pytest.mark.parametrize(
    ("word", "term", "kind", "place", "instead"),
    [
        ("현수막", "현수막", Kind.LITERAL, Place.WHOLE, ""),
        ("꽃", "꽃", Kind.LITERAL, Place.WHOLE, ""),
        ("현수", "현수막", Kind.LITERAL, Place.START, ""),
        ("게시대", "현수막게시대", Kind.LITERAL, Place.INSIDE, ""),
        ("가온", "가온인쇄", Kind.LITERAL, Place.START, ""),
        ("cctv", "cctv", Kind.LITERAL, Place.WHOLE, ""),
        ("a4", "a4용지", Kind.LITERAL, Place.START, ""),
        ("led", "led전광판", Kind.LITERAL, Place.START, ""),
        ("전광판", "led전광판", Kind.LITERAL, Place.INSIDE, ""),
        ("ㅎㅅㅁ", "현수막", Kind.INITIALS, Place.WHOLE, ""),
        ("ㅇㅅ", "인쇄", Kind.INITIALS, Place.WHOLE, ""),
        ("ㄱㅅㄷ", "현수막게시대", Kind.INITIALS, Place.INSIDE, ""),
        ("a4ㅇㅈ", "a4용지", Kind.INITIALS, Place.WHOLE, ""),
        ("ㄲㄷㅂ", "꽃다발", Kind.INITIALS, Place.WHOLE, ""),
        ("ㄳㄷ", "현수막게시대", Kind.INITIALS, Place.INSIDE, ""),
        ("현숨", "현수막", Kind.UNFINISHED, Place.WHOLE, ""),
        ("현수ㅁ", "현수막", Kind.UNFINISHED, Place.WHOLE, ""),
        ("현수마", "현수막", Kind.UNFINISHED, Place.WHOLE, ""),
        ("현ㅅ", "현수막", Kind.UNFINISHED, Place.START, ""),
        ("꼬", "꽃", Kind.UNFINISHED, Place.WHOLE, ""),
        ("게싣", "현수막게시대", Kind.UNFINISHED, Place.INSIDE, ""),
        ("근조호", "근조화환", Kind.UNFINISHED, Place.START, ""),
        ("dlstho", "인쇄", Kind.OTHER_KEYBOARD, Place.WHOLE, "인쇄"),
        ("gustnakr", "현수막", Kind.OTHER_KEYBOARD, Place.WHOLE, "현수막"),
        ("gustna", "현수막", Kind.OTHER_KEYBOARD, Place.WHOLE, "현숨"),
        ("rhc", "꽃", Kind.OTHER_KEYBOARD, Place.WHOLE, "꽃"),
        ("Rhc", "꽃", Kind.OTHER_KEYBOARD, Place.WHOLE, "꽃"),
        ("ejrzpdlzm", "떡케이크", Kind.OTHER_KEYBOARD, Place.WHOLE, "떡케이크"),
        ("ㅊㅊㅅㅍ", "cctv", Kind.OTHER_KEYBOARD, Place.WHOLE, "cctv"),
        ("ㅊㅊ셔", "cctv", Kind.OTHER_KEYBOARD, Place.WHOLE, "cctv"),
        ("ㅔㅊ", "pc", Kind.OTHER_KEYBOARD, Place.WHOLE, "pc"),
        ("인솨", "인쇄", Kind.SLIP, Place.WHOLE, "인쇄"),
        ("인새", "인쇄", Kind.SLIP, Place.WHOLE, "인쇄"),
        ("안쇄", "인쇄", Kind.SLIP, Place.WHOLE, "인쇄"),
        ("명힘", "명함", Kind.SLIP, Place.WHOLE, "명함"),
        ("꼿", "꽃", Kind.SLIP, Place.WHOLE, "꽃"),
        ("현수믹", "현수막", Kind.SLIP, Place.WHOLE, "현수막"),
        ("혀수막", "현수막", Kind.SLIP, Place.WHOLE, "현수막"),
        ("현숨막", "현수막", Kind.SLIP, Place.WHOLE, "현수막"),
        ("혅수막", "현수막", Kind.SLIP, Place.WHOLE, "현수막"),
        ("ㅕㅎㄴ수막", "현수막", Kind.SLIP, Place.WHOLE, "현수막"),
        ("케시대", "현수막게시대", Kind.SLIP, Place.INSIDE, "게시대"),
        ("플라원", "나루플라워", Kind.SLIP, Place.INSIDE, "플라워"),
        ("온누이종합싱사", "온누리종합상사", Kind.SLIP, Place.WHOLE, "온누리종합상사"),
        ("현수믹게시데", "현수막게시대", Kind.SLIP, Place.WHOLE, "현수막게시대"),
        ("cctb", "cctv", Kind.SLIP, Place.WHOLE, "cctv"),
    ],
)
def test_a_word_meets_its_term(word: str, term: str, kind: Kind, place: Place, instead: str) -> None:
    assert best(word) == (term, kind, place, instead)


@pytest.mark.parametrize("word", ["의자", "의료기", "소화기", "소화전", "인쇄물", "pc"])
def test_a_whole_term_is_taken_as_it_stands(word: str) -> None:
    matches = WORDS.match(word)
    assert {way.kind for way in matches.ways().values()} == {Kind.LITERAL}
    assert matches.instead == ()


@pytest.mark.parametrize("word", ["소화ㄱ", "현수ㅁ", "명하"])
def test_typing_in_progress_is_no_slip(word: str) -> None:
    assert WORDS.match(word).instead == ()


def test_a_slip_is_found_inside_longer_terms_and_named() -> None:
    matches = WORDS.match("인솨")
    assert matches.instead[0] == "인쇄"
    assert met(matches) == {
        "인쇄": (Kind.SLIP, Place.WHOLE, "인쇄"),
        "인쇄물": (Kind.SLIP, Place.START, "인쇄"),
        "책자인쇄": (Kind.SLIP, Place.INSIDE, "인쇄"),
        "명함인쇄": (Kind.SLIP, Place.INSIDE, "인쇄"),
        "가온인쇄": (Kind.SLIP, Place.INSIDE, "인쇄"),
    }


def test_guesses_are_few_and_items_come_first() -> None:
    words = Vocabulary(enumerate_terms(["전지", "전자", "전기", "전시", "전구"], items=["전기"]), 1)
    matches = words.match("전디")
    assert matches.instead[0] == "전기"
    assert 1 < len(matches.instead) <= GUESSES
    ways = sorted(matches.ways().values())
    assert ways[0].word == "전기"
    assert [way.nth for way in ways] == sorted(way.nth for way in ways)


def enumerate_terms(texts: list[str], items: list[str]) -> list[tuple[int, str, bool]]:
    return [(n, text, text in items) for n, text in enumerate(texts)]


def test_a_word_inside_a_few_terms_is_also_taken_for_a_slip() -> None:
    words = Vocabulary([(1, "하인새마을", False), (2, "인쇄", True), (3, "인새공예", False)], 1)
    only_inside = Vocabulary([(1, "하인새마을", False), (2, "인쇄", True)], 1)
    assert {i: way.kind for i, way in words.match("인새").ways().items()} == {1: Kind.LITERAL, 3: Kind.LITERAL}
    matches = only_inside.match("인새")
    assert {i: way.kind for i, way in matches.ways().items()} == {1: Kind.LITERAL, 2: Kind.SLIP}
    assert matches.instead == ("인쇄",)


@pytest.mark.parametrize("word", ["a3용지", "a5용지", "44용지"])
def test_a_digit_is_never_a_slip(word: str) -> None:
    assert not WORDS.match(word)


@pytest.mark.parametrize("word", ["", "ㅎ", "ㅏ", "없는말이다", "%", "_", "'", "漢字", "ｶﾀ", "🎉"])
def test_a_word_that_nothing_resembles_meets_nothing(word: str) -> None:
    assert not WORDS.match(word)
    assert not Vocabulary([], 0).match(word)


def test_a_vocabulary_knows_its_words() -> None:
    assert len(WORDS) == len(ITEMS) + len(NAMES)
    assert WORDS.version == 4
    assert WORDS.knows("수막게")
    assert WORDS.knows("pc")
    assert not WORDS.knows("수막개")
    assert not WORDS.knows("")
    assert WORDS.is_item("현수막")
    assert not WORDS.is_item("현수")
    assert not WORDS.is_item("가온인쇄")


def test_words_that_look_alike_are_named() -> None:
    assert WORDS.near("현수막봉투") == ("현수막", "현수막제작", "현수막게시대")
    assert WORDS.near("특수의자") == ("의자",)
    assert WORDS.near("없는말") == ()
    assert WORDS.near("가" * 3000) == ()


_SYLLABLES = "가각간갂갉나낙난다닥인쇄쇠소수숨막마현혀화호환a4b漢"


def _random_texts(rng: random.Random, count: int, alphabet: str, longest: int) -> list[str]:
    texts = {"".join(rng.choice(alphabet) for _ in range(rng.randint(1, longest))) for _ in range(count)}
    return sorted(texts)


@pytest.mark.parametrize("seed", range(3))
def test_literal_matches_are_those_of_a_plain_scan(seed: int) -> None:
    rng = random.Random(seed)  # noqa: S311
    texts = _random_texts(rng, 400, _SYLLABLES, 7)
    words = Vocabulary(((n, text, bool(n % 2)) for n, text in enumerate(texts)), 1)
    for word in _random_texts(rng, 300, _SYLLABLES, 4) + texts[:40]:
        scanned = {
            n: Place.WHOLE if text == word else Place.START if text.startswith(word) else Place.INSIDE
            for n, text in enumerate(texts)
            if word in text
        }
        assert {n: way.place for n, way in words.literal(word).ways().items()} == scanned
        assert {n: w.place for n, w in words.match(word).ways().items() if w.kind is Kind.LITERAL} == scanned
        assert words.knows(word) is bool(scanned)
        assert words.is_item(word) is any(p is Place.WHOLE and n % 2 for n, p in scanned.items())


@pytest.mark.parametrize("seed", range(2))
def test_initials_are_those_of_a_plain_scan(seed: int) -> None:
    rng = random.Random(seed)  # noqa: S311
    texts = _random_texts(rng, 400, _SYLLABLES, 7)
    words = Vocabulary(((n, text, True) for n, text in enumerate(texts)), 1)
    first = [initials(text) for text in texts]
    for word in {"".join(rng.choice("ㄱㄴㄷㅇㅅㅁㅎ") for _ in range(rng.randint(2, 4))) for _ in range(200)}:
        scanned = {
            n: Place.WHOLE if text == word else Place.START if text.startswith(word) else Place.INSIDE
            for n, text in enumerate(first)
            if word in text
        }
        ways = {n: way.place for n, way in words.match(word).ways().items() if way.kind is Kind.INITIALS}
        assert ways == scanned


@pytest.mark.parametrize("seed", range(2))
def test_every_unfinished_typing_of_a_term_meets_it(seed: int) -> None:
    rng = random.Random(seed)  # noqa: S311
    texts = [t for t in _random_texts(rng, 300, _SYLLABLES, 6) if len(t) > 2]
    words = Vocabulary(((n, text, True) for n, text in enumerate(texts)), 1)
    for n, text in enumerate(texts):
        keys = keystrokes(text)
        typed = compose(keys[: rng.randint(3, len(keys))])
        ways = words.match(typed).ways()
        if words.is_item(typed) and typed != text and n not in ways:
            continue  # a word that is finished is not taken for an unfinished one
        assert ways[n].kind in {Kind.LITERAL, Kind.UNFINISHED}
        assert ways[n].place in {Place.WHOLE, Place.START}


def _slip(rng: random.Random, keys: str) -> str:
    at = rng.randrange(len(keys))
    kind = rng.choice(("wrong", "missing", "doubled", "swapped"))
    if kind == "wrong":
        return keys[:at] + rng.choice(CONSONANTS if keys[at] in CONSONANTS else VOWELS) + keys[at + 1 :]
    if kind == "missing":
        return keys[:at] + keys[at + 1 :]
    if kind == "doubled":
        return keys[:at] + keys[at] + keys[at:]
    return keys[:at] + keys[at + 1 : at + 2] + keys[at] + keys[at + 2 :]


def _apart(one: str, other: str) -> int:
    """Optimal string alignment distance, by the book."""
    rows = [list(range(len(other) + 1))]
    for i, a in enumerate(one, 1):
        row = [i]
        for j, b in enumerate(other, 1):
            least = min(rows[-1][j] + 1, row[j - 1] + 1, rows[-1][j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                least = min(least, rows[-2][j - 2] + 1)
            row.append(least)
        rows.append(row)
    return rows[-1][-1]


@pytest.mark.parametrize("seed", range(2))
def test_a_term_is_found_through_any_one_slip(seed: int) -> None:
    rng = random.Random(seed)  # noqa: S311
    everything = [chr(code) for code in range(0xAC00, 0xD7A4)]
    texts = ["".join(rng.choices(everything, k=rng.randint(2, 6))) for _ in range(150)]
    words = Vocabulary(((n, text, True) for n, text in enumerate(texts)), 1)
    spelt = [keystrokes(text) for text in texts]
    tried = 0
    for n, keys in enumerate(spelt):
        typed = _slip(rng, keys)
        if any(abs(len(typed) - len(k)) < 2 and _apart(typed, k) <= 1 for m, k in enumerate(spelt) if m != n):
            continue
        tried += 1
        assert n in words.match(compose(typed)).ways(), (texts[n], compose(typed))
    assert tried > 120


def test_a_slip_is_found_in_any_part_of_a_term() -> None:
    rng = random.Random(11)  # noqa: S311
    everything = [chr(code) for code in range(0xAC00, 0xD7A4)]
    texts = ["".join(rng.choices(everything, k=8)) for _ in range(150)]
    words = Vocabulary(((n, text, True) for n, text in enumerate(texts)), 1)
    for n, text in enumerate(texts):
        begin = rng.randrange(5)
        part = keystrokes(text[begin : begin + 3])
        typed = _slip(rng, part)
        assert n in words.match(compose(typed)).ways(), (text, compose(typed))


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("asked_before", [True, False], ids=["all forms made", "as written"])
def test_a_vocabulary_that_was_changed_often_answers_as_one_that_was_read_anew(seed: int, asked_before: bool) -> None:
    rng = random.Random(seed)  # noqa: S311
    texts = _random_texts(rng, 300, _SYLLABLES, 6)
    standing = {n: (text, bool(n % 3)) for n, text in enumerate(texts[:200])}
    words = Vocabulary(((n, text, is_item) for n, (text, is_item) in standing.items()), 1)
    for version in range(2, 8):
        if asked_before:
            for word in ("ㅎㅅㅁ", "인솨"):
                words.match(word)
        gone = rng.sample(sorted(standing), 12)
        new = {n: (texts[n], rng.random() < 0.5) for n in (*gone[:5], *rng.sample(range(200, len(texts)), 6))}
        gone += [n for n in new if n in standing and n not in gone]
        standing = {n: term for n, term in standing.items() if n not in gone} | new
        words = words.changed(gone, [(n, text, is_item) for n, (text, is_item) in new.items()], version)
        anew = Vocabulary(((n, text, is_item) for n, (text, is_item) in standing.items()), version)
        assert (len(words), words.version, sorted(words)) == (len(anew), version, sorted(anew))
        for word in [
            *texts,
            *(_slip_of(rng, text) for text in texts[::3]),
            "ㄱㄴ",
            "ㅎㅅㅁ",
            "인솨",
            "현수ㅁ",
            "없",
            "",
        ]:
            assert words.match(word).ways() == anew.match(word).ways(), word
            assert words.match(word).instead == anew.match(word).instead, word
            assert words.near(word) == anew.near(word)
            assert (words.knows(word), words.is_item(word), words.is_whole(word)) == (
                anew.knows(word), anew.is_item(word), anew.is_whole(word)
            )  # fmt: skip


def _slip_of(rng: random.Random, text: str) -> str:
    return compose(_slip(rng, keystrokes(text)))


@pytest.mark.parametrize(
    "word",
    [
        "가" * 3000,
        "ㅎ" * 3000,
        "ㅏㅑㅓ" * 1000,
        "ㄳㅘ" * 1500,
        "rkskek" * 500,
        "현수막" * 1000,
        "1" * 3000,
        "漢字漢字" * 700,
        "ｶﾀｶﾅ" * 700,
        "".join(map(chr, range(0x100))) * 12,
        "\x01\x02\x13\x14\x21\x80\x92",
        "\n현수막\n",
        ".*+?[a-z]{1,99}(a|b)\\1^$",
        "'; DROP TABLE terms; --%_",
        "\U0010ffff" * 10,
        "\ud800\udfff",
        "e\u0301\u200d\ufe0f",
        "🇰🇷👨‍👩‍👧",
        "각",
    ],
    ids=lambda word: ascii(word)[:24],
)
def test_hostile_words_are_answered_soon(word: str) -> None:
    began = time.perf_counter()
    WORDS.match(word)
    WORDS.near(word)
    WORDS.knows(word)
    hostile = Vocabulary([(1, word, True), (2, "현수막", True)], 1)
    assert 1 in hostile.literal(word).ways()
    assert 2 in hostile.match("현수막").ways()
    assert time.perf_counter() - began < 5


def test_control_characters_are_not_taken_for_letters() -> None:
    assert not Vocabulary([(1, "\x01\x14\x82", True)], 1).match("ㄱㅏㄷ")
    assert not WORDS.match("".join(map(chr, range(1, 34))))
