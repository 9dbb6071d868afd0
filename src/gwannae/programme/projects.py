"""설계 단계의 사업: what a project will need, and what is known of each item while there is still a choice.

The ordinance asks that local products are thought of from the design on, as far as the contract laws allow; so nothing
here says that a firm must or may be contracted.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from gwannae.programme.hangul import search_key
from gwannae.programme.planned_price import take_price
from gwannae.programme.purchase_kind import PurchaseKind
from gwannae.programme.ratio import Ratio
from gwannae.programme.vendor_order import Making

MOST_ITEMS = 5_000
MAX_NAME, MAX_SPEC, MAX_UNIT = 100, 200, 20
SHOWN_FIRMS = 3
_BRACKETS = re.compile(r"[(\[{（［〔][^)\]}）］〕]*[)\]}）］〕]")
_MEASURE = re.compile(r"[0-9.,~×xX*/φΦøØ%+-]*[0-9][0-9.,~×xX*/φΦøØ%+-]*[A-Za-z㎜㎝㎡㎥㎞㎏℃Ω]{0,4}")


class Stage(StrEnum):
    """사업 단계: how far a project is."""

    PLANNING = "planning"
    BASIC_DESIGN = "basic_design"
    DETAILED_DESIGN = "detailed_design"
    BEFORE_ORDER = "before_order"

    @property
    def label(self) -> str:
        """The word that offices use."""
        return _STAGE_LABELS[self]


_STAGE_LABELS = {
    Stage.PLANNING: "기획",
    Stage.BASIC_DESIGN: "기본설계",
    Stage.DETAILED_DESIGN: "실시설계",
    Stage.BEFORE_ORDER: "발주 전",
}


class ItemFault(StrEnum):
    """Why a row of a bill is left out."""

    NAME_MISSING = "name_missing"
    NEGATIVE = "negative"  # a reduction is nothing to buy
    NUMBER_UNREADABLE = "number_unreadable"
    NOT_CALCULATED = "not_calculated"  # a formula without its result, and nothing to reckon it by
    TOO_LARGE = "too_large"
    TOO_LONG = "too_long"


@dataclass(frozen=True, slots=True)
class RefusedItem:
    """A row that was left out; `row` as a spreadsheet counts it, `value` the cell that was the reason."""

    row: int
    sheet: str
    code: ItemFault
    value: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One row of a bill. `quantity` as it was written, "" where it was not; `amount` planned won, None: not stated."""

    name: str
    spec: str
    unit: str
    quantity: str
    amount: int | None
    sheet: str
    row: int


@dataclass(frozen=True, slots=True)
class ProjectForm:
    """A project as it is registered. `ordered_in` is the first day of the planned month of order; `budget` in won."""

    name: str
    organisation_id: int
    kind: PurchaseKind
    stage: Stage
    ordered_in: date
    budget: int | None = None


class ProjectFault(StrEnum):
    """Why a project is not registered."""

    NAME_MISSING = "name_missing"
    NAME_TOO_LONG = "name_too_long"
    NAME_TAKEN = "name_taken"  # by another project of the organisation that is still ahead or was other items
    MONTH_PASSED = "month_passed"
    NO_ITEMS = "no_items"


@dataclass(frozen=True, slots=True)
class Project:
    """A registered project; `items` is how many rows it has, `amount` what they add up to in won."""

    id: int
    form: ProjectForm
    organisation: str
    items: int
    amount: int
    at: datetime


@dataclass(frozen=True, slots=True)
class ProjectDesk:
    """What somebody may see: `own` are the organisations (id, name) for which they may register projects."""

    today: date
    own: tuple[tuple[int, str], ...]
    projects: tuple[Project, ...]


@dataclass(frozen=True, slots=True)
class ProjectRefused:
    """Nothing was registered; `other` is the id of the project that has the name, 0 elsewhere."""

    fault: ProjectFault
    other: int = 0


