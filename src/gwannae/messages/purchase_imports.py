"""Purchases from a file: what was understood, what is asked, what counts now, and how it is taken back."""

from collections.abc import Iterator
from typing import Any

from gwannae.messages import cross_check, ids
from gwannae.messages.blocks import (
    Block,
    actions,
    button,
    confirmation,
    context,
    escape,
    external_select,
    fields,
    input_block,
    message,
    modal,
    section,
)
from gwannae.messages.import_questions import card, question_text
from gwannae.messages.lamp import ASK
from gwannae.messages.line_faults import COLUMN_LABELS, file_fault, line_fault, row_name
from gwannae.messages.purchase_lamp import lamp_again, lamp_blocks, lamp_button
from gwannae.programme.amount import write_short
from gwannae.programme.city import LampRules
from gwannae.programme.contract_identity import Absorbed
from gwannae.programme.cross_check_cards import CheckRun
from gwannae.programme.dates import write_date
from gwannae.programme.hangul import josa
from gwannae.programme.organisations import Organisation
from gwannae.programme.purchase_imports import (
    ALREADY_OPEN,
    ImportBatch,
    ImportState,
    Standing,
    Summary,
    UndoTooLate,
)

REFUSED_SHOWN = 10
_ABSORBED = {
    Absorbed.REPLACED.value: "뒤 차수로 바뀐 줄",
    Absorbed.REPEATED.value: "같은 금액이 되풀이된 줄",
    Absorbed.EQUAL.value: "똑같은 줄",
    Absorbed.SUMMED.value: "한 계약으로 더한 줄",
}
_VERDICTS = {"local": "관내", "outside": "관외", "unconfirmed": "미확인"}
NOT_YOURS = "이 파일을 볼 수 없습니다. 올린 분, 부서 책임자, 총괄 부서만 볼 수 있습니다."
TOO_LATE = "이미 처리된 파일입니다. 아무것도 바뀌지 않았습니다."


def said(standing: Standing, rules: LampRules) -> dict[str, Any]:
    """How a file stands now, as a message; `rules`: what the lamp cites."""
    batch = standing.batch
    name = f"*{escape(batch.name)}*"
    if standing.check is not None:
        return _checked(standing, standing.check)
    if batch.state is ImportState.READY:
        return _preview(standing, rules)
    if batch.state is ImportState.FAILED:
        return _plain(f"{name} · {_failed(standing)} 집계된 것은 없습니다.")
    if batch.state is ImportState.CONFIRMED:
        return _confirmed(standing)
    if batch.state is ImportState.UNDONE:
        kept = batch.summary.kept
        stays = f" 그 뒤에 고쳐진 {kept:,}건은 그대로 두었습니다." if kept else ""
        return _plain(f"*되돌렸습니다* · {name} · 이 파일로 들어온 실적은 더 집계되지 않습니다.{stays}")
    if batch.state is ImportState.DISCARDED:
        return _plain(f"{name} · 그만두었습니다. 집계된 것은 없습니다. 필요하면 파일을 다시 올려 주세요.")
    return _plain(f"{name} · {_working(batch)}")


def _checked(standing: Standing, run: CheckRun) -> dict[str, Any]:
    """A published list that is held against the reports."""
    batch = standing.batch
    if batch.state is ImportState.READY:
        return cross_check.said(batch, run)
    if batch.state is ImportState.FAILED:
        return _plain(cross_check.failed(batch, cross_check.NO_LIST.get(batch.fault) or _failed(standing)))
    return _plain(cross_check.working(batch))


def progress(batch: ImportBatch, done: int) -> dict[str, Any]:
    """While a long file is under way."""
    return _plain(f"*{escape(batch.name)}* · {_working(batch)} {done:,}줄째")


def question_card(standing: Standing, rules: LampRules) -> dict[str, Any]:
    """The first open question; the preview where none is open."""
    batch = standing.batch
    if batch.state is not ImportState.READY or not batch.questions:
        return said(standing, rules)
    first = batch.questions[0]
    text = f"{escape(batch.name)} · {escape(question_text(first))}"
    return dict(message(text, card(batch.id, first, len(batch.questions))))


def already_here(standing: Standing) -> dict[str, Any]:
    """The same file was noted before: shared again, or delivered again."""
    return _plain(f"*{escape(standing.batch.name)}* · 이미 받은 파일입니다. 두 번 집계되지 않습니다.")


def plain_words(text: str) -> dict[str, Any]:
    """A sentence of ours."""
    return _plain(text)


