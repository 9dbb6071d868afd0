"""What a purchase file leaves open: questions that a person answers with a button, each under a key that stays."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class QuestionKind(StrEnum):
    """What is asked. The sentence and the buttons for each stand in `messages`."""

    COLUMN = "column"  # which column holds what no purchase can do without
    ORGANISATION = "organisation"  # whose purchase: a 부서 that is not known, or a file without one
    KIND = "kind"  # goods, services or works
    FIRM = "firm"  # whether a firm without a number is the registry's of that name
    CLOSE = "close"  # whether it is a purchase that is stored already
    DIFFERS = "differs"  # the same contract and 차수 with other values than stored
    LINES = "lines"  # several rows of one contract with different amounts
    REVERSED = "reversed"  # a cancelled or negative row of the same contract stands beside it
    SHARE = "share"  # whether the amount is the whole contract's or this partner's part
    REASON = "reason"  # which code a sentence of the file's 관외 사유 column is


class Answer(StrEnum):
    """Answers that are no id or value of their own. `LEAVE_OUT` answers most questions; see `Question.way_out`."""

    LEAVE_OUT = "leave_out"
    LATER = "later"
    SAME = "same"
    OTHER = "other"
    FROM_FILE = "from_file"
    KEEP = "keep"
    SUM = "sum"
    LARGEST = "largest"
    COUNT = "count"
    WHOLE = "whole"
    PART = "part"


@dataclass(frozen=True, slots=True)
class Question:
    """One open question. `key` is the same whenever the file is gone through; `rows` are (sheet, row).

    `values` are what the sentence needs (texts, won, days as ISO); `choices` what may be answered, beside the
    `way_out`.
    """

    key: str
    kind: QuestionKind
    rows: tuple[tuple[str, int], ...]
    choices: tuple[tuple[str, str], ...]  # (answer, what it names: a firm's or organisation's name; "" where plain)
    values: Mapping[str, object] = field(default_factory=dict)

    def takes(self, answer: str) -> bool:
        """Whether this answers it. An organisation may be any: whether the person may is asked where it counts."""
        if self.kind is QuestionKind.ORGANISATION and answer.isdecimal() and len(answer) < 19:
            return True
        return answer == self.way_out or answer in dict(self.choices)

    @property
    def way_out(self) -> Answer | None:
        """The answer of somebody who cannot say: its rows are left out; a reason may come later; a column must be."""
        return {QuestionKind.COLUMN: None, QuestionKind.REASON: Answer.LATER}.get(self.kind, Answer.LEAVE_OUT)


def row_key(kind: QuestionKind, sheet: str, row: int) -> str:
    """The key of a question about one row."""
    return f"{kind.value}:{sheet}:{row}"


def plain_choices(*answers: Answer) -> tuple[tuple[str, str], ...]:
    """Choices that carry no name."""
    return tuple((answer.value, "") for answer in answers)
