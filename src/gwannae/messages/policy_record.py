"""정책실명제 사업내역서: the form, the record on paper, and what a press did."""

import json
from collections.abc import Mapping

from gwannae.messages import ids
from gwannae.messages.blocks import Block, actions, button, context, input_block, modal, text_input
from gwannae.messages.permission import OFFICE_ALONE
from gwannae.programme.affiliation import Impossible, NotAllowed
from gwannae.programme.dates import write_date, write_day
from gwannae.programme.papers import Column, Facts, Grid, Line, Look, Paper
from gwannae.programme.policy_record import MAX_TEXT, PolicyRecord, RecordField, RecordKept, RecordRefused

_HINTS = {
    RecordField.OUTLINE: "무엇을 어떤 순서로 하는지 적어 주세요.",
    RecordField.PEOPLE: "예) 최종 결재자 국장, 담당 과장·팀장. 적은 그대로 인쇄됩니다.",
    RecordField.CRITERIA: "이 사업을 정책실명제 대상으로 정한 까닭을 적어 주세요.",
    RecordField.SPAN: "예) 2027. 1. ~ 12.",
    RecordField.DOINGS: "한 줄에 하나씩: 2027. 1. 11. 지침 개정 / 국장. 계획, 안내, 회의, 결산은 봇이 넣습니다.",
}
_NOT_SAID = "적지 않음"
NOT_SENT = "사업내역서를 보내지 못했습니다. 잠시 뒤 다시 눌러 주세요."
HEAD = "정책실명제 사업내역서 초안입니다. 확인하고 결재를 받아 주세요."


def record_form(record: PolicyRecord, form_key: str) -> Block:
    """Everything that the office says of the year, and the press for the file."""
    blocks: list[Block] = []
    for field in RecordField:
        initial = record.texts.get(field, "")
        typed = {**text_input(text_block(field), initial=initial, limit=MAX_TEXT), "multiline": True}
        optional = field is not RecordField.NAME
        hint = _HINTS.get(field, "")
        blocks.append(input_block(text_block(field), field.label, typed, hint=hint, optional=optional))
    blocks.append(actions("record-row", [button(ids.RECORD_FILE, "저장된 대로 한글 파일 받기", str(record.year))]))
    blocks.append(context("record-note", f"{record.year}년 · 그간 있었던 일 {len(record.doings):,}건이 들어갑니다."))
    memo = json.dumps({"k": form_key, "y": record.year}, separators=(",", ":"))
    return modal(ids.RECORD_VIEW, "사업내역서", blocks, submit="저장", close="닫기", memo=memo)


def text_block(field: RecordField) -> str:
    """The block_id of a field."""
    return ids.numbered(ids.RECORD_TEXT, field.value)


def read_memo(text: str) -> tuple[str, int]:
    """Form key and year. Raises ValueError for what is not ours."""
    kept = json.loads(text)
    try:
        return str(kept["k"]), ids.read_year(kept["y"])
    except (KeyError, TypeError) as error:
        raise ValueError("not a form's memo") from error


def said(outcome: RecordKept | NotAllowed | Impossible) -> str:
    """In the form's place."""
    if isinstance(outcome, RecordKept):
        if not outcome.fresh:
            return "이미 저장한 내용입니다. 두 번 저장하지 않았습니다."
        return "저장했습니다. `/gwannae 정책실명제`에서 한글 파일을 받으실 수 있습니다. 앞의 내용도 남아 있습니다."
    return OFFICE_ALONE if isinstance(outcome, NotAllowed) else "그 사이 바뀌었습니다. 창을 다시 열어 주세요."


def errors(refused: RecordRefused) -> Mapping[str, str]:
    """The sentence at the field."""
    if refused.field is RecordField.NAME:
        return {text_block(refused.field): "정책사업명을 적어 주세요."}
    return {
        text_block(refused.field): f"{refused.line}번째 줄의 날짜를 읽지 못했습니다. 예) 2027. 1. 11. 추진계획 결재"
    }


def paper(record: PolicyRecord) -> Paper:
    """The record in the form of the city's own: name, background, outline, office, people, criteria, span, doings."""
    title = "정책실명제 사업내역서"

    def told(field: RecordField) -> str:
        return record.texts.get(field, "").replace("\n", " ") or _NOT_SAID

    facts = (
        ("정책사업명", told(RecordField.NAME)),
        ("추진배경", told(RecordField.BACKGROUND)),
        ("사업개요", told(RecordField.OUTLINE)),
        ("사업부서", record.office),
        ("담당자", told(RecordField.PEOPLE)),
        ("선정기준", told(RecordField.CRITERIA)),
        ("사업기간", told(RecordField.SPAN)),
    )
    rows = tuple((write_date(one.on), one.told, one.people) for one in record.doings)
    columns = (Column("일자", 22), Column("추진내용", 48), Column("관련자", 30))
    parts = (
        Line(title, Look.TITLE),
        Line(f"{record.office} · {write_day(record.made_on)}", Look.RIGHT),
        Facts(facts),
        Line(),
        Line("그간 주요 추진내용", Look.HEADING),
        Grid(columns, rows) if rows else Line("아직 없음"),
    )
    return Paper(
        f"정책실명제_사업내역서_{record.year}.hwpx", f"{record.year}년 {title}", record.office, record.made_on, parts
    )
