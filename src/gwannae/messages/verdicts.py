"""Why a firm is 관내, 관외 or 미확인, in one line: used by cards, receipts and the explanation."""

from collections.abc import Sequence

from gwannae.messages.blocks import escape
from gwannae.programme.dates import write_day, write_month
from gwannae.programme.hangul import josa
from gwannae.programme.vendor_status import StateFact
from gwannae.programme.verdict import Judgement, LocalRule, Reason, Verdict

CONTRACT_DAY, NOW = "계약일", "지금"


def verdict_line(judgement: Judgement, firm: str, moment: str = CONTRACT_DAY) -> str:
    """A sentence such as "… 본점이 2021. 3.부터 …구에 있습니다(규모 미확인)." `firm` unescaped; `moment` says what day
    was asked about: a purchase's CONTRACT_DAY, or NOW where somebody only looks a firm up.
    """
    if judgement.ruling is not None:
        return f"총괄 부서가 {write_day(judgement.ruling.on)} 다시 판정했습니다: {escape(judgement.ruling.reason)}"
    reason = judgement.reasons[0] if judgement.reasons else Reason.ADDRESS_NONE
    outside = judgement.verdict is Verdict.OUTSIDE
    if outside:
        text = _outside(judgement, firm, moment)
    elif reason is Reason.ADDRESS_NONE:
        text = f"{escape(firm)}의 {moment} 소재지가 명부에 없어 확인이 필요합니다"
    else:
        text = _PLACE[reason](judgement, firm)
    size = _SIZE.get(judgement.reasons[-1]) if judgement.verdict is Verdict.LOCAL else None
    return f"{text}({size})." if size else f"{text}."


def overtaken_line(judgement: Judgement) -> str:
    """That the office's word was about facts which were changed since; "" where it was not."""
    if judgement.overtaken is None:
        return ""
    word, reason = judgement.overtaken.verdict.label, escape(judgement.overtaken.ruling.reason)
    return f"총괄 부서의 앞선 판정 *{word}*({reason})은 고치기 전 내용에 대한 것입니다."


def size_mark(judgement: Judgement) -> str | None:
    """The tag for a firm that counts as local although nobody has proof of its size."""
    return "규모 미확인" if Reason.SIZE_UNKNOWN in judgement.reasons else None


def evidence_lines(judgement: Judgement, rules: Sequence[LocalRule], day_word: str) -> list[str]:
    """What the verdict rests on, for somebody who has to show why. `day_word` says what day it was judged for."""
    rule = next((rule for rule in rules if rule.version == judgement.rule_version), None)
    source = f" · {escape(rule.source)}, {write_day(rule.valid_from)}부터" if rule else ""
    lines = [
        f"기준일: {write_day(judgement.judged_for)}({day_word})",
        f"적용 규칙: {escape(judgement.rule_version)}판{source}",
    ]
    if judgement.address:
        since = f" · {write_day(judgement.address.since)}부터" if judgement.address.since else ""
        until = f" {write_day(judgement.address.until)} 전까지" if judgement.address.until else ""
        place = escape(judgement.address.text) or "적혀 있지 않음"
        lines.append(f"소재지({judgement.address.kind.label}): {place}{since}{until}")
        lines.append(f"소재지 근거: {_source(judgement.address.evidence)}")
    size = {"yes": "중소기업·소상공인으로 확인", "no": "중소기업·소상공인이 아님", "unknown": "확인 전"}
    proof = f" · 근거: {_source(judgement.size.evidence)}" if judgement.size.evidence else ""
    checked = f" · {write_day(judgement.size.checked_on)} 자료" if judgement.size.checked_on else ""
    lines.append(f"규모: {size[judgement.size.small.value]}{proof}{checked}")
    if judgement.state:
        lines.append(_state_line(judgement.state))
    return lines


def _state_line(state: StateFact) -> str:
    closed = f"({write_day(state.closed_on)})" if state.closed_on else ""
    source = f" · {escape(state.source)}" if state.source else ""
    return f"휴폐업: {state.state.label}{closed}{source}, {write_day(state.checked_on)} 확인"


def _source(evidence: str) -> str:
    return _EVIDENCE.get(evidence) or escape(evidence) or "업체 명부"


