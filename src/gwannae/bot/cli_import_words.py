"""What an import of vendors came to, in words and as JSON."""

from collections.abc import Iterator

from gwannae.programme.vendors_import import DoubtCode, Doubtful, ImportReport, LeftOutCode, RefusedLine
from gwannae.readers.vendor_rows import Note, NoteCode, RefusalCode, VendorSource

MOST_SHOWN = 20  # of each sort in words; the JSON has all

_REFUSALS = {
    RefusalCode.NAME_MISSING: "업체 이름이 없습니다",
    RefusalCode.NUMBER_CHECK_DIGIT: "사업자등록번호의 끝자리가 맞지 않습니다",
    RefusalCode.NUMBER_LENGTH: "사업자등록번호가 열 자리가 아닙니다",
    RefusalCode.NUMBER_NOT_DIGITS: "사업자등록번호에 숫자가 아닌 글자가 있습니다",
    RefusalCode.NUMBER_SEVERAL: "사업자등록번호가 한 칸에 둘 이상 있습니다. 업체마다 한 줄로 나누어 주세요",
    RefusalCode.NOT_CALCULATED: "계산된 값이 없는 수식이 있습니다. 엑셀에서 열어 다시 저장해 주세요",
    RefusalCode.TOO_LONG: "이름이나 주소가 너무 깁니다",
}
_DOUBTS = {
    DoubtCode.SEVERAL_FIT: "이름과 주소가 같은 업체가 여럿이라 어느 업체인지 알 수 없습니다",
    DoubtCode.ALREADY_CLAIMED: "명부의 한 업체에 파일의 여러 줄이 맞아 어느 줄인지 알 수 없습니다",
    DoubtCode.ROWS_CONTRADICT: "같은 업체인데 이름, 주소, 규모 가운데 서로 다른 것이 있습니다",
}
_LEFT_OUT = {
    LeftOutCode.CERTIFICATE_UNKNOWN: "모르는 인증",
    LeftOutCode.CERTIFICATE_TERM: "유효기간의 끝이 시작보다 앞선 인증",
}
_NOTES = {
    NoteCode.COLUMN_UNKNOWN: "읽지 않은 열",
    NoteCode.COLUMN_TWICE: "두 번 나와 읽지 않은 열",
    NoteCode.COLUMN_JOINED: "품목이 여러 열이라 합쳐 읽은 열",
    NoteCode.SHEET_LEFT_OUT: "읽지 않은 시트",
    NoteCode.DATE_UNREAD: "읽지 못한 날짜",
    NoteCode.MOBILE_LEFT_OUT: "저장하지 않은 휴대전화",
}


def report_words(report: ImportReport, file: VendorSource, source: str) -> Iterator[str]:
    """One line that is enough, then what a person should look at."""
    done = "넣으면 이렇게 됩니다(저장하지 않았습니다)" if report.dry_run else "업체 명부에 넣었습니다"
    if report.accepted == 0:
        done = "넣을 수 있는 업체가 없어 바뀐 것이 없습니다"
    elif not (report.new or report.updated) and not report.dry_run:
        done = "명부와 같아 바뀐 것이 없습니다"
    yield f"{source}: {done}. " + " · ".join(_counts(report))
    yield from _listed("받지 못한 줄", [_refused(line) for line in report.refused])
    yield from _listed("확인이 필요한 줄(바꾸지 않았습니다)", [_doubtful(doubt) for doubt in report.doubtful])
    left = [f"{_LEFT_OUT[x.code]} ‘{x.value}’ {x.rows:,}줄({x.first_row:,}행부터)" for x in report.left_out]
    yield from _listed("업체는 받고 이것만 뺐습니다", left)
    yield from _listed("참고", list(_notes(file.notes)))


def report_json(report: ImportReport, file: VendorSource, source: str) -> dict[str, object]:
    """The whole report; row numbers are those that a spreadsheet shows."""
    return {
        "source": source,
        "dry_run": report.dry_run,
        **{name: count for name, count in report.counts.items() if name not in ("doubtful", "refused")},
        "skipped": file.skipped,
        "as_of": report.as_of.isoformat() if report.as_of else None,
        "refused": [
            {"row": r.number, "sheet": r.sheet, "code": r.code, "value": r.value, "reason": _refusal(r)}
            for r in report.refused
        ],
        "doubtful": [
            {
                "row": d.number,
                "sheet": d.sheet,
                "name": d.name,
                "code": d.code.value,
                "candidates": list(d.candidates),
                "rows": list(d.rows),
                "reason": _DOUBTS[d.code],
            }
            for d in report.doubtful
        ],
        "left_out": [
            {"code": x.code.value, "value": x.value, "rows": x.rows, "first_row": x.first_row} for x in report.left_out
        ],
        "notes": [{"row": n.number, "sheet": n.sheet, "code": n.code.value, "value": n.value} for n in file.notes],
    }


def _counts(report: ImportReport) -> Iterator[str]:
    yield f"새 업체 {report.new:,}곳"
    yield f"바뀐 업체 {report.updated:,}곳"
    yield f"그대로 {report.unchanged:,}곳"
    if report.joined:
        yield f"같은 업체로 합친 줄 {report.joined:,}개"
    if report.refused:
        yield f"받지 못한 줄 {len(report.refused):,}개"
    if report.doubtful:
        yield f"확인이 필요한 줄 {len(report.doubtful):,}개"


def _listed(title: str, lines: list[str]) -> Iterator[str]:
    if not lines:
        return
    yield f"{title}:"
    yield from (f"  {line}" for line in lines[:MOST_SHOWN])
    if len(lines) > MOST_SHOWN:
        yield f"  … 그 밖에 {len(lines) - MOST_SHOWN:,}개(모두 보려면 --json)"


def _refusal(line: RefusedLine) -> str:
    return _REFUSALS[RefusalCode(line.code)]


def _refused(line: RefusedLine) -> str:
    return f"{_row(line.sheet, line.number)}: {_refusal(line)}" + (f" — {line.value}" if line.value else "")


def _doubtful(doubt: Doubtful) -> str:
    text = f"{_row(doubt.sheet, doubt.number)} {doubt.name}: {_DOUBTS[doubt.code]}"
    if doubt.rows:
        text += f" · 함께 볼 줄 {', '.join(f'{n}행' for n in doubt.rows)}"
    if doubt.candidates:
        text += f" · 명부의 업체 번호 {', '.join(map(str, doubt.candidates))}"
    return text


def _row(sheet: str, number: int) -> str:
    return f"{sheet} {number:,}행" if sheet else f"{number:,}행"


def _notes(notes: list[Note]) -> Iterator[str]:
    """Notes of one sort and value once, with how often: a column of mobile numbers is one remark."""
    counted: dict[tuple[NoteCode, str], int] = {}
    for note in notes:
        counted[note.code, note.value] = counted.get((note.code, note.value), 0) + 1
    for (code, value), times in counted.items():
        yield _NOTES[code] + (f" ‘{value}’" if value else "") + (f" {times:,}줄" if times > 1 else "")
