"""One contract, once: which rows of a file are one purchase, and which are rows too many.

The key of a contract is its number within the organisation (the later 차수 replaces the earlier), else organisation,
day, amount, firm and normalised name. Joint contracts count by share; cancelled, zero and negative rows never make a
firm local; baskets repeat one amount in every line: traps that a city's monitoring has met, one by one.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from gwannae.programme.hangul import firm_key, search_key
from gwannae.programme.import_questions import Answer, Question, QuestionKind, plain_choices, row_key
from gwannae.programme.purchase_lines import WHOLE_SHARE, Line, LineFault, RefusedRow


class Entry(NamedTuple):
    """A row whose organisation is known."""

    line: Line
    organisation_id: int


class Part(NamedTuple):
    """What is counted once: a contract, or one firm's part of a joint one. `line` is the row that stands for it.

    `amount` is what counts, in won; `total` the whole contract's where it differs; `share` in basis points.
    """

    line: Line
    organisation_id: int
    amount: int
    total: int | None
    share: int | None


class Absorbed(StrEnum):
    """Why a row is not counted although nothing is wrong with it."""

    REPLACED = "replaced"  # a later 차수 of the contract stands in the file
    REPEATED = "repeated"  # a basket's line with the amount of the whole
    EQUAL = "equal"  # the same purchase, word for word
    SUMMED = "summed"  # added to another row of its contract


class VoidContract(NamedTuple):
    """A contract that the file calls cancelled, or gives nothing for, in its latest 차수."""

    organisation_id: int
    number: str
    revision: int
    line: Line


@dataclass(slots=True)
class Folded:
    """Rows put together as contracts."""

    parts: list[Part] = field(default_factory=list)
    absorbed: list[tuple[Line, Absorbed]] = field(default_factory=list)
    voids: list[VoidContract] = field(default_factory=list)
    refused: list[RefusedRow] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)


def firm_identity(name: str, business_number: str | None) -> str:
    """Which firm a row speaks of: its business number, else its name without the company form."""
    return business_number or firm_key(name)


def same_firm(name: str, number: str | None, other_name: str, other_number: str | None) -> bool:
    """Whether two sides of contracts are one firm: numbers decide where both are known, else names."""
    if number and other_number:
        return number == other_number
    return firm_key(name) == firm_key(other_name)


def number_key(number: str) -> str:
    """A contract's number as it is compared: letters and digits alone."""
    return search_key(number)


def plain_key(organisation_id: int, day: date, amount: int, title: str) -> tuple[int, date, int, str]:
    """What a purchase without a contract number is, beside its firm."""
    return organisation_id, day, amount, search_key(title)


def fold(entries: Iterable[Entry], answers: Mapping[str, str]) -> Folded:
    """Put rows together as contracts. What nobody has answered yet is a question and counts nowhere."""
    folded = Folded()
    numbered: dict[tuple[int, str], list[Entry]] = {}
    plain: dict[tuple[object, ...], Entry] = {}
    reversals: list[Entry] = []
    for entry in entries:
        line = entry.line
        if line.contract_number:
            numbered.setdefault((entry.organisation_id, number_key(line.contract_number)), []).append(entry)
        elif line.void is not None:
            folded.refused.append(_refused(line, line.void))
            if line.void is LineFault.AMOUNT_NEGATIVE:
                reversals.append(entry)
        else:
            key = (*plain_key(entry.organisation_id, line.day, line.amount, line.title), firm_identity(*_firm(line)))
            if key in plain:
                folded.absorbed.append((line, Absorbed.EQUAL))
            else:
                plain[key] = entry
    _fold_plain(plain.values(), reversals, answers, folded)
    for group in numbered.values():
        _fold_numbered(group, answers, folded)
    return folded


def _fold_plain(
    entries: Iterable[Entry], reversals: Sequence[Entry], answers: Mapping[str, str], folded: Folded
) -> None:
    taken_back = {
        (e.organisation_id, firm_identity(*_firm(e.line)), search_key(e.line.title), -e.line.amount) for e in reversals
    }
    joint: dict[tuple[int, date, str], list[Entry]] = {}
    for entry in entries:
        line, title = entry.line, search_key(entry.line.title)
        key = (entry.organisation_id, firm_identity(*_firm(line)), title, line.amount)
        if key in taken_back and not _stands([entry], answers, folded):
            continue
        if line.share not in (None, WHOLE_SHARE):
            joint.setdefault((entry.organisation_id, line.day, title), []).append(entry)
        else:
            folded.parts.append(Part(line, entry.organisation_id, line.amount, line.total, None))
    for firms in joint.values():
        _count_share(firms, answers, folded)


def _fold_numbered(group: Sequence[Entry], answers: Mapping[str, str], folded: Folded) -> None:
    latest = max(entry.line.revision for entry in group)
    now = [entry for entry in group if entry.line.revision == latest]
    folded.absorbed += [(e.line, Absorbed.REPLACED) for e in group if e.line.revision < latest]
    counting = [entry for entry in now if entry.line.void is None]
    void = [entry for entry in now if entry.line.void is not None]
    folded.refused += [_refused(e.line, e.line.void) for e in void if e.line.void]
    if not counting:
        first = now[0]
        number = number_key(first.line.contract_number)
        folded.voids.append(VoidContract(first.organisation_id, number, latest, first.line))
        return
    if any(e.line.void is not LineFault.AMOUNT_ZERO for e in void) and not _stands(counting, answers, folded):
        return
    by_firm: dict[str, list[Entry]] = {}
    for entry in counting:
        by_firm.setdefault(firm_identity(*_firm(entry.line)), []).append(entry)
    firms = [one for rows in by_firm.values() if (one := _one_of_firm(rows, answers, folded)) is not None]
    if any(e.line.share is not None and e.line.share != WHOLE_SHARE for e in firms):
        _count_share(firms, answers, folded)
    elif len(firms) > 1 and len({e.line.amount for e in firms}) == 1:
        _count_unshared(firms, answers, folded)
    else:
        folded.parts += [Part(e.line, e.organisation_id, e.line.amount, e.line.total, None) for e in firms]


