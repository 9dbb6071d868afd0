"""관외 사유 in a file's own column: a code where it plainly is one, else asked about; kept with the rows."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from gwannae.actions.outside_reasons import look_for
from gwannae.actions.toolkit import Toolkit
from gwannae.programme.audit import AuditEntry, AuditEvent
from gwannae.programme.city import City
from gwannae.programme.hangul import search_key
from gwannae.programme.import_comparison import Step, StepKind
from gwannae.programme.import_questions import Question, QuestionKind
from gwannae.programme.organisations import Actor
from gwannae.programme.outside_reasons import Looked, OutsideReason, ReasonCode, needs_reason, outside_rule_on
from gwannae.programme.purchase_lines import Line
from gwannae.programme.stated_reasons import code_stated, sentence_key
from gwannae.storage import audit, missing_items, outside_reasons
from gwannae.storage.database import Transaction

MOST_ASKED = 10  # sentences of one file; the rest is found on the list of what waits for a reason
_ROWS_NAMED = 20
_CODES = {code.value: code for code in ReasonCode}


@dataclass(frozen=True, slots=True)
class StatedReasons:
    """What the column came to: the code of each sentence by its key, in how many purchases, and what is to be asked."""

    codes: Mapping[str, ReasonCode] = field(default_factory=dict)
    purchases: int = 0
    questions: tuple[Question, ...] = ()


def read_reasons(
    city: City, steps: Iterable[Step], answers: Mapping[str, str], is_outside: Callable[[Line], bool]
) -> StatedReasons:
    """Go through the sentences of those purchases that the city asks a reason for. Each sentence is asked about once,
    and may be left for later: then its purchases wait for a reason as those do that came without one.
    """
    codes: dict[str, ReasonCode] = {}
    asked: dict[str, list[Line]] = {}
    count = 0
    for step in steps:
        if step.part is None or step.kind is StepKind.KNOWN or not step.part.line.reason:
            continue
        line = step.part.line
        rule = outside_rule_on(city.outside_rules, line.day)
        if rule is None or step.part.amount < rule.at_least or not is_outside(line):
            continue
        key = sentence_key(line.reason)
        said = answers.get(_question_key(key))
        code = _CODES.get(said or "") or code_stated(rule, line.reason)
        if code is not None:
            codes[key] = code
            count += 1
        elif said is None:
            asked.setdefault(key, []).append(line)
    answered = sum(key.startswith(_question_key("")) for key in answers)
    often = sorted(asked.items(), key=lambda each: -len(each[1]))[: max(0, MOST_ASKED - answered)]
    return StatedReasons(codes, count, tuple(_question(key, lines) for key, lines in often))


def look_ahead(
    toolkit: Toolkit, tx: Transaction, steps: Iterable[Step], stated: StatedReasons, today: date
) -> dict[str, Looked]:
    """The local firms for each thing that such a purchase is of, found before anything is locked."""
    lines = [step.part.line for step in steps if step.part is not None and step.part.line.reason]
    words = {line.item or line.title for line in lines if sentence_key(line.reason) in stated.codes}
    return {word: look_for(toolkit, tx, word, today) for word in sorted(words)}


def keep_reasons(
    toolkit: Toolkit,
    tx: Transaction,
    actor: Actor,
    import_id: int,
    stated: StatedReasons,
    looked: Mapping[str, Looked],
    now: datetime,
) -> None:
    """Keep the reasons of what an import has just stored; an earlier reason of a purchase stays the one that holds.
    What nobody local offers goes to the office's list of missing items, once for each organisation and thing.
    """
    kept: list[tuple[int, OutsideReason, str]] = []
    missing: set[tuple[str, int]] = set()
    for purchase in outside_reasons.stated_in(tx, import_id):
        draft = purchase.draft
        code = stated.codes.get(sentence_key(draft.contract.reason))
        if code is None or not needs_reason(toolkit.city.outside_rules, purchase):
            continue
        word = draft.item or draft.title
        found = looked.get(word) or look_for(toolkit, tx, word, now.date())
        said = OutsideReason(code, draft.contract.reason, found, now, actor.team_id, actor.user_id)
        kept.append((purchase.id, said, f"file:{import_id}:{purchase.id}"))
        if code.is_missing_item:
            missing.add((word[:100], draft.organisation_id))
    outside_reasons.add_many(tx, kept)
    for word, organisation_id in sorted(missing):
        if key := search_key(word):
            missing_items.add(tx, word, key, organisation_id, now)
    if kept:
        detail = {"codes": dict(Counter(reason.code.value for _, reason, _ in kept))}
        subject = f"purchase_import:{import_id}"
        audit.write(tx, AuditEntry(now, actor.team_id, actor.user_id, AuditEvent.OUTSIDE_REASON_GIVEN, subject, detail))


def _question_key(sentence: str) -> str:
    return f"{QuestionKind.REASON.value}:{sentence}"


def _question(key: str, lines: list[Line]) -> Question:
    rows = tuple((line.sheet, line.number) for line in lines[:_ROWS_NAMED])
    choices = tuple((code.value, code.label) for code in ReasonCode)
    values = {"reason": lines[0].reason, "firm": lines[0].firm, "title": lines[0].title, "times": len(lines)}
    return Question(_question_key(key), QuestionKind.REASON, rows, choices, values)