def upload_form(options: tuple[Organisation, ...], proposed: Organisation | None) -> Block:
    """The form behind the Home button: whose purchases, and the file."""
    first = (
        {"text": {"type": "plain_text", "text": proposed.name[:75]}, "value": str(proposed.id)} if proposed else None
    )
    blocks = [
        input_block(
            ids.IMPORT_FILE,
            "계약 목록 파일",
            {"type": "file_input", "action_id": ids.IMPORT_FILE, "filetypes": ["csv", "xlsx", "xls"], "max_files": 1},
            hint="CSV, XLSX, XLS. 제목 줄에 계약명, 계약일, 계약금액, 업체명이 있으면 됩니다.",
        )
    ]
    if len(options) != 1:
        menu = external_select(ids.IMPORT_WHOSE, "부서·기관 찾기", first, least=0)
        blocks.insert(0, input_block(ids.IMPORT_WHOSE, "어느 부서의 실적인가요", menu, optional=True,
                                     hint="파일에 부서 열이 있으면 비워 두세요."))  # fmt: skip
    memo = str(options[0].id) if len(options) == 1 else ""
    return modal(ids.IMPORT_VIEW, "파일로 보고", blocks, submit="읽기", memo=memo)


def received() -> str:
    """After the form was sent."""
    return "파일을 받았습니다. 읽은 내용을 DM으로 알려 드립니다. 확정하시기 전에는 집계되지 않습니다."


def undo_too_late(late: UndoTooLate, office: str) -> Block:
    """The window after 되돌리기 was pressed: what holds it back, and whom to ask."""
    period = late.closed.period.label
    if late.may_reopen:
        ask = button(ids.REOPEN_OPEN, "다시 열기", str(late.purchase_id))
        next_step = "되돌리려면 먼저 다시 열어 주세요."
    else:
        ask = button(ids.REOPEN_ASK, "다시 열어 달라고 하기", str(late.purchase_id))
        next_step = f"되돌려야 하면 {escape(office)}에 다시 열어 달라고 하실 수 있습니다."
    text = (
        f"*되돌리지 않았습니다* · {escape(late.batch.name)}\n이 파일의 실적 {late.rows:,}건이 마감된 기간에 있습니다. "
        f"{escape(late.organisation.name)} {period}{josa(period, '은/는')} {write_date(late.closed.last_open)}까지 "
        f"되돌릴 수 있었습니다. 실적은 그대로 있습니다. {next_step}"
    )
    return modal(ids.REPORT_DONE_VIEW, "마감", [section("closed", text), actions("closed-row", [ask])])


def _preview(standing: Standing, rules: LampRules) -> dict[str, Any]:
    batch, summary = standing.batch, standing.batch.summary
    whose = f"{escape(standing.organisation)} · " if standing.organisation else ""
    if batch.questions and not summary.rows:
        lead = f"*{escape(batch.name)}* · {whose}파일을 읽으려면 먼저 확인해 주세요."
    else:
        lead = f"*{escape(batch.name)} 파일을 읽었습니다* · {whose}{_first_line(batch)}"
    if standing.other is not None:
        lead += f"\n이미 넣은 파일과 같은 파일입니다({_sender(standing.other)})."
    blocks = [section("import-head", lead)]
    if counts := list(_counts(batch)):
        blocks.append(fields("import-counts", counts))
    if summary.refused:
        blocks.append(section("import-refused", _refused(summary)))
    if summary.staying and not batch.questions:
        blocks.append(section("import-staying", _staying(summary)))
    blocks += lamp_blocks(summary, rules)
    if summary.columns:
        waits = ["[확정]을 누르기 전에는 집계되지 않습니다."] if batch.questions or summary.counts else []
        blocks.append(context("import-columns", _columns(summary), *waits))
    row = _row(standing)
    if row:
        blocks.append(actions("import-row", row))
    return dict(message(lead, blocks))


def _columns(summary: Summary) -> str:
    """Which of the file's words were taken for which column, where it has others than ours."""
    pairs = [(COLUMN_LABELS.get(column, column), word) for column, word in summary.columns]
    other = [f"{label}←{escape(word)}" for label, word in pairs if label != word]
    return f"열 {len(pairs)}개를 읽었습니다" + (f": {', '.join(other[:17])}" if other else "")


def _staying(summary: Summary) -> str:
    return (
        f"새 실적 가운데 {summary.staying:,}건은 마감된 기간의 계약입니다. 늦게 넣으실 수 있지만, 확정하신 뒤에는 "
        "총괄 부서가 다시 열어야 고치거나 되돌릴 수 있습니다."
    )


def _first_line(batch: ImportBatch) -> str:
    summary = batch.summary
    if batch.questions:
        return f"{summary.rows:,}줄 가운데 {len(batch.questions):,}가지를 확인해 주세요."
    if summary.counts == 0:
        return "새로 집계할 것이 없습니다."
    return " · ".join(_first_counts(summary))


