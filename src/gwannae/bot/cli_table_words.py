"""Plain Korean for what is wrong in a TOML file (a city, a year's plan) and in the settings: place, expected, found.

The readers name what they expected in the checker's words or in one of their own short phrases; each is known here.
"""

import re
from collections.abc import Callable
from typing import Any

from gwannae.programme.hangul import josa

MOST_FAULTS = 20


def fault_lines(faults: Any) -> list[str]:
    """One line for each wrong place, at most twenty and then how many more."""
    lines = [
        f"  {_place(one.place)}: {expected_words(one.expected)}{_found(one.found)}" for one in faults[:MOST_FAULTS]
    ]
    more = len(faults) - len(lines)
    return [*lines, f"  이 밖에 {more:,}곳이 더 있습니다."] if more else lines


def expected_words(expected: str) -> str:
    """What is to stand there, as a person reads it."""
    for pattern, words in _EXPECTED:
        if found := pattern.fullmatch(expected):
            return words(found)
    return UNKNOWN


UNKNOWN = "이 자리에 쓸 수 없는 값입니다. 도시 파일 설명에서 이 항목을 확인해 주세요"


def _place(place: str) -> str:
    return "파일 전체" if place == "-" else place


def _found(found: str) -> str:
    return f" (적힌 값: {found})" if found else ""


_TYPES = {
    "str": "큰따옴표 안의 글",
    "int": "따옴표 없는 정수",
    "float": "따옴표 없는 수",
    "bool": "따옴표 없는 true나 false",
    "date": "따옴표와 시각 없이 2027-01-04처럼 적은 날짜",
    "array": "대괄호 안의 목록",
    "object": "이름과 값으로 된 표",
}
_PATTERNS = {
    r"^[a-z0-9][a-z0-9_-]{0,39}$": "영문 소문자·숫자·‘-’·‘_’로 된 코드(40자까지)",
    r"^ocds-[a-z0-9]{6}$": "‘ocds-’와 영문 소문자·숫자 여섯 자",
    r"^https?://[!-~]{1,200}/$": "http나 https로 시작하고 ‘/’로 끝나는 주소",
    r"^[TE][A-Z0-9]{2,20}:[CG][A-Z0-9]{2,20}$": "Slack 워크스페이스와 채널의 ID(T0123:C0123처럼)",
    r"^[UW][A-Z0-9]{2,20}$": "Slack 사용자 ID(U0123처럼)",
    r"^[0-9A-Z]{7}$": "숫자와 영문 대문자 일곱 자",
    r"^(?:0|[1-9][0-9]{0,3})(?:\.[0-9]{1,2})?$": "따옴표 안의 점수(0~9999, 소수점 아래 두 자리까지)",
    r"^(?:0|[1-9][0-9]?)(?:\.[0-9]{1,2})?$": "따옴표 안의 점수(0~99, 소수점 아래 두 자리까지)",
    r"^(?:0\.[1-9]|[1-9][0-9]?(?:\.[0-9])?|100(?:\.0)?)$": "따옴표 안의 비율(0.1~100, 소수점 아래 한 자리까지)",
    r"^(?:0|[1-9][0-9]?|100)(?:\.[0-9])?$": "따옴표 안의 비율(0~100, 소수점 아래 한 자리까지)",
}
_KEYS = {
    "organisation codes": "부서·기관의 code",
    "organisation names": "부서·기관의 name",
    "prizes": "상 이름(prizes)",
    "parts": "점수 항목(parts)",
    "tie_breaks": "동점 기준(tie_breaks)",
    "names of groups": "묶음의 name",
    "countdown of days": "countdown의 날수",
    "months": "달(months)",
    "targets of kinds": "목표의 kind",
}


def _must_be(what: str) -> str:
    return f"{what}{josa(what, '이어야/여야')} 합니다"


def _typed(found: re.Match[str]) -> str:
    kinds = [_TYPES[kind] for kind in found[1].split(" | ") if kind in _TYPES]
    return _must_be(" 또는 ".join(kinds)) if kinds else UNKNOWN


def _length(found: re.Match[str]) -> str:
    unit = {"str": "자", "array": "개"}.get(found[1].split(" | ")[0], "")
    bound, number = {">=": "이상", "<=": "이하"}.get(found[2], ""), int(found[3])
    if found[2] == ">=" and number == 1:
        return "비워 둘 수 없습니다"
    return _must_be(f"길이가 {number:,}{unit} {bound}".rstrip())


def _bound(found: re.Match[str]) -> str:
    return f"{int(found[2]):,} {'이상' if found[1] == '>=' else '이하'}인 정수여야 합니다"


def _shape(found: re.Match[str]) -> str:
    return f"{_PATTERNS[found[1]]}의 꼴이어야 합니다" if found[1] in _PATTERNS else UNKNOWN


def _apart(found: re.Match[str]) -> str:
    if found[1] in _KEYS:
        return f"{_KEYS[found[1]]}끼리 서로 달라야 합니다"
    key, _, table = found[1].partition(" of ")
    return f"[[{table}]]의 {key}끼리 서로 달라야 합니다"


def _said(sentence: str) -> Callable[[re.Match[str]], str]:
    return lambda found: sentence.format(*found.groups())


