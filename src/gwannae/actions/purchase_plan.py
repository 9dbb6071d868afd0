"""What a file of purchases would do, worked out from its rows, the answers so far and what is stored.

Nothing is written. The same rows, answers and storage give the same plan, so a preview and the 확정 after it agree.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from gwannae.actions.judging import Known, known_of, of_registry, of_typed
from gwannae.actions.purchase_in_time import in_time
from gwannae.actions.purchase_owners import Owners
from gwannae.actions.purchase_reasons import StatedReasons, read_reasons
from gwannae.programme.city import City
from gwannae.programme.contract_identity import Entry, Folded, firm_identity, fold, number_key
from gwannae.programme.hangul import firm_key, search_key
from gwannae.programme.import_comparison import CLOSE_DAYS, Comparison, Step, StepKind, Stored, compare
from gwannae.programme.import_questions import Answer, Question, QuestionKind, row_key
from gwannae.programme.purchase_imports import Summary
from gwannae.programme.purchase_lines import Line, LineFault, RefusedRow
from gwannae.programme.purchases import Firm, PurchaseKind
from gwannae.programme.vendors import Vendor
from gwannae.programme.verdict import Judgement, Verdict
from gwannae.storage import vendors as vendor_store
from gwannae.storage.database import Transaction
from gwannae.storage.purchase_bulk import mark_of, stored_purchases, vendor_ids_by_number, vendors_by_name

REFUSED_KEPT = 200  # rows named in a summary; the count is of all
ROWS_NAMED = 20  # rows named in one question
MOST_CANDIDATES = 4
_KINDS = {kind.value: kind for kind in PurchaseKind}


@dataclass(slots=True)
class Plan:
    """All that 확정 would do. `firms` are the registry's, by the rows' identity of a firm; None: not of the registry.

    `mark` moves when a purchase of `organisations` is stored or changed meanwhile.
    """

    steps: list[Step]
    questions: list[Question]
    refused: list[RefusedRow]
    folded: Folded
    organisations: frozenset[int]
    mark: tuple[object, ...]
    rows: int = 0
    reasons: StatedReasons = field(default_factory=StatedReasons)
    _firms: Mapping[str, Vendor | None] = field(default_factory=dict)
    _known: Mapping[int, Known] = field(default_factory=dict)
    _judged: dict[tuple[object, ...], tuple[Firm, Judgement]] = field(default_factory=dict)

    def firm_of(self, city: City, line: Line) -> tuple[Firm, Judgement]:
        """The other side of a purchase, and the verdict on its day."""
        vendor = self._firms.get(firm_identity(line.firm, line.business_number))
        key = (vendor.id, line.day) if vendor else (line.firm, line.business_number, line.address, line.day)
        found = self._judged.get(key)
        if found is None:
            if vendor is not None:
                found = of_registry(city, vendor, self._known[vendor.id], line.day)
            else:
                firm = Firm(line.firm, None, line.business_number, line.address)
                found = firm, of_typed(city, line.address, line.day)
            self._judged[key] = found
        return found

    def summary(self, city: City) -> Summary:
        """The plan in figures."""
        kinds = Counter(step.kind for step in self.steps)
        new = [step.part for step in self.steps if step.kind is StepKind.NEW and step.part]
        verdicts = Counter(self.firm_of(city, part.line)[1].verdict.value for part in new)
        ordered = sorted(self.refused, key=lambda row: (row.sheet, row.number))
        asked = {row for question in self.questions for row in question.rows}
        return Summary(
            rows=self.rows,
            new=kinds[StepKind.NEW],
            changed=kinds[StepKind.CHANGED],
            known=kinds[StepKind.KNOWN],
            cancelled=kinds[StepKind.CANCELLED],
            absorbed=len(self.folded.absorbed),
            refused_rows=len(self.refused),
            doubtful=len(asked),
            won=sum(part.amount for part in new),
            organisations=len(self.organisations),
            refused=tuple((r.sheet, r.number, r.code.value, r.value) for r in ordered[:REFUSED_KEPT]),
            refused_by=dict(Counter(row.code.value for row in ordered)),
            absorbed_by=dict(Counter(why.value for _, why in self.folded.absorbed)),
            verdicts=dict(verdicts),
            reasons=self.reasons.purchases,
        )


def make_plan(
    tx: Transaction,
    city: City,
    found: Sequence[Line | RefusedRow],
    owners: Owners,
    answers: Mapping[str, str],
    today: date,
) -> Plan:
    """Work out what the rows of a file would do."""
    refused = [row for row in found if isinstance(row, RefusedRow)]
    questions: list[Question] = []
    entries = list(_entries(found, city, owners, answers, refused, questions))
    folded = fold(entries, answers)
    organisations = frozenset(entry.organisation_id for entry in entries)
    mark = mark_of(tx, organisations)
    compared = compare(folded.parts, folded.voids, _worth_a_look(tx, entries, organisations), answers)
    late: list[RefusedRow] = []
    compared.steps = in_time(tx, city, compared.steps, today, late)
    firms, open_firms = _firms(tx, compared, answers, questions)
    steps = [s for s in compared.steps if s.part is None or _identity(s.part.line) not in open_firms]
    questions += [*folded.questions, *compared.questions]
    refused += [*folded.refused, *compared.refused, *late]
    known = known_of(tx, city, list({firm.id: firm for firm in firms.values() if firm is not None}.values()))
    plan = Plan(steps, questions, refused, folded, organisations, mark, len(found), _firms=firms, _known=known)
    plan.reasons = read_reasons(
        city, steps, answers, lambda line: plan.firm_of(city, line)[1].verdict is Verdict.OUTSIDE
    )
    questions += plan.reasons.questions
    return plan


def _entries(
    found: Iterable[Line | RefusedRow],
    city: City,
    owners: Owners,
    answers: Mapping[str, str],
    refused: list[RefusedRow],
    questions: list[Question],
) -> Iterable[Entry]:
    """Rows whose organisation and kind are known; the others are asked about or refused."""
    asked: dict[str, list[tuple[str, int]]] = {}
    for line in found:
        if not isinstance(line, Line):
            continue
        owner = owners.of(line.organisation, answers)
        if isinstance(owner, LineFault):
            refused.append(RefusedRow(line.number, line.sheet, owner, line.organisation or line.title))
        elif owner is None:
            asked.setdefault(line.organisation, []).append((line.sheet, line.number))
        elif not _has_rule(city, line.day):
            refused.append(RefusedRow(line.number, line.sheet, LineFault.DATE_BEFORE_YEAR, line.day.isoformat()))
        else:
            kept = line if line.kind or line.void else _with_kind(line, answers, refused, questions)
            if kept is not None:
                yield Entry(kept, owner)
    for word, rows in asked.items():
        questions.append(owners.question(word, tuple(rows)))


def _has_rule(city: City, day: date) -> bool:
    return any(rule.valid_from <= day for rule in city.local_rules)


def _with_kind(
    line: Line, answers: Mapping[str, str], refused: list[RefusedRow], questions: list[Question]
) -> Line | None:
    key = row_key(QuestionKind.KIND, line.sheet, line.number)
    answer = answers.get(key)
    if answer in _KINDS:
        return line._replace(kind=_KINDS[answer])
    if answer == Answer.LEAVE_OUT:
        refused.append(RefusedRow(line.number, line.sheet, LineFault.LEFT_OUT, line.title[:100]))
    else:
        choices = tuple((kind.value, kind.label) for kind in PurchaseKind)
        values = {"title": line.title, "firm": line.firm, "amount": line.amount}
        questions.append(Question(key, QuestionKind.KIND, ((line.sheet, line.number),), choices, values))
    return None


def _worth_a_look(tx: Transaction, entries: Sequence[Entry], organisations: frozenset[int]) -> Iterable[Stored]:
    """Those stored purchases that a row could meet: of the same contract number, or the same firm about that time."""
    if not entries:
        return
    days = [entry.line.day for entry in entries]
    numbers = {number_key(e.line.contract_number) for e in entries if e.line.contract_number}
    firms = {firm_key(e.line.firm) for e in entries} | {e.line.business_number for e in entries}
    span = timedelta(days=CLOSE_DAYS)
    for one in stored_purchases(tx, organisations, min(days) - span, max(days) + span):
        known_firm = firm_key(one.firm) in firms or (one.business_number and one.business_number in firms)
        if known_firm or (one.contract_number and number_key(one.contract_number) in numbers):
            yield one


def _firms(
    tx: Transaction, compared: Comparison, answers: Mapping[str, str], questions: list[Question]
) -> tuple[dict[str, Vendor | None], set[str]]:
    """The registry's firm of each row that would be stored, by number, by name and address, or as somebody said.

    A name alone is no proof: whether it is the registry's firm is asked, once for each firm.
    """
    wanted = (StepKind.NEW, StepKind.CHANGED)
    lines = [step.part.line for step in compared.steps if step.kind in wanted and step.part]
    ids: dict[str, int | None] = {}
    by_number = vendor_ids_by_number(tx, {line.business_number for line in lines if line.business_number})
    nameless: dict[str, list[Line]] = {}
    for line in lines:
        if line.business_number:
            ids[line.business_number] = by_number.get(line.business_number)
        else:
            nameless.setdefault(firm_key(line.firm), []).append(line)
    named = vendors_by_name(tx, nameless.keys())
    still_open: set[str] = set()
    for key, rows in nameless.items():
        ids[key] = None
        candidates = named.get(key, [])
        address = next((search_key(line.address) for line in rows if line.address), "")
        certain = [c for c in candidates if address and c.address_key == address]
        answer = answers.get(f"{QuestionKind.FIRM.value}:{key}")
        if len(certain) == 1:
            ids[key] = certain[0].id
        elif answer is not None and answer.isdecimal() and int(answer) in {c.id for c in candidates}:
            ids[key] = int(answer)
        elif candidates and answer not in (Answer.OTHER, Answer.LEAVE_OUT):
            still_open.add(key)
            questions.append(_firm_question(tx, key, rows, [c.id for c in candidates]))
    found = vendor_store.vendors(tx, {i for i in ids.values() if i is not None})
    return {key: found.get(i) if i is not None else None for key, i in ids.items()}, still_open


def _firm_question(tx: Transaction, key: str, rows: Sequence[Line], ids: Sequence[int]) -> Question:
    choices = []
    for vendor in vendor_store.vendors(tx, ids[:MOST_CANDIDATES]).values():
        head = vendor.head_office
        choices.append((str(vendor.id), " · ".join(filter(None, (vendor.name, head.text if head else "")))))
    where = tuple((line.sheet, line.number) for line in rows[:ROWS_NAMED])
    values = {"firm": rows[0].firm, "title": rows[0].title, "times": len(rows)}
    return Question(
        f"{QuestionKind.FIRM.value}:{key}",
        QuestionKind.FIRM,
        where,
        (*choices, (Answer.OTHER.value, "")),
        values,
    )


def _identity(line: Line) -> str:
    return firm_identity(line.firm, line.business_number)
