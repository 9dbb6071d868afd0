"""What an import of purchases came to, in words and as JSON."""

from collections.abc import Iterator
from html import unescape

from gwannae.messages.import_questions import question_text
from gwannae.messages.line_faults import file_fault, line_fault, row_name
from gwannae.messages.purchase_imports import refused_by
from gwannae.messages.purchase_lamp import note_line
from gwannae.programme.amount import write_won
from gwannae.programme.city import LampRules
from gwannae.programme.dates import write_date
from gwannae.programme.purchase_imports import ImportBatch, ImportState, Summary, UndoTooLate

MOST_SHOWN = 20  # of each sort in words; the JSON has more


def import_words(batch: ImportBatch, rules: LampRules, *, dry_run: bool) -> Iterator[str]:
    """One line that is enough, then what a person should look at. `rules`: what the lamp cites."""
    summary = batch.summary
    if batch.state is ImportState.FAILED:
        yield f"{batch.name}: {file_fault(batch.fault)} 집계된 것은 없습니다."
        return
    if batch.state is ImportState.UNDONE:
        kept = f" 그 뒤에 고쳐진 {summary.kept:,}건은 그대로 두었습니다." if summary.kept else ""
        yield f"{batch.name}: 되돌렸습니다. 이 파일로 들어온 실적은 더 집계되지 않습니다.{kept}"
        return
    yield f"{batch.name}: {_done(batch, dry_run=dry_run)} " + " · ".join(_counts(summary))
    yield from _listed(
        "확인이 필요한 것", [question_text(question).replace("\n", " / ") for question in batch.questions]
    )
    refused = [
        f"{row_name(sheet, row)}: {line_fault(code)}" + (f" — {value}" if value else "")
        for sheet, row, code, value in summary.refused
    ]
    yield from _listed("받지 못한 줄", refused, summary.refused_rows)
    yield from refused_by(summary)
    if summary.staying:
        yield (
            f"새 실적 {summary.staying:,}건은 마감된 기간의 계약입니다. 확정한 뒤에 고치거나 되돌리려면 "
            "gwannae purchases reopen으로 먼저 열어야 합니다."
        )
    yield from _listed("검토 필요", _noted(summary, rules), summary.lamp_count)
    if batch.state is ImportState.CONFIRMED:
        yield f"되돌리려면: gwannae purchases undo {batch.id}"


def undo_too_late(late: UndoTooLate) -> str:
    """What holds an undoing back, and what to do first."""
    period, organisation = late.closed.period, late.organisation
    return (
        f"{late.batch.name}: 되돌리지 않았습니다. 실적 {late.rows:,}건이 마감된 기간에 있습니다"
        f"({organisation.name} {period.label}, {write_date(late.closed.last_open)}까지). 바뀐 것은 없습니다.\n"
        f"먼저 여세요: gwannae purchases reopen --organisation {organisation.code} --period {period.key} --reason 사유"
    )


def _noted(summary: Summary, rules: LampRules) -> list[str]:
    return [unescape(note_line(note, rules, summary.organisations > 1)) for note in summary.lamp]


def import_json(batch: ImportBatch, rules: LampRules, *, dry_run: bool) -> dict[str, object]:
    """The whole outcome; row numbers are those that a spreadsheet shows."""
    summary = batch.summary
    names = ("rows", "new", "changed", "known", "cancelled", "absorbed", "doubtful", "won", "kept", "staying")
    return {
        "import": batch.id or None,
        "source": batch.name,
        "dry_run": dry_run,
        "state": batch.state.value,
        "fault": batch.fault or None,
        **{name: getattr(summary, name) for name in names},
        "refused_rows": summary.refused_rows,
        "refused_by": dict(summary.refused_by),
        "verdicts": dict(summary.verdicts),
        "columns": dict(summary.columns),
        "refused": [
            {"row": row, "sheet": sheet, "code": code, "value": value, "reason": line_fault(code)}
            for sheet, row, code, value in summary.refused
        ],
        "notes_count": summary.lamp_count,
        "notes": [
            {
                "code": note.code,
                "organisation": note.organisation,
                "row": note.row[1],
                "sheet": note.row[0],
                "rows": note.times,
                "text": text,
            }
            for note, text in zip(summary.lamp, _noted(summary, rules), strict=True)
        ],
        "questions": [
            {
                "kind": question.kind.value,
                "text": question_text(question),
                "rows": [{"sheet": sheet, "row": row} for sheet, row in question.rows],
                "choices": [{"answer": answer, "name": name} for answer, name in question.choices],
            }
            for question in batch.questions
        ],
    }


def _done(batch: ImportBatch, *, dry_run: bool) -> str:
    if batch.state is ImportState.CONFIRMED:
        return "확정했습니다."
    if batch.summary.counts == 0 and not batch.questions:
        return "새로 집계할 것이 없어 바뀐 것이 없습니다."
    if dry_run:
        return "넣으면 이렇게 됩니다(저장하지 않았습니다)."
    return "확정하지 않아 바뀐 것이 없습니다. 확정하려면 --yes를 붙여 다시 실행해 주세요."


def _counts(summary: Summary) -> Iterator[str]:
    yield f"새 실적 {summary.new:,}건({write_won(summary.won)})"
    yield f"바뀐 실적 {summary.changed:,}건"
    yield f"이미 있는 실적 {summary.known:,}건"
    if summary.cancelled:
        yield f"취소된 계약 {summary.cancelled:,}건"
    if summary.absorbed:
        yield f"합친 줄 {summary.absorbed:,}개"
    if summary.doubtful:
        yield f"확인할 줄 {summary.doubtful:,}개"
    if summary.refused_rows:
        yield f"받지 못한 줄 {summary.refused_rows:,}개"


def _listed(title: str, lines: list[str], count: int | None = None) -> Iterator[str]:
    if not lines:
        return
    yield f"{title}:"
    yield from (f"  {line}" for line in lines[:MOST_SHOWN])
    if (count or len(lines)) > MOST_SHOWN:
        yield f"  … 그 밖에 {(count or len(lines)) - MOST_SHOWN:,}개(더 보려면 --json)"