_EVIDENCE = {
    "typed_by_reporter": "보고자가 적은 주소(명부에 없는 업체)",
    "city_named": "명부의 주소에 시 이름이 적혀 있음",
    "district_named": "명부의 주소에 구 이름이 적혀 있음",
    "neighbourhood_only_here": "명부의 주소에 시 이름은 없고 전국에서 이 시에만 있는 동 이름이 적혀 있음",
    "road_only_here": "명부의 주소에 시 이름은 없고 전국에서 이 시에만 있는 도로 이름이 적혀 있음",
    "other_province": "명부의 주소가 다른 시·도임",
    "other_city": "명부의 주소가 다른 시·군임",
    "conflict": "명부의 주소 안에서 지명이 서로 맞지 않음",
    "neighbourhood_only": "명부의 주소에 동이나 길 이름만 적혀 있음",
    "unreadable": "명부의 주소를 읽지 못함",
    "empty": "명부에 주소가 없음",
}


def _in_city(judgement: Judgement, firm: str) -> str:
    address = judgement.address
    assert address is not None
    where = escape(address.district or "관내")
    since = f"{write_month(address.since)}부터 " if address.since else ""
    return f"{escape(firm)}의 {address.kind.label}이 {since}{where}에 있습니다"


def _outside(judgement: Judgement, firm: str, moment: str) -> str:
    if shut := next((_SHUT[reason] for reason in judgement.reasons if reason in _SHUT), None):
        return shut(judgement, firm)
    if Reason.SIZE_LARGE in judgement.reasons:
        place = "의 소재지는 관내이지만" if Reason.ADDRESS_IN_CITY in judgement.reasons else josa(firm, "은/는")
        return f"{escape(firm)}{place} 중소기업·소상공인이 아닙니다"
    if Reason.SIZE_UNKNOWN in judgement.reasons:
        return f"{escape(firm)}의 소재지는 관내이지만 중소기업·소상공인이라는 자료가 없습니다"
    if Reason.RESIDENCE_TOO_SHORT in judgement.reasons:
        return f"{escape(firm)}의 소재지는 관내이지만 {moment}까지 정해진 기간이 지나지 않았습니다"
    return f"{escape(firm)}의 소재지가 관외입니다"


def _place(judgement: Judgement, firm: str) -> str:
    if Reason.RESIDENCE_UNKNOWN in judgement.reasons:
        return f"{escape(firm)}의 소재지는 관내이지만 언제부터인지 확인이 필요합니다"
    if judgement.verdict is Verdict.UNCONFIRMED:
        return f"{escape(firm)}의 소재지는 관내이지만 중소기업·소상공인인지 확인이 필요합니다"
    return _in_city(judgement, firm)


def _not_registered(_: Judgement, firm: str) -> str:
    return f"{escape(firm)}의 주소는 관내로 적혀 있으나 업체 명부에 없어 확인이 필요합니다"


def _closed(judgement: Judgement, firm: str) -> str:
    day = judgement.state.closed_on if judgement.state else None
    when = f" {write_day(day)}에" if day else ""
    return f"{escape(firm)}{josa(firm, '은/는')}{when} 폐업한 업체여서 {_consequence(judgement)}"


def _suspended(judgement: Judgement, firm: str) -> str:
    return f"{escape(firm)}{josa(firm, '은/는')} 휴업 중인 업체여서 {_consequence(judgement)}"


def _consequence(judgement: Judgement) -> str:
    return "관내로 보지 않습니다" if judgement.verdict is Verdict.OUTSIDE else "관내인지 확인이 필요합니다"


_SHUT = {Reason.CLOSED: _closed, Reason.SUSPENDED: _suspended}

_PLACE = {
    **_SHUT,
    Reason.ADDRESS_IN_CITY: _place,
    Reason.ADDRESS_UNREAD: lambda _, firm: f"{escape(firm)}의 주소를 읽지 못해 소재지 확인이 필요합니다",
    Reason.NOT_IN_REGISTRY: _not_registered,
}

_SIZE = {
    Reason.SIZE_UNKNOWN: "규모 미확인",
    Reason.SIZE_PROVEN: "중소기업·소상공인 확인",
}
