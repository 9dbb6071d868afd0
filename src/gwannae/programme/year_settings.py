"""The settings that a programme year rests on: what each is, where the city's file has it, what is open about it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gwannae.programme.setting_values import Part


class SettingGroup(StrEnum):
    """What is gone through together."""

    DATES = "dates"
    WEIGHTS = "weights"
    TARGETS = "targets"
    LIMITS = "limits"

    @property
    def label(self) -> str:
        """The words that offices use."""
        return _GROUP_LABELS[self]


_GROUP_LABELS = {
    SettingGroup.DATES: "날짜와 기한",
    SettingGroup.WEIGHTS: "집계 기준과 배점",
    SettingGroup.TARGETS: "의무구매 비율",
    SettingGroup.LIMITS: "금액 기준",
}


class Table(StrEnum):
    """The table of the city file that holds a setting."""

    YEAR_RULES = "year_rules"
    CYCLES = "cycles"
    CALENDAR = "calendar"
    LOCAL_RULES = "local_rules"
    OUTSIDE_REASONS = "outside_reasons"
    STANDINGS = "standings"
    RESULTS = "results"
    BONUS_POINTS = "bonus_points"
    SCHEMES = "schemes"
    LIMITS = "limits"
    LAMP = "lamp"
    VENDOR_CAP = "vendor_cap"


# Tables without days of their own: what is changed there changes for all years.
UNDATED = (Table.CALENDAR, Table.STANDINGS, Table.RESULTS, Table.LAMP, Table.VENDOR_CAP)


# What a city's file says in a `source` that is not one yet.
UNCONFIRMED_WORDS = ("확인 전", "예시")


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting as it holds in a year. `key` names it, whatever its values; `since` is the day from which its entry
    counts, None where it has none; `source` the text that it rests on, `checked_on` when somebody last read that, and
    `note` what is still open about it.
    """

    key: str
    group: SettingGroup
    table: Table
    name: str
    parts: tuple[Part, ...]
    since: date | None = None
    source: str = ""
    checked_on: date | None = None
    note: str = ""

    def is_carried_into(self, year: int) -> bool:
        """Whether its entry is of a year before: nobody has written it for this one."""
        return self.since is None or self.since.year < year

    def asks_for_a_look(self, year: int) -> bool:
        """확인 필요: something is open about it, its source itself says that it is none yet, or its text was last read
        before the autumn before that year.
        """
        read_long_ago = self.checked_on is not None and self.checked_on < date(year - 1, 10, 1)
        return bool(self.note) or self.rests_on_nothing_yet or read_long_ago

    @property
    def rests_on_nothing_yet(self) -> bool:
        """Whether its source says that nobody has confirmed it, or that it is an example."""
        return any(word in self.source for word in UNCONFIRMED_WORDS)


def dated_key(key: str, valid_from: date, year: int) -> str:
    """The key of an entry: what begins inside the year is a setting of its own beside the one that it follows."""
    return key if valid_from <= date(year, 1, 1) else f"{key}@{valid_from.isoformat()}"