@dataclass(frozen=True, slots=True)
class ProjectKept:
    """A project stands registered; `fresh` is false where the same bill had been taken before."""

    project: Project
    fresh: bool


@dataclass(frozen=True, slots=True)
class Need:
    """Rows of one thing together, whatever their sizes. `amount` adds up those that state one; `unstated` do not."""

    name: str
    key: str
    rows: int
    amount: int
    unstated: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """A local firm that offers a thing; `certificates` are the labels of those that hold on the day."""

    vendor_id: int
    name: str
    making: Making
    certificates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BoughtBefore:
    """The whole city's reported purchases of a thing so far, cancelled ones left out; amounts in won.

    Ratios are of what is confirmed as local or outside; `unconfirmed` purchases are in neither.
    """

    count: Ratio
    amount: Ratio
    unconfirmed: int
    least: int
    most: int

    @property
    def times(self) -> int:
        """How many purchases there were."""
        return self.count.whole + self.unconfirmed


@dataclass(frozen=True, slots=True)
class Looked:
    """A need with what is known of it. `looked_for` are other words that stood in for the name, "" where none did.

    `unconfirmed` firms offer it and may be local; the registry does not say enough, so they are neither maker nor
    seller here.
    """

    need: Need
    makers: int
    sellers: int
    unconfirmed: int
    firms: tuple[Candidate, ...]
    bought: BoughtBefore | None
    looked_for: str = ""


@dataclass(frozen=True, slots=True)
class MissingTold:
    """Things without a local firm that the office was told of: all, and how many were new to it."""

    words: tuple[str, ...]
    fresh: int


@dataclass(frozen=True, slots=True)
class Review:
    """A project's needs, those of most planned money first.

    `without_maker` and `without_firm` count the first `counted` of all `needs`, shown or not.
    """

    project: Project
    looked: tuple[Looked, ...]
    needs: int
    counted: int
    without_maker: int
    without_firm: int


def needs_of(items: Iterable[Item]) -> tuple[Need, ...]:
    """Rows put together by the letters of their names, most planned money first, equals by name."""
    together: dict[str, list[Item]] = {}
    for item in items:
        together.setdefault(search_key(item.name), []).append(item)
    needs = (
        Need(
            rows[0].name,
            key,
            len(rows),
            sum(row.amount or 0 for row in rows),
            sum(row.amount is None for row in rows),
        )
        for key, rows in together.items()
    )
    return tuple(sorted(needs, key=lambda need: (-need.amount, need.key)))


def read_typed(text: str) -> tuple[Item, ...]:
    """One thing a line with its planned amount behind it, as people type it: "LED가로등 200만원"; blank lines are none.

    What is too long for a name is cut there.
    """
    items = []
    for number, line in enumerate(text.splitlines(), 1):
        rest, amount = take_price(line)
        name = " ".join(rest.split()).strip(" ,·/")[:MAX_NAME]
        if search_key(name):
            items.append(Item(name, "", "", "", amount, "", number))
    return tuple(items[:MOST_ITEMS])


def words_of(name: str) -> str:
    """What a thing is called without brackets and measures: "PE관(이중벽) 300mm" is looked for as "PE관"."""
    bare = " ".join(_BRACKETS.sub(" ", name).split())
    kept = [word for word in bare.split() if not _MEASURE.fullmatch(word)]
    return " ".join(kept) or bare or name


def project_fault(form: ProjectForm, items: Sequence[Item], today: date) -> ProjectFault | None:
    """The first thing that is wrong with a project as it is handed in."""
    return form_fault(form, today) or (None if items else ProjectFault.NO_ITEMS)


def form_fault(form: ProjectForm, today: date) -> ProjectFault | None:
    """The same of what is known before its bill is read."""
    if not search_key(form.name):
        return ProjectFault.NAME_MISSING
    if len(form.name) > MAX_NAME:
        return ProjectFault.NAME_TOO_LONG
    if form.ordered_in < today.replace(day=1):
        return ProjectFault.MONTH_PASSED
    return None
