"""새해 열기: the settings carried over from last year, a person's word for each, and the press that opens the year.

The city's file is the one place where a setting holds. What is kept here is a person's word alone: "this is the value
of 2028". While the file says the same it is confirmed; where it says otherwise the word is a change that the file waits
for, and the year does not open.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from hashlib import sha256

from gwannae.programme.ledger import PostKind
from gwannae.programme.setting_values import Value, kept, value_of
from gwannae.programme.year_settings import Setting, SettingGroup

# From this month on the office works on the year that comes.
FIRST_MONTH = 11
# What speaks to organisations of a year's own dates and rules.
OF_THE_YEAR = frozenset(
    {
        PostKind.GUIDANCE,
        PostKind.REMINDER,
        PostKind.OVERDUE,
        PostKind.CONFIRMATION,
        PostKind.CLOSING_COUNTDOWN,
        PostKind.CLOSING,
    }
)


class Check(StrEnum):
    """How far a setting is."""

    OPEN = "open"  # nobody has said a word of it
    CONFIRMED = "confirmed"  # what a person said holds
    WAITING = "waiting"  # a person said another value than the file has

    @property
    def label(self) -> str:
        """The words that offices use."""
        return {"open": "확인 전", "confirmed": "확인함", "waiting": "파일에 반영 전"}[self.value]


@dataclass(frozen=True, slots=True)
class Said:
    """A person's word for one setting of a year: its `values` by the parts' names, in their JSON form."""

    key: str
    values: Mapping[str, object]
    at: datetime
    team_id: str
    user_id: str


@dataclass(frozen=True, slots=True)
class Line:
    """One setting of the year with the word that was said of it."""

    setting: Setting
    said: Said | None = None

    @property
    def check(self) -> Check:
        """How far it is. A file that changed after the word makes it wait again."""
        if self.said is None:
            return Check.OPEN
        return Check.CONFIRMED if dict(self.said.values) == told(self.setting) else Check.WAITING

    @property
    def wanted(self) -> Setting:
        """The setting with the values that were said; as it is, where nobody said anything."""
        return self.setting if self.said is None else with_values(self.setting, self.said.values)


@dataclass(frozen=True, slots=True)
class Opening:
    """That a year was opened: when, and by whom."""

    year: int
    at: datetime
    team_id: str
    user_id: str


@dataclass(frozen=True, slots=True)
class NewYear:
    """The office's window: all settings of a year, whether it is open, what has gone out under it since (`sent`), and
    whether the year before is through (`settled`: its points went out). `due`: the year is one that is to be opened.
    """

    year: int
    lines: tuple[Line, ...]
    opening: Opening | None = None
    sent: int = 0
    settled: bool = False
    due: bool = True

    def of(self, group: SettingGroup) -> tuple[Line, ...]:
        """The settings of one group."""
        return tuple(line for line in self.lines if line.setting.group is group)

    def count(self, check: Check) -> int:
        """How many are so far."""
        return sum(line.check is check for line in self.lines)

    def line(self, mark: str) -> Line | None:
        """The setting that a button means."""
        return next((line for line in self.lines if mark_of(line.setting) == mark), None)


@dataclass(frozen=True, slots=True)
class YearNote:
    """What every post of a year says while its settings are not settled: it was not `opened`, or `unsettled` of its
    settings are not confirmed.
    """

    year: int
    opened: bool
    unsettled: int


class NewYearFault(StrEnum):
    """Why a press did nothing."""

    NOT_ITS_TIME = "not_its_time"
    GONE = "gone"  # no such setting any more, or the file says another value than the person saw
    WAITING = "waiting"  # the file has not got what was said
    ALREADY_OPEN = "already_open"
    NOT_OPEN = "not_open"
    SENT = "sent"  # something has gone out under the opened year


@dataclass(frozen=True, slots=True)
class NewYearRefused:
    """Nothing was done; `count`: of what there are how many."""

    fault: NewYearFault
    year: int
    count: int = 0


@dataclass(frozen=True, slots=True)
class ValueFault:
    """A typed value that cannot stand there: `part` by name, "" for values that do not go together."""

    part: str


@dataclass(frozen=True, slots=True)
class ValuesRefused:
    """What was typed for a setting is not taken; nothing was changed."""

    faults: tuple[ValueFault, ...]


@dataclass(frozen=True, slots=True)
class SettingsSaid:
    """A word was kept for `count` settings; `check`: how far the (last) one is now. `fresh`: no such word stood."""

    year: int
    count: int
    check: Check
    name: str = ""
    fresh: bool = True


@dataclass(frozen=True, slots=True)
class YearOpened:
    """The year is open; `unsettled` settings nobody has confirmed."""

    opening: Opening
    unsettled: int


@dataclass(frozen=True, slots=True)
class OpeningTakenBack:
    """The year is closed again, as if nobody had pressed."""

    year: int


def year_worked_on(day: date) -> int:
    """The year that the office opens: the next one once November has begun."""
    return day.year + (day.month >= FIRST_MONTH)


def may_work_on(year: int, day: date) -> bool:
    """Whether the settings of a year may be gone through: this one's, and from November on the next one's."""
    return day.year <= year <= year_worked_on(day)


def is_carried(year: int, started: datetime | None) -> bool:
    """Whether a year follows one that the bot has already steered, so that its settings are taken over: the first one
    is the one that the office began with its own press.
    """
    return started is not None and started.year < year


def told(setting: Setting) -> dict[str, object]:
    """The values in their JSON form, by the parts' names."""
    return {part.name: kept(part.value) for part in setting.parts}


def with_values(setting: Setting, values: Mapping[str, object]) -> Setting:
    """The setting with other values; a part that is not named is without one."""
    parts = tuple(
        part if part.fixed else replace(part, value=value_of(part, values.get(part.name))) for part in setting.parts
    )
    return replace(setting, parts=parts)


def with_typed(setting: Setting, values: Mapping[str, Value]) -> Setting:
    """The setting with values as they were read."""
    parts = tuple(part if part.fixed else replace(part, value=values.get(part.name)) for part in setting.parts)
    return replace(setting, parts=parts)


def mark_of(setting: Setting) -> str:
    """What a button carries for a setting, short and without a word of it."""
    return sha256(setting.key.encode()).hexdigest()[:12]


def print_of(setting: Setting) -> str:
    """A fingerprint of the values, by which it is known that a person saw these and no others."""
    text = json.dumps(told(setting), ensure_ascii=False, sort_keys=True)
    return sha256(text.encode()).hexdigest()[:12]


def unsettled(lines: Iterable[Line]) -> int:
    """How many settings nobody has confirmed, or hold otherwise than a person said."""
    return sum(line.check is not Check.CONFIRMED for line in lines)