def _counts(batch: ImportBatch) -> Iterator[str]:
    """What the first line does not say; nothing is said of what there is none of."""
    summary = batch.summary
    if batch.questions:
        yield from _first_counts(summary)
    if summary.known:
        yield f"이미 있는 실적 {summary.known:,}건"
    for why, rows in summary.absorbed_by.items():
        yield f"{_ABSORBED[why]} {rows:,}개(한 번만 셈)"
    if summary.doubtful:
        yield f"확인할 줄 {summary.doubtful:,}개"
    if summary.refused_rows:
        yield f"받지 못한 줄 {summary.refused_rows:,}개"
    if summary.reasons:
        yield f"파일의 사유를 읽은 관외 실적 {summary.reasons:,}건"
    if summary.new:
        yield "판정: " + " · ".join(f"{_VERDICTS[v]} {n:,}" for v, n in sorted(summary.verdicts.items()))


def _first_counts(summary: Summary) -> Iterator[str]:
    if summary.new:
        yield f"새 실적 {summary.new:,}건({write_short(summary.won)})"
    if summary.changed:
        yield f"바뀐 실적 {summary.changed:,}건"
    if summary.cancelled:
        yield f"취소될 실적 {summary.cancelled:,}건"


def _refused(summary: Summary) -> str:
    lines = [
        f"{escape(row_name(sheet, row))}: {line_fault(code)}" + (f" — {escape(value[:60])}" if value else "")
        for sheet, row, code, value in summary.refused[:REFUSED_SHOWN]
    ]
    more = summary.refused_rows - len(lines)
    rest = [f"… 그 밖에 {more:,}줄"] if more > 0 else []
    ask = "파일에서 고쳐 다시 올리시면 됩니다. 이미 넣은 줄은 두 번 세지 않습니다."
    return "\n".join([f"*받지 못한 줄 {summary.refused_rows:,}개*", *refused_by(summary), *lines, *rest, ask])


def refused_by(summary: Summary) -> list[str]:
    """How many rows for each reason, the most first; one reason alone stands with its rows."""
    if len(summary.refused_by) < 2:
        return []
    by_number = sorted(summary.refused_by.items(), key=lambda item: -item[1])
    return [" · ".join(f"{line_fault(code)} {rows:,}줄" for code, rows in by_number)]


def _row(standing: Standing) -> list[Block]:
    batch, value = standing.batch, str(standing.batch.id)
    stop = button(ids.IMPORT_DISCARD, "그만두기", value)
    other = [button(ids.CROSS_TURN, "공개 목록으로 견주기", value)] if standing.may_cross_check else []
    if batch.questions:
        return [button(ids.IMPORT_ASK, f"확인하기 ({len(batch.questions):,})", value, style="primary"), *other, stop]
    if batch.summary.counts:
        confirm = button(ids.IMPORT_CONFIRM, "확정", value, style="primary")
        return [confirm, *lamp_button(batch.summary, value), *other, stop]
    return other


def _confirmed(standing: Standing) -> dict[str, Any]:
    batch = standing.batch
    text = f"*확정했습니다* · {escape(batch.name)} · {_first_line(batch)}"
    if batch.summary.lamp_count:
        text += f"\n검토 필요 · 확인이 필요한 점 {batch.summary.lamp_count:,}가지가 함께 남아 있습니다. {ASK}"
    if batch.summary.overtaken:
        text += (
            f"\n총괄 부서가 다시 판정했던 {batch.summary.overtaken:,}건은 업체나 계약일이 바뀌어 새로 판정했고, "
            "총괄 부서에 알립니다."
        )
    sure = confirmation(
        "되돌리기", "이 파일로 들어온 실적을 모두 되돌립니다. 그 뒤에 고친 실적은 그대로 둡니다.", "되돌리기"
    )
    value = str(batch.id)
    undo = button(ids.IMPORT_UNDO, "되돌리기", value, style="danger", confirm=sure)
    rows = [button(ids.IMPORT_ROWS, "넣은 실적 보기", f"{value}:0")] if batch.summary.new else []
    row = actions("import-done-row", [*rows, *lamp_again(batch.summary, value), undo])
    return dict(message(text, [section("import-done", text), row]))


def _failed(standing: Standing) -> str:
    if standing.batch.fault == ALREADY_OPEN and standing.other is not None:
        return f"같은 파일이 이미 확정을 기다리고 있습니다({_sender(standing.other)}). 그 메시지에서 이어서 해 주세요."
    return file_fault(standing.batch.fault)


def _sender(batch: ImportBatch) -> str:
    return f"<@{escape(batch.user_id)}>님이 올림" if batch.team_id else "명령줄에서 넣음"


def _working(batch: ImportBatch) -> str:
    words = {
        ImportState.RECEIVED: "파일을 읽고 있습니다.",
        ImportState.CONFIRMING: "저장하고 있습니다. 한꺼번에 저장하거나, 하나도 저장하지 않습니다.",
        ImportState.UNDOING: "되돌리고 있습니다.",
    }
    return words.get(batch.state, "")


def _plain(text: str) -> dict[str, Any]:
    return dict(message(text, [section("import-note", text)]))