_EXPECTED: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = tuple(
    (re.compile(pattern, re.DOTALL), words if callable(words) else _said(words))
    for pattern, words in (
        (r"Expected `([^`]+)` of length (>=|<=|==) (\d+)", _length),
        (r"Expected `([^`]+)`, got `[^`]+`", _typed),
        (r"Expected `[^`]+` matching regex '(.+)'", _shape),
        (r"Expected `[^`]+` (>=|<=) (-?\d+)", _bound),
        (r"`int` from (\d+) to (\d+)", "{0}부터 {1}까지의 정수여야 합니다"),
        (r"one of ('.+')", "이 가운데 하나여야 합니다: {0}"),
        (r"one of (.+), or a path ending in \.toml", "이 가운데 하나나, ‘.toml’로 끝나는 파일의 경로여야 합니다: {0}"),
        ("a value: this key is required", "꼭 있어야 하는데 빠졌습니다"),
        ("nothing: such a key is not permitted here", "여기에 없는 이름입니다. 철자를 확인하거나 지워 주세요"),
        ("a file that is there", "파일을 찾지 못했습니다. 경로와 이름을 확인해 주세요"),
        ("a readable file", "파일을 열지 못했습니다. 읽을 권한을 확인해 주세요"),
        ("UTF-8", "UTF-8로 저장한 파일이어야 합니다(메모장: 인코딩 UTF-8)"),
        (r"TOML at line (\d+), column (\d+)", "{0}행 {1}열을 TOML로 읽지 못했습니다. 따옴표·등호·괄호를 확인해 주세요"),
        ("TOML to its end", "끝까지 TOML로 읽지 못했습니다. 마지막 줄의 따옴표와 괄호가 닫혔는지 확인해 주세요"),
        (r"(.+) that differ from each other", _apart),
        ("a time zone name such as Asia/Seoul", "Asia/Seoul처럼 시간대의 이름이어야 합니다"),
        (r'a day that every year has, as "MM-DD"', '해마다 있는 날을 "11-30"처럼 적어야 합니다'),
        (r'a time as "HH:MM"', '시각을 "09:30"처럼 적어야 합니다'),
        (r'a time until a later one, as "HH:MM-HH:MM"', '앞선 시각과 뒤의 시각을 "09:30-11:30"처럼 적어야 합니다'),
        ("until on or after valid_from", "until은 valid_from과 같거나 뒤여야 합니다"),
        ("either certificates or by_size = true.*", "certificates와 by_size = true 가운데 하나만 있어야 합니다"),
        (
            r"words of one code each, and ‘(.*)’ is none or of two",
            "‘{0}’처럼 두 사유에 있거나 글자가 없는 말 말고, 한 사유에만 쓰는 말이어야 합니다",
        ),
        (r"parents among the organisation codes, not (.+)", "parent는 부서·기관의 code여야 합니다. 없는 코드: {0}"),
        (
            r"schemes of one code that meet in no kind on no day, not (.+)",
            "code가 같은 [[schemes]]는 종류와 기간이 겹치지 않아야 합니다. 겹친 코드: {0}",
        ),
        (
            r"a \[\[score\]\] from the first year on .+",
            "from_score로 가점을 주는 첫해부터 쓸 [[score]]가 있어야 합니다",
        ),
        ("programme_office to be the name .+", "programme_office는 부서·기관 가운데 하나의 name이어야 합니다"),
        (
            "people with role .+",
            '[[people]]의 role은 "office"나 "planning"이어야 합니다. 부서 담당은 Slack에서 정합니다',
        ),
        ("to_rank or from_score, one of the two", "to_rank와 from_score 가운데 하나만 있어야 합니다"),
        ("steps that all have .+", "모든 단계가 to_rank를 쓰거나, 모두 from_score를 써야 합니다"),
        (
            "steps with rising .+",
            "뒤의 단계일수록 to_rank는 크게(from_score는 작게), points는 작게 적어야 합니다",
        ),
        ("full_at_won for indirect alone, .+", "full_at_won은 indirect에 꼭 있어야 하고 다른 항목에는 없어야 합니다"),
        (r"no full_at for (.+)", "{0}에는 full_at을 적지 않습니다"),
        ("full_at for improvement: .+", "improvement에는 만점이 되는 퍼센트포인트를 full_at으로 적어야 합니다"),
        ("a group by kinds or by below, not both", "묶음에는 kinds와 below 가운데 하나만 적어야 합니다"),
        (
            r"parts \(without additions\) that add up to total = (\d+), and they make (\d+)",
            "additions를 뺀 항목의 points를 더해 total({0})이 되어야 하는데 {1}입니다",
        ),
        (
            "groups in which each of (.+) stands once",
            "묶음의 kinds에 이 종류가 한 번씩 있어야 합니다: {0}",
        ),
        (
            "groups with rising below, .+",
            "묶음의 below는 뒤로 갈수록 크게 적고, 마지막 묶음에는 적지 않아야 합니다",
        ),
        (r"(\w+) not before (\w+)", "{0} 값이 {1} 값보다 앞설 수 없습니다"),
        ("valid_from on the first day of a quarter", "valid_from은 분기의 첫날이어야 합니다"),
        ("report as often as confirm, or more often", "report의 주기는 confirm의 주기와 같거나 짧아야 합니다"),
        ("days of the first and then of the second half", "상반기의 날, 하반기의 날 차례로 적어야 합니다"),
        ("windows one after the other", "시간대(windows)는 겹치지 않게 앞선 것부터 적어야 합니다"),
        ("eve_until after the first window begins", "eve_until은 첫 시간대가 시작한 뒤여야 합니다"),
        ("valid_from on a first of January", "valid_from은 1월 1일이어야 합니다"),
        (r"(closing, .+) in turn", "날짜가 이 차례대로여야 합니다: {0}"),
        ("bonus_points in January: .+", "bonus_points는 지난해의 것을 정하는 1월의 날이어야 합니다"),
        ("by_count or by_amount", "by_count와 by_amount 가운데 하나는 있어야 합니다"),
    )
)