def _stands(rows: Sequence[Entry], answers: Mapping[str, str], folded: Folded) -> bool:
    """Whether a contract counts although another row takes it back: a person says."""
    choices = plain_choices(Answer.COUNT)
    return _answered(QuestionKind.REVERSED, rows, choices, answers, folded) == Answer.COUNT


def _one_of_firm(rows: Sequence[Entry], answers: Mapping[str, str], folded: Folded) -> Entry | None:
    """The rows that one firm has in one contract, as one."""
    first, *others = rows
    if not others:
        return first
    if len({entry.line.amount for entry in rows}) == 1:
        for entry in others:
            equal = entry.line._replace(number=first.line.number, sheet=first.line.sheet) == first.line
            folded.absorbed.append((entry.line, Absorbed.EQUAL if equal else Absorbed.REPEATED))
        return first
    choices = plain_choices(Answer.SUM, Answer.LARGEST)
    answer = _answered(QuestionKind.LINES, rows, choices, answers, folded)
    if answer is None:
        return None
    largest = max(rows, key=lambda entry: entry.line.amount)
    if answer == Answer.LARGEST:
        folded.absorbed += [(e.line, Absorbed.REPEATED) for e in rows if e is not largest]
        return largest
    folded.absorbed += [(entry.line, Absorbed.SUMMED) for entry in others]
    return first._replace(line=first.line._replace(amount=sum(entry.line.amount for entry in rows)))


def _count_share(firms: Sequence[Entry], answers: Mapping[str, str], folded: Folded) -> None:
    """A joint contract: each firm's part of the money, which add up to the whole to the last won."""
    shares = [WHOLE_SHARE if e.line.share is None else e.line.share for e in firms]
    if sum(shares) > WHOLE_SHARE + len(firms):  # 33.34 % three times is a matter of rounding
        folded.refused += [_refused(entry.line, LineFault.SHARE_OVER) for entry in firms]
        return
    amounts = {entry.line.amount for entry in firms}
    if len(firms) == 1:
        choices = plain_choices(Answer.WHOLE, Answer.PART)
        answer = _answered(QuestionKind.SHARE, firms, choices, answers, folded)
        if answer is None:
            return
        parts = split_by_share(firms[0].line.amount, shares) if answer == Answer.WHOLE else [firms[0].line.amount]
    elif len(amounts) == 1:
        parts = split_by_share(firms[0].line.amount, shares)
    else:  # the list gives each its part already
        parts = [entry.line.amount for entry in firms]
    for entry, share, amount in zip(firms, shares, parts, strict=True):
        line = entry.line
        if amount == 0:
            folded.refused.append(_refused(line, LineFault.AMOUNT_ZERO))
            continue
        whole = line.total or (line.amount if amount != line.amount else None)
        folded.parts.append(Part(line, entry.organisation_id, amount, whole, min(share, WHOLE_SHARE)))


def split_by_share(amount: int, shares: Sequence[int]) -> list[int]:
    """An amount by shares in basis points. Shares that make a whole but for their rounding are made a whole.

    Parts of a won go to the largest remainders, so that nothing is lost: 100 by 3333, 3333, 3334 is 33, 33, 34.
    """
    total = sum(shares)
    whole = total if abs(total - WHOLE_SHARE) <= len(shares) else WHOLE_SHARE
    parts = [amount * share // whole for share in shares]
    left = amount * total // whole - sum(parts)
    by_rest = sorted(range(len(shares)), key=lambda i: (-(amount * shares[i] % whole), i))
    for i in by_rest[:left]:
        parts[i] += 1
    return parts


def _count_unshared(firms: Sequence[Entry], answers: Mapping[str, str], folded: Folded) -> None:
    """Several firms, one amount and no shares: whether each got it or all together, a person says."""
    choices = plain_choices(Answer.PART)
    answer = _answered(QuestionKind.SHARE, firms, choices, answers, folded)
    if answer is not None:
        folded.parts += [Part(e.line, e.organisation_id, e.line.amount, e.line.total, None) for e in firms]


def _answered(
    kind: QuestionKind,
    rows: Sequence[Entry],
    choices: tuple[tuple[str, str], ...],
    answers: Mapping[str, str],
    folded: Folded,
) -> str | None:
    """The answer; None while there is none, or where it is to leave the rows out."""
    first = rows[0].line
    key = row_key(kind, first.sheet, first.number)
    answer = answers.get(key)
    if answer == Answer.LEAVE_OUT:
        folded.refused += [_refused(entry.line, LineFault.LEFT_OUT) for entry in rows]
        return None
    if answer is None or answer not in dict(choices):
        where = tuple((entry.line.sheet, entry.line.number) for entry in rows)
        values = {
            "title": first.title,
            "firm": first.firm,
            "firms": len(rows),
            "share": first.share,
            "amounts": [entry.line.amount for entry in rows[:5]],
        }
        folded.questions.append(Question(key, kind, where, choices, values))
        return None
    return answer


def _firm(line: Line) -> tuple[str, str | None]:
    return line.firm, line.business_number


def _refused(line: Line, code: LineFault) -> RefusedRow:
    return RefusedRow(line.number, line.sheet, code, line.title[:100])
