"""정책실명제 사업내역서: the programme's own record of a year: what the office says of it, and what happened."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

MAX_TEXT = 2000
_LINE = re.compile(r"(\d{4})\.\s*(\d{1,2})\.\s*(\d{1,2})(?!\d)\.?(?:\([^)]{1,2}\))?\s*([^\s.].*)", re.ASCII)


class RecordField(StrEnum):
    """What the office fills in, in the order of the form. The value is kept for ever: never rename one."""

    NAME = "name"
    BACKGROUND = "background"
    OUTLINE = "outline"
    PEOPLE = "people"
    CRITERIA = "criteria"
    SPAN = "span"
    DOINGS = "doings"

    @property
    def label(self) -> str:
        """The heading on the form."""
        return {
            "name": "정책사업명", "background": "추진배경", "outline": "사업개요와 절차", "people": "담당자",
            "criteria": "선정기준", "span": "사업기간", "doings": "그간 주요 추진내용(직접 적는 것)",
        }[self.value]  # fmt: skip


class Happened(StrEnum):
    """What the bot itself knows to have happened."""

    PLAN = "plan"
    GUIDANCE = "guidance"
    MEETING = "meeting"
    PRELIMINARY = "preliminary"
    FINAL = "final"
    AWARD = "award"
    ANNOUNCEMENT = "announcement"
    BONUS_POINTS = "bonus_points"

    @property
    def label(self) -> str:
        """The words of the form."""
        return {
            "plan": "추진계획 결재",
            "guidance": "연초 안내 발송", "meeting": "실무협의회 개최", "preliminary": "예비 결산 통지",
            "final": "최종 결산 통지", "award": "우수부서 선정", "announcement": "우수부서 발표",
            "bonus_points": "성과지표 가점 통보",
        }[self.value]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Doing:
    """One line of what was done: a day, what the bot knows it to be (None: it was typed) with more of it in `matter`,
    and people as they were written ("" where nobody was).
    """

    on: date
    what: Happened | None
    matter: str = ""
    people: str = ""

    @property
    def told(self) -> str:
        """The matter in full."""
        named = [self.what.label] if self.what else []
        return ": ".join([*named, *([self.matter] if self.matter else [])])


@dataclass(frozen=True, slots=True)
class StoredRecord:
    """The `number`th wording of a year's record (a later one replaces it, all are kept)."""

    year: int
    number: int
    texts: dict[RecordField, str]
    at: datetime
    by_user: str


@dataclass(frozen=True, slots=True)
class PolicyRecord:
    """A year's record as it is printed: `doings` by day, those that were typed among those that the bot knows."""

    year: int
    office: str
    made_on: date
    texts: dict[RecordField, str]
    doings: tuple[Doing, ...]
    number: int


@dataclass(frozen=True, slots=True)
class RecordKept:
    """It stands; `fresh` is False where the same form came in again."""

    record: PolicyRecord
    fresh: bool


@dataclass(frozen=True, slots=True)
class RecordRefused:
    """Nothing was stored: there is no name, or the typed line of that number (from 1) begins with no day."""

    field: RecordField
    line: int = 0


def read_doings(text: str) -> list[Doing] | int:
    """The typed lines, "2027. 1. 11. 추진계획 결재 / 경제국장" each; the number of the first that is none, from 1."""
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        read = _LINE.fullmatch(line.strip())
        try:
            on = date(*map(int, read.groups()[:3])) if read else None
        except ValueError:
            on = None
        if read is None or on is None:
            return number
        matter, _, people = read.group(4).partition("/")
        found.append(Doing(on, None, matter.strip(), people.strip()))
    return found


def in_order(doings: Iterable[Doing]) -> tuple[Doing, ...]:
    """By day, those of one day as they came."""
    return tuple(sorted(doings, key=lambda one: one.on))
