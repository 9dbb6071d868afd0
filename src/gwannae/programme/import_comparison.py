"""The purchases of a file beside those that are stored: what is new, changed, known, and what a person must say."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from gwannae.programme.contract_identity import Part, VoidContract, number_key, plain_key, same_firm
from gwannae.programme.hangul import firm_key, search_key
from gwannae.programme.import_questions import Answer, Question, QuestionKind, plain_choices, row_key
from gwannae.programme.purchase_lines import LineFault, RefusedRow

CLOSE_DAYS = 7


class Stored(NamedTuple):
    """A stored purchase that counts, as far as it says which contract it is."""

    id: int
    version: int
    organisation_id: int
    title: str
    day: date
    amount: int
    firm: str
    business_number: str | None
    contract_number: str
    revision: int
    from_file: bool


class StepKind(StrEnum):
    """What becomes of one purchase."""

    NEW = "new"
    CHANGED = "changed"
    KNOWN = "known"
    CANCELLED = "cancelled"


class Step(NamedTuple):
    """One purchase: `part` from the file (None: cancelled with its contract), `stored` what it meets."""

    kind: StepKind
    part: Part | None
    stored: Stored | None


@dataclass(slots=True)
class Comparison:
    """All that an import would do, and what is open."""

    steps: list[Step] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    refused: list[RefusedRow] = field(default_factory=list)


def compare(
    parts: Sequence[Part], voids: Iterable[VoidContract], stored: Iterable[Stored], answers: Mapping[str, str]
) -> Comparison:
    """Lay the file's purchases beside the stored ones; each stored one is met once at most."""
    meeting = _Meeting(stored, answers)
    numbered: dict[tuple[int, str], list[Part]] = {}
    plain: list[Part] = []
    for part in parts:
        key = (part.organisation_id, number_key(part.line.contract_number))
        if part.line.contract_number and key in meeting.by_number:
            numbered.setdefault(key, []).append(part)
        else:
            plain.append(part)
    for key, group in numbered.items():
        meeting.meet_numbered(group, meeting.by_number[key])
    rest = [part for part in plain if not meeting.meet_equal(part)]
    for part in rest:
        meeting.meet_close(part)
    for void in voids:
        meeting.take_back(void)
    return meeting.outcome


