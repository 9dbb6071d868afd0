"""The window "이력": who did what to a report, when, and what changed, before and after."""

from datetime import date

from gwannae.messages import ids
from gwannae.messages.blocks import Block, context, escape, modal, section
from gwannae.programme.amount import write_won
from gwannae.programme.business_number import write_business_number
from gwannae.programme.dates import write_date, write_time
from gwannae.programme.organisations import COMMAND_LINE, Organisation
from gwannae.programme.purchase_history import History, HistoryEntry, Part, PartChange, Step
from gwannae.programme.purchases import ContractMethod, PurchaseKind
from gwannae.programme.verdict import Verdict

ENTRIES_SHOWN = 60

_STEPS = {
    Step.REPORTED: "보고",
    Step.CHANGED: "고침",
    Step.CANCELLED: "취소",
    Step.RESTORED: "되살림",
    Step.REJUDGED: "다시 판정",
}
_PARTS = {
    Part.ORGANISATION: "부서·기관",
    Part.TITLE: "계약명",
    Part.FIRM: "업체",
    Part.NUMBER: "사업자등록번호",
    Part.ADDRESS: "업체 소재지",
    Part.AMOUNT: "계약금액",
    Part.CONTRACT_DATE: "계약일",
    Part.KIND: "구분",
    Part.METHOD: "계약방법",
    Part.ITEM: "품목",
    Part.VERDICT: "판정",
    Part.RULE: "적용 규칙",
}


def window(history: History, team_id: str) -> Block:
    """All versions, latest first. `team_id`: whose screen it is, for people of other workspaces have no name here."""
    draft = history.purchase.draft
    shown = history.entries[:ENTRIES_SHOWN]
    blocks = [
        section("history-head", f"*{escape(draft.title)}* · 보고 번호 {history.purchase.id}"),
        *(section(ids.numbered("history", e.version), _entry(e, history, team_id)) for e in shown),
    ]
    rest = len(history.entries) - len(shown)
    more = f"앞선 {rest:,}번의 이력은 총괄 부서에 물어보세요. " if rest else ""
    blocks.append(context("history-note", f"{more}고친 내용은 지워지지 않고 모두 남습니다."))
    return modal(ids.HISTORY_VIEW, "이력", blocks)


def person(team_id: str, user_id: str, seen_from: str) -> str:
    """Somebody as a mention, where the one who reads is of the same workspace."""
    if user_id == COMMAND_LINE.user_id and not team_id:
        return "관리자(명령줄)"
    return f"<@{user_id}>" if team_id == seen_from else f"`{user_id}` (작업 공간 {team_id})"


def _entry(entry: HistoryEntry, history: History, team_id: str) -> str:
    when = f"{write_date(entry.at.date())} {write_time(entry.at)}"
    head = f"*{_STEPS[entry.step]}* · {when} · {person(entry.by_team, entry.by_user, team_id)}"
    changes = [_change(change, history.organisations) for change in entry.changes]
    if not changes and entry.step is Step.CHANGED:
        changes = ["바뀐 내용 없이 다시 저장했습니다."]
    reason = [f"• 사유: {escape(entry.reason)}"] if entry.reason else []
    return "\n".join([head, *changes, *reason])


def _change(change: PartChange, organisations: tuple[Organisation, ...]) -> str:
    before, after = (_written(change.part, value, organisations) for value in (change.before, change.after))
    return f"• {_PARTS[change.part]}: {before} → {after}"


def _written(part: Part, value: object, organisations: tuple[Organisation, ...]) -> str:
    if part is Part.ORGANISATION:
        return next((escape(o.name) for o in organisations if o.id == value), str(value))
    if isinstance(value, PurchaseKind | ContractMethod | Verdict):
        return value.label
    if isinstance(value, date):
        return write_date(value)
    if isinstance(value, int):
        return write_won(value)
    if part is Part.NUMBER and value:
        return write_business_number(str(value))
    return escape(str(value)) or "(없음)"
