from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from gwannae.programme.keystrokes import (
    compose,
    hangul_from_latin,
    has_single_letters,
    initials,
    is_initials,
    keystrokes,
    latin_from_hangul,
)
from tests.shared_data import shared_data_path


@pytest.mark.parametrize(
    ("text", "pressed"),
    [
        ("현수막", "ㅎㅕㄴㅅㅜㅁㅏㄱ"),
        ("현숨", "ㅎㅕㄴㅅㅜㅁ"),
        ("현수ㅁ", "ㅎㅕㄴㅅㅜㅁ"),
        ("꽃", "ㄲㅗㅊ"),
        ("화환", "ㅎㅗㅏㅎㅗㅏㄴ"),
        ("왜궤의", "ㅇㅗㅐㄱㅜㅔㅇㅡㅣ"),
        ("닭값", "ㄷㅏㄹㄱㄱㅏㅂㅅ"),
        ("ㄳㅘ", "ㄱㅅㅗㅏ"),
        ("ㅒㅖ", "ㅒㅖ"),
        ("a4용지 漢字ｶﾅ", "a4ㅇㅛㅇㅈㅣ 漢字ｶﾅ"),
        ("", ""),
    ],
)
def test_a_text_is_the_keys_that_type_it(text: str, pressed: str) -> None:
    assert keystrokes(text) == pressed


@pytest.mark.parametrize(
    ("letters", "text"),
    [
        ("ㅇㅣㄴㅅㅗㅐ", "인쇄"),
        ("ㄱㅏㄱㅅㅏ", "각사"),
        ("ㄱㅏㄱㅅ", "갃"),
        ("ㄱㅏㄱㅅㄱ", "갃ㄱ"),
        ("ㄷㅏㄹㄱㅣ", "달기"),
        ("ㅎㅗㅏㅎㅗㅏㄴ", "화환"),
        ("ㄲㅏㄲㄲㅏ", "깎까"),
        ("ㅃㅏㅃ", "빠ㅃ"),
        ("현수ㅁ", "현숨"),
        ("현숨ㅏ", "현수마"),
        ("ㅗㅏ", "ㅘ"),
        ("ㅎㅅㅁ", "ㅎㅅㅁ"),
        ("ㅊㅊㅅㅕ", "ㅊㅊ셔"),
        ("ㄱㅏ!ㄴㅏ", "가!나"),
        ("", ""),
    ],
)
def test_letters_become_the_text_that_a_keyboard_makes_of_them(letters: str, text: str) -> None:
    assert compose(letters) == text


def test_every_syllable_is_composed_of_the_keys_that_type_it() -> None:
    syllables = [chr(code) for code in range(0xAC00, 0xD7A4)]
    assert [s for s in syllables if compose(keystrokes(s)) != s] == []


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("dlstho", "인쇄"),
        ("gustnakr", "현수막"),
        ("audgka", "명함"),
        ("Rhc", "꽃"),
        ("rhc", "곷"),
        ("A4dydwl", "ㅁ4용지"),
        ("RㅏㄱEㅜrl", "깍뚜기"),
        ("현수akr", "현수막"),
    ],
)
def test_hangul_typed_on_the_latin_keyboard_is_read(typed: str, meant: str) -> None:
    assert hangul_from_latin(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ㅊㅊㅅㅍ", "cctv"),
        ("ㅣㄷㅇ", "led"),
        ("ㅔㅊ", "pc"),
        ("ㅕㄴㅠ", "usb"),
        ("ㅡㅁㄴ", "mas"),
        ("ㅁ4", "a4"),
        ("ㄲ", "r"),
    ],
)
def test_latin_typed_on_the_hangul_keyboard_is_read(typed: str, meant: str) -> None:
    assert latin_from_hangul(typed) == meant


@pytest.mark.parametrize("word", ["인쇄", "현수막", "화환", "값싼닭", "떡", "얘기", "예식", "궤도"])
def test_a_word_comes_back_from_the_other_keyboard(word: str) -> None:
    shifted = {"ㄲ": "R", "ㄸ": "E", "ㅃ": "Q", "ㅆ": "T", "ㅉ": "W", "ㅒ": "O", "ㅖ": "P"}
    latin = "".join(shifted.get(letter, latin_from_hangul(letter)) for letter in keystrokes(word))
    assert hangul_from_latin(latin) == word


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("현수막", "ㅎㅅㅁ"),
        ("꽃집", "ㄲㅈ"),
        ("a4용지", "a4ㅇㅈ"),
        ("ㅎ수막", "ㅎㅅㅁ"),
        ("ㄳ", "ㄱㅅ"),
        ("ㅏ", "ㅏ"),
        ("띄어 쓰기", "ㄸㅇ ㅆㄱ"),
        ("", ""),
    ],
)
def test_a_text_has_its_first_consonants(text: str, first: str) -> None:
    assert initials(text) == first


@pytest.mark.parametrize(
    ("text", "alone"),
    [
        ("ㅎㅅㅁ", True),
        ("ㄳ", True),
        ("ㅃ", True),
        ("ㅎ수막", False),
        ("ㅏ", False),
        ("ㅎㅏ", False),
        ("ㅎ4", False),
        ("", False),
    ],
)
def test_consonants_alone_are_told_from_other_texts(text: str, alone: bool) -> None:
    assert is_initials(text) is alone


@pytest.mark.parametrize(
    ("text", "has"), [("현수ㅁ", True), ("ㅎㅅㅁ", True), ("ㅏ", True), ("현수막a4", False), ("", False)]
)
def test_single_letters_are_seen(text: str, has: bool) -> None:
    assert has_single_letters(text) is has


def test_texts_of_many_scripts_do_not_fill_the_memory() -> None:
    everything = "".join(chr(code) for code in range(0x4E00, 0xD7A4)) * 2
    assert keystrokes(everything).startswith("一丁")
    assert initials(everything).endswith("ㅎ")
    assert keystrokes("인쇄") == "ㅇㅣㄴㅅㅗㅐ"


def _vectors(function: str) -> Iterator[tuple[list[Any], Any]]:
    path = shared_data_path("hangul_vectors_a.jsonl")
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    found = [(row["args"], row["expected"]) for row in rows if row["fn"] == function]
    assert found, f"no vectors of {function}"
    yield from found


@pytest.mark.shared_data
def test_published_vectors_agree() -> None:
    for (text,), letters in _vectors("disassemble"):
        assert keystrokes(text) == letters
    for (text,), groups in _vectors("disassembleToGroups"):
        assert [list(keystrokes(char)) for char in text] == groups
    for (pieces,), text in _vectors("assemble"):
        assert compose("".join(pieces)) == text
    for (text,), meant in _vectors("convertQwertyToHangul"):
        assert hangul_from_latin(text) == meant
    for (char,), can in _vectors("canBeChoseong"):
        assert (len(char) == 1 and is_initials(char)) is can
    for args, first in _vectors("getChoseong"):
        if len(args) > 1 or not any(c.isascii() and c.isalnum() for c in args[0]):  # ours keeps what is not Hangul
            assert initials(args[0]) == first