class _Meeting:
    def __init__(self, stored: Iterable[Stored], answers: Mapping[str, str]) -> None:
        self.outcome = Comparison()
        self.by_number: dict[tuple[int, str], list[Stored]] = {}
        self._answers = answers
        self._met: set[int] = set()
        self._by_key: dict[tuple[int, date, int, str], list[Stored]] = {}
        self._by_firm: dict[tuple[int, str], list[Stored]] = {}
        for one in stored:
            if one.contract_number:
                self.by_number.setdefault((one.organisation_id, number_key(one.contract_number)), []).append(one)
            self._by_key.setdefault(plain_key(one.organisation_id, one.day, one.amount, one.title), []).append(one)
            for firm in {firm_key(one.firm), one.business_number}:
                if firm:
                    self._by_firm.setdefault((one.organisation_id, firm), []).append(one)

    def meet_numbered(self, parts: Sequence[Part], known: Sequence[Stored]) -> None:
        """One contract by its number: the later 차수 holds, firm by firm; a firm that was replaced is replaced."""
        revision = parts[0].line.revision
        newest = max(one.revision for one in known)
        open_parts: list[Part] = []
        left = list(known)
        for part in parts:
            match = next((one for one in left if _same_firm(part, one)), None)
            if match is None:
                open_parts.append(part)
                continue
            left.remove(match)
            self._settle(part, match)
        for part in open_parts:
            if revision < newest:
                self._step(StepKind.KNOWN, part, left[0] if left else None)
            elif revision > newest and left:
                self._step(StepKind.CHANGED, part, left.pop(0))
            else:
                self._step(StepKind.NEW, part, None)
        if revision > newest:
            for one in left:
                self._step(StepKind.CANCELLED, None, one)

    def _settle(self, part: Part, one: Stored) -> None:
        revision = part.line.revision
        if revision < one.revision:
            self._step(StepKind.KNOWN, part, one)
        elif revision > one.revision:
            self._step(StepKind.CHANGED, part, one)
        elif _same_values(part, one):
            self._step(StepKind.KNOWN, part, one)
        else:
            answer = self._ask(QuestionKind.DIFFERS, part, one, (Answer.FROM_FILE, Answer.KEEP))
            if answer is not None:
                self._step(StepKind.CHANGED if answer == Answer.FROM_FILE else StepKind.KNOWN, part, one)

    def meet_equal(self, part: Part) -> bool:
        """Whether it is stored word for word, whichever way it came in."""
        line = part.line
        for amount in dict.fromkeys((part.amount, line.amount)):
            for one in self._by_key.get(plain_key(part.organisation_id, line.day, amount, line.title), ()):
                if one.id not in self._met and _same_firm(part, one) and not _other_number(part, one):
                    self._step(StepKind.KNOWN, part, one)
                    return True
        return False

    def meet_close(self, part: Part) -> None:
        """Nearly the same firm, day and name or amount: a person says whether it is the same."""
        one = self._close(part)
        if one is None:
            self._step(StepKind.NEW, part, None)
            return
        answer = self._ask(QuestionKind.CLOSE, part, one, (Answer.SAME, Answer.OTHER))
        if answer == Answer.SAME:
            self._step(StepKind.CHANGED, part, one)
        elif answer == Answer.OTHER:
            self._step(StepKind.NEW, part, None)

    def _close(self, part: Part) -> Stored | None:
        line, title = part.line, search_key(part.line.title)
        for firm in filter(None, (line.business_number, firm_key(line.firm))):
            for one in self._by_firm.get((part.organisation_id, firm), ()):
                near = abs((one.day - line.day).days) <= CLOSE_DAYS
                alike = one.amount == part.amount or search_key(one.title) == title
                same = _same_firm(part, one) and not _other_number(part, one)
                if near and alike and same and one.id not in self._met:
                    return one
        return None

    def take_back(self, void: VoidContract) -> None:
        """A contract that is no more: what is stored of it is cancelled."""
        for one in self.by_number.get((void.organisation_id, void.number), ()):
            if one.revision <= void.revision and one.id not in self._met:
                self._step(StepKind.CANCELLED, None, one)

    def _ask(self, kind: QuestionKind, part: Part, one: Stored, choices: tuple[Answer, ...]) -> str | None:
        line = part.line
        key = row_key(kind, line.sheet, line.number)
        answer = self._answers.get(key)
        if answer == Answer.LEAVE_OUT:
            self.outcome.refused.append(RefusedRow(line.number, line.sheet, LineFault.LEFT_OUT, line.title[:100]))
            return None
        if answer in choices:
            return answer
        values = {
            "title": line.title,
            "firm": line.firm,
            "amount": part.amount,
            "day": line.day.isoformat(),
            "stored_title": one.title,
            "stored_firm": one.firm,
            "stored_amount": one.amount,
            "stored_day": one.day.isoformat(),
            "stored_from_file": one.from_file,
        }
        where = ((line.sheet, line.number),)
        self.outcome.questions.append(Question(key, kind, where, plain_choices(*choices), values))
        return None

    def _step(self, kind: StepKind, part: Part | None, one: Stored | None) -> None:
        if one is not None:
            self._met.add(one.id)
        self.outcome.steps.append(Step(kind, part, one))


def _same_firm(part: Part, one: Stored) -> bool:
    return same_firm(part.line.firm, part.line.business_number, one.firm, one.business_number)


def _other_number(part: Part, one: Stored) -> bool:
    """Whether both have a contract number: then another one is another contract."""
    return bool(part.line.contract_number and one.contract_number)


def _same_values(part: Part, one: Stored) -> bool:
    same_title = search_key(part.line.title) == search_key(one.title)
    return same_title and part.amount == one.amount and part.line.day == one.day
