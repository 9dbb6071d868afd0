"""Korean words: keys under which they are found, the particle that follows them, and a short form that is whole."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from gwannae.programme.typed_text import is_syllables, without_invisible

_FIRST_SYLLABLE, _LAST_SYLLABLE = 0xAC00, 0xD7A3
_FINALS = 28
_FINAL_RIEUL = 8

# NFKC would turn ㅎㅅㅁ into conjoining jamo, which join up with their neighbours ("ㄱㅏ" becomes "가").
_LETTERS = re.compile(r"([\u3131-\u318e]+)")
_HALF_WIDTH_LETTERS = {
    code: chr(int(unicodedata.decomposition(chr(code)).removeprefix("<narrow> "), 16))
    for code in range(0xFFA1, 0xFFDD)
    if unicodedata.decomposition(chr(code))
}

_HALF_WIDTH = re.compile("[\uffa1-\uffdc]")
_PUNCTUATION = re.compile(r"[\s!-/:-@\[-`{-~·]+")

_FORM_SIGN = re.compile(r"\( ?(?:주|유|사|재|합) ?\)|^\(?주 ?\)")
_FORM_NAMES = (
    "주식회사|유한책임회사|유한회사|합자회사|합명회사|사단법인|재단법인"
    "|농업회사법인|어업회사법인|영농조합법인|영어조합법인"
)
_MAY_HAVE_FORM = re.compile(r"\)|회사|법인")
_FORM_WORD = re.compile(rf"^(?:{_FORM_NAMES})|(?<=[\s()])(?:{_FORM_NAMES})|(?:{_FORM_NAMES})(?=[\s()]|$)")


def fold(text: str) -> str:
    """Return `text` in one spelling: NFKC, case folded, nothing invisible, single spaces.

    Single Hangul letters (ㅎㅅㅁ) stay the letters that a keyboard types.
    """
    visible = without_invisible(text)
    if visible.isascii():
        return visible.lower()
    visible = visible.translate(_HALF_WIDTH_LETTERS) if _HALF_WIDTH.search(visible) else visible
    if _LETTERS.search(visible) is None:
        return without_invisible(_fold_piece(visible))
    return without_invisible("".join(map(_fold_piece, _LETTERS.split(visible))))


def _fold_piece(piece: str) -> str:
    if _LETTERS.match(piece):
        return piece
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", piece).casefold())


@lru_cache(4096)  # registries name the same items again and again
def search_key(text: str) -> str:
    """Return the letters, digits and Hangul of `text`, folded, without spaces and punctuation."""
    return text if is_syllables(text) else _letters_and_digits(fold(text))


def _letters_and_digits(folded: str) -> str:
    key = _PUNCTUATION.sub("", folded)
    if key.isalnum():  # nearly always; what is left (signs of other scripts, emoji) is looked at one by one
        return key
    return "".join(char for char in key if unicodedata.category(char)[0] in "LN")


@lru_cache(4096)  # the same firms stand in a list of contracts again and again
def firm_key(name: str) -> str:
    """Return the search key of a firm's name without its company form (㈜, 주식회사, 사단법인 …).

    협동조합 stays: it is part of the name. A name that is nothing but a form keeps it; only a name without any
    visible character has an empty key.
    """
    folded = rest = fold(name)
    while _MAY_HAVE_FORM.search(rest):
        shorter = _FORM_WORD.sub(" ", _FORM_SIGN.sub(" ", rest)).strip()
        if shorter == rest:
            break
        rest = shorter
    return _letters_and_digits(rest) or _letters_and_digits(folded) or folded.replace(" ", "")


def josa(word: str, pair: str) -> str:
    """Return the particle of `pair` that follows `word`: "는" for "업체" and "은/는", "로" for "서울" and "으로/로".

    `pair` names the form after a consonant first. Digits and Latin letters go by their Korean reading. Where no
    reading is known the particle is written openly: "을(를)", "(으)로".
    """
    after_consonant, after_vowel = pair.split("/")
    final = _final_sound(word)
    if final is None:
        if after_consonant.endswith(after_vowel):
            return f"({after_consonant.removesuffix(after_vowel)}){after_vowel}"
        return f"{after_consonant}({after_vowel})"
    if final == "ㄹ" and pair == "으로/로":
        return after_vowel
    return after_consonant if final else after_vowel


def _final_sound(word: str) -> str | None:
    """Return "" (vowel), "ㄹ", "ㅇ" (any other consonant), or None where the reading is unknown."""
    spoken = _spoken_part(word)
    if not spoken:
        return None
    last = spoken[-1]
    if _FIRST_SYLLABLE <= ord(last) <= _LAST_SYLLABLE:
        index = (ord(last) - _FIRST_SYLLABLE) % _FINALS
        return "ㄹ" if index == _FINAL_RIEUL else ("ㅇ" if index else "")
    if "ㄱ" <= last <= "ㅎ":  # 기역, 니은, 리을 …: each letter's name ends as the letter sounds
        return "ㄹ" if last == "ㄹ" else "ㅇ"
    if "ㅏ" <= last <= "ㅣ" or last == "%":
        return ""
    if last.isascii() and last.isdigit():
        return _final_of_number(spoken)
    if last.isascii() and last.isalpha():
        return _final_of_latin(spoken)
    return None


def _spoken_part(word: str) -> str:
    """Return `word` up to the last character that is read aloud: closing quotes and brackets are not."""
    text = unicodedata.normalize("NFC", without_invisible(word))
    while text and text[-1] != "%" and unicodedata.category(text[-1])[0] not in "LN":
        text = text[:-1]
    return text


_DIGIT_FINALS = {"1": "ㄹ", "2": "", "3": "ㅇ", "4": "", "5": "", "6": "ㅇ", "7": "ㄹ", "8": "ㄹ", "9": ""}


def _final_of_number(spoken: str) -> str:
    digits = re.search(r"[0-9][0-9,]*$", spoken)
    written = digits[0].replace(",", "") if digits else spoken[-1]
    zeros = len(written) - len(written.rstrip("0"))
    if zeros == 0:
        return _DIGIT_FINALS[written[-1]]
    return "" if 12 <= zeros < 16 and zeros < len(written) else "ㅇ"  # 영 십 백 천 만 억, but 조


def _final_of_latin(spoken: str) -> str:
    run = re.search(r"[A-Za-z]+$", spoken)
    letters = run[0] if run else spoken[-1]
    if len(letters) == 1 or letters.isupper():  # read letter by letter: L 엘, R 알, M 엠, N 엔
        return {"L": "ㄹ", "R": "ㄹ", "M": "ㅇ", "N": "ㅇ"}.get(letters[-1].upper(), "")
    end = letters.lower()
    if re.search(r"(?:l|le)$", end):  # Excel, mobile
        return "ㄹ"
    if re.search(r"(?:m|n|ng|[aeiou][mn]e|[aeiou]c?[bckpt])$", end):  # form, print shop, home, Slack
        return "ㅇ"
    return ""


_ELLIPSIS = "…"


def shorten(text: str, limit: int) -> str:
    """Return `text` in at most `limit` UTF-16 units (as Slack counts, never less than characters), "…" where cut.

    Never cuts between a character and what joins it: combining marks, emoji modifiers, joined emoji, jamo.
    """
    if _units(text) <= limit:
        return text
    if limit < 1:
        return ""
    kept = 0
    room = limit - 1
    for char in text:
        room -= _units(char)
        if room < 0:
            break
        kept += 1
    while kept and (_joins_before(text[kept]) or text[kept - 1] == "\u200d"):
        kept -= 1
    return text[:kept].rstrip() + _ELLIPSIS


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _joins_before(char: str) -> bool:
    return (
        unicodedata.category(char)[0] == "M"
        or char == "\u200d"
        or "\u1160" <= char <= "\u11ff"
        or "\U0001f3fb" <= char <= "\U0001f3ff"
    )
