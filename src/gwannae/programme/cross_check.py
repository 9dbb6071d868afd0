"""대조: a published list of contracts beside what was reported, contract by contract. Nothing is guessed: where more
than one answer fits, it becomes a question.

Two records are one contract when
1. both have a contract number and these are equal (numbers that differ are never one contract); else
2. the firm is the same (business numbers where both have one, else names without their company form) and the
   organisation does not differ, and
   a. amount, day and title agree (as many as there are of each), or
   b. amount and day agree, or amount and nearly the day, or
   c. title and nearly the day agree, and the amount differs: that is told,
   and no other record would do as well. "Nearly" is `DAYS_APART`; a day that a list leaves blank is near every day.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from gwannae.programme.contracts import Contract, same_firm

DAYS_APART = 7  # days between signing, taking effect and the day that a clerk typed


@dataclass(frozen=True, slots=True)
class AmountDiffers:
    """One contract with two amounts."""

    published: Contract
    reported: Contract


@dataclass(frozen=True, slots=True)
class Question:
    """Records that look alike, and more than one way to pair them: a person must say which."""

    published: tuple[Contract, ...]
    reported: tuple[Contract, ...]


@dataclass(frozen=True, slots=True)
class CrossCheck:
    """What came of it: `agreed` are the reports that a list has in just that way; the rest a person should look at."""

    agreed: tuple[Contract, ...] = ()
    missing_here: tuple[Contract, ...] = ()  # published, and not reported
    missing_there: tuple[Contract, ...] = ()  # reported, and not published
    different: tuple[AmountDiffers, ...] = ()
    questions: tuple[Question, ...] = ()

    @property
    def is_clean(self) -> bool:
        """Whether there is nothing to look at."""
        return not (self.missing_here or self.missing_there or self.different or self.questions)


@dataclass(frozen=True, slots=True)
class Checked:
    """A list held against a year: how many records of each side were looked at, and how many of the list were not,
    for they are of other years or of organisations that nobody asked about (`elsewhere`).
    """

    year: int
    check: CrossCheck
    published: int
    reported: int
    other_years: int = 0
    elsewhere: int = 0


@dataclass(slots=True)
class _Pairs:
    """What is still unpaired, by its place in the two lists."""

    published: Sequence[Contract]
    reported: Sequence[Contract]
    there: dict[int, None] = field(init=False)
    here: dict[int, None] = field(init=False)
    found: list[tuple[Contract, Contract]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.there, self.here = dict.fromkeys(range(len(self.published))), dict.fromkeys(range(len(self.reported)))

    def pair(self, p: int, r: int) -> None:
        del self.there[p], self.here[r]
        self.found.append((self.published[p], self.reported[r]))


Key = Callable[[Contract], Iterable[Hashable]]
Fits = Callable[[Contract, Contract], bool]


def cross_check(published: Sequence[Contract], reported: Sequence[Contract]) -> CrossCheck:
    """Pair the two lists by the rules above."""
    pairs = _Pairs(published, reported)
    _pair_where_only_one_fits(pairs, _by_number, lambda p, r: p.number_key == r.number_key)
    _pair_equals(pairs)
    _pair_where_only_one_fits(pairs, _by_firm, lambda p, r: _is_deal(p, r) and p.amount == r.amount and p.day == r.day)
    _pair_where_only_one_fits(pairs, _by_firm, lambda p, r: _is_deal(p, r) and p.amount == r.amount)
    _pair_where_only_one_fits(pairs, _by_firm, _is_same_title)
    questions = _questions(pairs)
    return CrossCheck(
        agreed=tuple(r for p, r in pairs.found if p.amount == r.amount),
        missing_here=tuple(published[at] for at in pairs.there),
        missing_there=tuple(reported[at] for at in pairs.here),
        different=tuple(AmountDiffers(p, r) for p, r in pairs.found if p.amount != r.amount),
        questions=questions,
    )


def _by_number(contract: Contract) -> Iterable[Hashable]:
    return (contract.number_key,) if contract.number_key else ()


def _by_firm(contract: Contract) -> Iterable[Hashable]:
    """Both of its names, for one list may have numbers and the other none."""
    if contract.business_number:
        yield contract.business_number
    if contract.firm_key:
        yield contract.firm_key


def _by_amount(contract: Contract) -> Iterable[Hashable]:
    return (contract.amount,)


def _is_same_title(p: Contract, r: Contract) -> bool:
    return bool(p.title_key) and p.title_key == r.title_key and _is_deal(p, r)


def _is_deal(p: Contract, r: Contract) -> bool:
    return same_firm(p, r) and _same_place(p, r) and _may_be_one(p, r)


def _same_place(p: Contract, r: Contract) -> bool:
    return not p.organisation or not r.organisation or p.organisation == r.organisation


def _may_be_one(p: Contract, r: Contract) -> bool:
    """Whether neither number nor day speaks against it."""
    if p.number_key and r.number_key and p.number_key != r.number_key:
        return False
    return p.day is None or r.day is None or abs((p.day - r.day).days) <= DAYS_APART


def _looks_alike(p: Contract, r: Contract) -> bool:
    """Too much in common to be told as missing on both sides, too little to be paired."""
    if not _may_be_one(p, r):
        return False
    if not _same_place(p, r):  # the list names who contracts, the report who buys
        return same_firm(p, r) and p.amount == r.amount and p.day == r.day
    same_title = bool(p.title_key) and p.title_key == r.title_key
    if same_firm(p, r):
        return p.amount == r.amount or same_title or (p.day is not None and p.day == r.day)
    return p.amount == r.amount and same_title


def _candidates(pairs: _Pairs, key: Key, fits: Fits) -> dict[int, list[int]]:
    """For each published record all reported ones that fit."""
    index: dict[Hashable, list[int]] = defaultdict(list)
    for r in pairs.here:
        for name in key(pairs.reported[r]):
            index[name].append(r)
    found: dict[int, list[int]] = {}
    for p in pairs.there:
        near = dict.fromkeys(r for name in key(pairs.published[p]) for r in index.get(name, ()))
        fitting = [r for r in near if fits(pairs.published[p], pairs.reported[r])]
        if fitting:
            found[p] = fitting
    return found


def _pair_where_only_one_fits(pairs: _Pairs, key: Key, fits: Fits) -> None:
    found = _candidates(pairs, key, fits)
    suitors: dict[int, int] = defaultdict(int)
    for fitting in found.values():
        for r in fitting:
            suitors[r] += 1
    for p, fitting in found.items():
        if len(fitting) == 1 and suitors[fitting[0]] == 1:
            pairs.pair(p, fitting[0])


def _pair_equals(pairs: _Pairs) -> None:
    """Records that agree in all that can be seen are paired one by one: of three and two, one is left."""

    def fits(p: Contract, r: Contract) -> bool:
        same = (p.amount, p.day, p.title_key) == (r.amount, r.day, r.title_key)
        return same and p.day is not None and bool(p.title_key) and _is_deal(p, r)

    for p, fitting in _candidates(pairs, _by_firm, fits).items():
        free = next((r for r in fitting if r in pairs.here), None)
        if free is not None:
            pairs.pair(p, free)


def _questions(pairs: _Pairs) -> tuple[Question, ...]:
    """Groups of records that look alike, each group one question; they leave the lists of what is missing."""
    alike: dict[int, set[int]] = defaultdict(set)
    for key in (_by_firm, _by_amount):
        for p, fitting in _candidates(pairs, key, _looks_alike).items():
            alike[p].update(fitting)
    wanted_by: dict[int, list[int]] = defaultdict(list)
    for p, wanted in alike.items():
        for r in wanted:
            wanted_by[r].append(p)
    questions = []
    for p in alike:
        if p in pairs.there:
            there, here = _group(p, alike, wanted_by)
            for at in there:
                del pairs.there[at]
            for at in here:
                del pairs.here[at]
            published = tuple(pairs.published[at] for at in sorted(there))
            questions.append(Question(published, tuple(pairs.reported[at] for at in sorted(here))))
    return tuple(questions)


def _group(start: int, alike: Mapping[int, set[int]], wanted_by: Mapping[int, list[int]]) -> tuple[set[int], set[int]]:
    """All that hangs together with one published record: the published ones and the reported ones."""
    there, here, new = {start}, set[int](), [start]
    while new:
        for r in alike[new.pop()] - here:
            here.add(r)
            more = [p for p in wanted_by[r] if p not in there]
            there.update(more)
            new += more
    return there, here


def by_organisation(check: CrossCheck) -> tuple[tuple[str, CrossCheck], ...]:
    """The findings of each organisation under its name, in the order of names; a question under the reporter's."""
    found: dict[str, dict[str, list[object]]] = {}

    def put(kind: str, contract: Contract, what: object) -> None:
        found.setdefault(contract.organisation_text, {}).setdefault(kind, []).append(what)

    for kind in ("agreed", "missing_here", "missing_there"):
        for contract in getattr(check, kind):
            put(kind, contract, contract)
    for pair in check.different:
        put("different", pair.reported, pair)
    for question in check.questions:
        put("questions", question.reported[0], question)
    return tuple((name, CrossCheck(**{k: tuple(v) for k, v in found[name].items()})) for name in sorted(found))  # type: ignore[arg-type]


def within_year(contract: Contract, year: int) -> bool:
    """Whether a record may belong to the year; one without a day may."""
    return contract.day is None or date(year, 1, 1) <= contract.day <= date(year, 12, 31)
