"""업체 목록: the city's local firms of a day as a list to hand out, by category and district."""

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date

NO_CATEGORY = "업종 미상"
NO_DISTRICT = "구 미상"
_APART = re.compile(r"\s*[,/;·]\s*")


@dataclass(frozen=True, slots=True)
class DirectoryRow:
    """One local firm. `kinds` and `certificates` are labels, certificates those that hold on the day; `as_of` the day
    of its data; `is_new`: it came in since the January before.
    """

    name: str
    business_number: str
    category: str
    district: str
    kinds: tuple[str, ...]
    items: tuple[str, ...]
    certificates: tuple[str, ...]
    phone: str
    address: str
    as_of: date | None
    is_new: bool


@dataclass(frozen=True, slots=True)
class Directory:
    """All of them, by category, district and name. `knows_new`: whether anybody can say what is new since `since`."""

    city_name: str
    day: date
    since: date
    knows_new: bool
    rows: tuple[DirectoryRow, ...]

    @property
    def file_name(self) -> str:
        """What the file is called."""
        return f"관내업체목록_{self.day:%Y%m%d}.xlsx"

    @property
    def new(self) -> tuple[DirectoryRow, ...]:
        """What is new."""
        return tuple(row for row in self.rows if row.is_new)

    @property
    def districts(self) -> tuple[str, ...]:
        """The districts that have a firm, by name; firms without one last."""
        named = sorted({row.district for row in self.rows} - {NO_DISTRICT})
        return (*named, NO_DISTRICT) if any(row.district == NO_DISTRICT for row in self.rows) else tuple(named)

    def counts(self) -> Counter[tuple[str, str]]:
        """How many firms each category has in each district."""
        return Counter((row.category, row.district) for row in self.rows)


def in_order(rows: list[DirectoryRow]) -> tuple[DirectoryRow, ...]:
    """By category, district and name, in the order of Unicode (that of Hangul); what is not known comes last."""
    return tuple(
        sorted(
            rows,
            key=lambda row: (
                row.category == NO_CATEGORY,
                row.category,
                row.district == NO_DISTRICT,
                row.district,
                row.name,
            ),
        )
    )


def category_of(trade: str) -> str:
    """Under what a firm stands: the first of its trades ("인쇄업, 도매업": 인쇄업)."""
    first = next(filter(None, _APART.split(" ".join(trade.split()))), "")
    return first or NO_CATEGORY


def new_since(year: int) -> date:
    """What is told as new in a year came in since then: the first of January of the year before."""
    return date(year - 1, 1, 1)
