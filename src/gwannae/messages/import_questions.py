"""What is asked about a purchase file: one card each, answered with a button."""

import json
from collections.abc import Sequence
from datetime import date

from gwannae.messages import ids
from gwannae.messages.blocks import Block, actions, button, context, escape, external_select, section
from gwannae.messages.line_faults import COLUMN_LABELS, row_name
from gwannae.programme.amount import write_won
from gwannae.programme.dates import write_day
from gwannae.programme.hangul import shorten
from gwannae.programme.import_questions import Answer, Question, QuestionKind

_ANSWERS = {
    Answer.LEAVE_OUT.value: "빼기",
    Answer.LATER.value: "나중에 고르기",
    Answer.SAME.value: "같은 계약",
    Answer.OTHER.value: "다른 계약",
    Answer.FROM_FILE.value: "파일대로 고치기",
    Answer.KEEP.value: "그대로 두기",
    Answer.SUM.value: "더하기",
    Answer.LARGEST.value: "큰 금액만 세기",
    Answer.COUNT.value: "그래도 세기",
    Answer.WHOLE.value: "전체 금액(지분만 세기)",
    Answer.PART.value: "이 업체 몫(그대로 세기)",
}
_MOST_BUTTONS = 20
_REASON_SHOWN = 300


def question_text(question: Question) -> str:
    """The question in words, without marks of Slack."""
    v = question.values
    title, firm = str(v.get("title", "")), str(v.get("firm", ""))
    if question.kind is QuestionKind.COLUMN:
        return f"‘{COLUMN_LABELS[str(v['field'])]}’ 열을 찾지 못했습니다. 어느 열입니까?"
    if question.kind is QuestionKind.ORGANISATION:
        word = str(v.get("word", ""))
        asked = f"파일의 ‘{word}’ 부서는 어느 부서·기관입니까?" if word else "어느 부서·기관의 실적입니까?"
        return f"{asked} ({v.get('times', 1)}줄)"
    if question.kind is QuestionKind.KIND:
        return f"‘{title}’({firm}, {write_won(_won(v['amount']))})은 물품, 용역, 공사 가운데 무엇입니까?"
    if question.kind is QuestionKind.FIRM:
        return f"사업자등록번호가 없는 업체 ‘{firm}’({v.get('times', 1)}줄)은 명부의 이 업체가 맞습니까?"
    if question.kind is QuestionKind.CLOSE:
        return f"이미 있는 실적과 비슷합니다. 같은 계약입니까?\n파일: {_deal(v, '')}\n저장: {_deal(v, 'stored_')}"
    if question.kind is QuestionKind.DIFFERS:
        return f"같은 계약·차수인데 내용이 다릅니다.\n파일: {_deal(v, '')}\n저장: {_deal(v, 'stored_')}"
    if question.kind is QuestionKind.REVERSED:
        return f"‘{title}’({firm})에는 취소되거나 금액을 뺀 줄이 함께 있습니다. 그래도 셀까요?"
    if question.kind is QuestionKind.REASON:
        said = f"‘{shorten(str(v.get('reason', '')), _REASON_SHOWN)}’({v.get('times', 1)}줄)"
        return f"파일에 적힌 관외 사유입니다: {said}\n어느 사유에 해당합니까? 적힌 문장은 그대로 남습니다."
    return _question_of_amounts(question, title, firm)


def answer_label(question: Question, answer: str, name: str) -> str:
    """What stands on the button."""
    if name:
        return name
    if question.kind is QuestionKind.FIRM and answer == Answer.OTHER:
        return "명부에 없는 업체"
    return _ANSWERS.get(answer, answer)


def card(import_id: int, question: Question, left: int) -> list[Block]:
    """One question with its buttons; `left`: how many there are with this one."""
    rows = ", ".join(row_name(sheet, row) for sheet, row in question.rows[:5])
    more = f" 외 {len(question.rows) - 5}줄" if len(question.rows) > 5 else ""
    still = f"{left:,}가지 남았습니다" if left > 1 else "마지막입니다"
    head = f"*확인해 주세요* · {still}\n{escape_lines(question_text(question))}"
    blocks = [section("import-question", head)]
    choices = list(question.choices)[:_MOST_BUTTONS]
    if question.way_out is not None:
        choices.append((question.way_out.value, ""))
    buttons = [
        button(
            ids.numbered(ids.IMPORT_ANSWER, at),
            answer_label(question, answer, name),
            button_value(import_id, question.key, answer),
        )
        for at, (answer, name) in enumerate(choices)
    ]
    if question.kind is QuestionKind.ORGANISATION:
        menu = external_select(ids.IMPORT_ORGANISATION, "다른 부서 찾기", least=0)
        blocks.append(actions(f"{ids.IMPORT_ORGANISATION}:{import_id}", [menu]))
    blocks.append(actions("import-answers", buttons))
    if rows:
        blocks.append(context("import-rows", f"{escape(rows)}{more}"))
    return blocks


def button_value(import_id: int, key: str, answer: str) -> str:
    """What a button carries."""
    return json.dumps([import_id, key, answer], ensure_ascii=False, separators=(",", ":"))


def read_button_value(text: str) -> tuple[int, str, str]:
    """The file, the question and the answer. Raises ValueError for what is not ours."""
    try:
        import_id, key, answer = json.loads(text)
        return int(import_id), str(key), str(answer)
    except (TypeError, KeyError) as error:
        raise ValueError("not an answer") from error


def escape_lines(text: str) -> str:
    """A text of several lines, made safe."""
    return "\n".join(escape(line) for line in text.split("\n"))


def _question_of_amounts(question: Question, title: str, firm: str) -> str:
    v = question.values
    won = [write_won(_won(one)) for one in _list(v.get("amounts"))]
    amounts = ", ".join(won)
    if question.kind is QuestionKind.LINES:
        return f"‘{title}’({firm})의 같은 계약번호에 금액이 다른 줄이 있습니다: {amounts}"
    if v.get("share") is None:
        firms = f"‘{title}’ 한 계약에 업체가 {v.get('firms', 2)}곳이고 지분율이 없습니다."
        return f"{firms} 금액은 모두 {won[0]}입니다. 업체마다 이 금액입니까?"
    return f"‘{title}’({firm})의 지분율은 {_percent(v['share'])}입니다. 적힌 금액 {amounts}은 어느 것입니까?"


def _deal(values: object, before: str) -> str:
    assert isinstance(values, dict)
    day = write_day(date.fromisoformat(str(values[f"{before}day"])))
    won = write_won(_won(values[f"{before}amount"]))
    return f"{values[f'{before}title']} · {values[f'{before}firm']} · {won} · {day}"


def _won(value: object) -> int:
    return value if isinstance(value, int) else 0


def _list(value: object) -> Sequence[object]:
    return value if isinstance(value, list | tuple) else ()


def _percent(points: object) -> str:
    return f"{_won(points) / 100:g}%"
