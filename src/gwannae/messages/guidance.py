"""연초 안내: one message to an organisation: last year's own figures, this year's rules in five lines, what is new."""

from collections.abc import Mapping
from typing import Any

from gwannae.messages import ids
from gwannae.messages.blocks import Block, actions, button, context, divider, escape, message, section
from gwannae.messages.figures import both_ratios
from gwannae.messages.new_year import with_note
from gwannae.programme.amount import write_short
from gwannae.programme.city import LimitKind, PurchaseLimit
from gwannae.programme.dates import write_day
from gwannae.programme.guidance import Guidance
from gwannae.programme.hangul import josa
from gwannae.programme.periods import Cycle
from gwannae.programme.purchases import PurchaseKind
from gwannae.programme.ratio import compare, write_ratio_count
from gwannae.programme.schemes import Scheme
from gwannae.programme.score_rules import formula_for
from gwannae.programme.vendors import AddressKind

LIMITS_SHOWN = 3
CHANGES_SHOWN = 8
FOUND_SHOWN = 10
_LIMITS = {LimitKind.DIRECT_CONTRACT: "수의계약", LimitKind.SINGLE_QUOTE: "견적 1건"}


def guidance(found: Guidance, *, tried: bool = False) -> Mapping[str, Any]:
    """The message. `tried`: it goes to one person of the office, to be looked at."""
    title = f"{found.year}년 지역상품 우선구매를 시작합니다"
    head = f"*{title}*\n{summary(found)}"
    blocks = [section("guidance-head", head), section("guidance-last", "\n".join(last_year(found)))]
    blocks.append(section("guidance-rules", "\n".join([f"*{found.year}년 규칙*", *rule_lines(found)])))
    if changed := change_lines(found):
        blocks.append(section("guidance-changes", "\n".join(["*바뀐 것*", *changed])))
    if found.registry.found:
        blocks.append(section("guidance-found", _found(found)))
    if found.file_link:
        blocks.append(section("guidance-file", f"📎 <{found.file_link}|{escape(found.city.name)} 관내 업체 목록.xlsx>"))
    if found.note:
        blocks.append(section("guidance-note", f"*{escape(found.city.programme_office)}에서*\n{escape(found.note)}"))
    blocks += [divider("guidance-line"), *_footer(found, tried)]
    said = message(f"{title}. {_plain(summary(found))}. {last_year(found)[0]}", blocks)
    return with_note(said, found.unsettled)


def summary(found: Guidance) -> str:
    """ "올해 바뀐 것 2가지 · 관내 업체 1,204곳(신규 87곳) · 기한은 매달 10일" """
    news = found.registry
    new = f"(신규 {news.new:,}곳)" if news.new else ""
    changed = f"바뀐 것 {found.changes.number:,}가지" if found.changes.number else "바뀐 규칙 없음"
    return f"{changed} · 관내 업체 {news.local:,}곳{new} · 기한은 {_due(found)}"


def last_year(found: Guidance) -> list[str]:
    """The organisation's own figures of the year before, by kind, and where it was lowest."""
    name = escape(found.organisation.name)
    if found.last is None:
        return [f"{name} 지난해: 보고된 구매가 없습니다."]
    lines = [f"{name} 지난해: {both_ratios(found.last.total)}{_lowest(found)}"]
    for kind in PurchaseKind:
        figures = found.last.by_kind.get(kind)
        if figures is not None and figures.by_count.whole:
            lines.append(f"{kind.label}: {both_ratios(figures)}")
    return lines


def rule_lines(found: Guidance, *, buttons: bool = True) -> list[str]:
    """This year's rules, five lines; `buttons`: the reader has them."""
    return [_local(found), _reports(found, buttons), _outside(found, buttons), _limits(found), _award(found)]


def change_lines(found: Guidance, *, buttons: bool = True) -> list[str]:
    """What became different, a line each; what there is no room for is counted."""
    changes = found.changes
    lines = []
    if changes.local is not None:
        lines.append(f"관내 기준: {write_day(changes.local.valid_from)}부터 {escape(changes.local.source)}")
    if changes.outside is not None:
        since = write_day(changes.outside.valid_from)
        lines.append(f"관외 사유: {since}부터 {write_short(changes.outside.at_least)} 이상이면 사유를 적습니다")
    lines += [f"{_limit(limit)}: {write_day(limit.valid_from)}부터" for limit in changes.limits_begun]
    lines += [_ended(_limit(limit), limit) for limit in changes.limits_ended]
    lines += [f"{_scheme(scheme)}: {write_day(scheme.valid_from)}부터" for scheme in changes.schemes_begun]
    lines += [_ended(_scheme(scheme), scheme) for scheme in changes.schemes_ended]
    if found.registry.ending:
        where = " 업체 카드에서" if buttons else ""
        lines.append(f"인증: 곧 끝나는 확인서 {found.registry.ending:,}건. 계약일에 유효한지{where} 확인해 주세요")
    shown = [f"• {line}" for line in lines[:CHANGES_SHOWN]]
    more = len(lines) - len(shown)
    return [*shown, f"• 그 밖에 {more:,}가지"] if more > 0 else shown


def _lowest(found: Guidance) -> str:
    assert found.last is not None
    judged = [(kind, figures.by_count) for kind, figures in found.last.by_kind.items() if figures.by_count.whole]
    if len(judged) < 2:
        return ""
    kind, ratio = judged[0]
    for other, its in judged[1:]:
        if compare(its, ratio) < 0:
            kind, ratio = other, its
    if all(compare(its, ratio) == 0 for _, its in judged):
        return ""
    return f", {kind.label}{josa(kind.label, '이/가')} 가장 낮았습니다(건수 {write_ratio_count(ratio)})"


def _due(found: Guidance) -> str:
    often = "분기 다음 달" if found.texts.cycle.report is Cycle.QUARTER else "매달"
    return f"{often} {found.city.calendar.due_day}일"


def _local(found: Guidance) -> str:
    rule = found.texts.local
    kinds = "·".join(kind.label for kind in AddressKind if kind in rule.addresses)
    months = f"{rule.residency_months}개월 넘게 " if rule.residency_months else ""
    size = " 중소기업·소상공인" if rule.size_matters else " 업체"
    city = escape(found.city.name)
    return f"1. 관내는 계약일에 {kinds} 소재지를 {months}{city}에 둔{size}입니다({escape(rule.source)})."


def _reports(found: Guidance, buttons: bool) -> str:
    confirm = "분기" if found.texts.cycle.confirm is Cycle.QUARTER else "달"
    nothing = "산 것이 없으면 [실적 없음]만 누릅니다" if buttons else "산 것이 없으면 없다고 알려 줍니다"
    return f"2. {_due(found)}까지 구매를 보고하고, {nothing}. 책임자는 {confirm}마다 확정합니다."


def _outside(found: Guidance, buttons: bool) -> str:
    rule = found.texts.outside
    if rule is None:
        return "3. 관외 업체에서 사실 때는 관내 업체를 먼저 찾아보고 그 결과를 남겨 두시면 좋습니다."
    least = f"{write_short(rule.at_least)} 이상 " if rule.at_least else ""
    beside = "검토한 관내 업체는 봇이 함께 남깁니다" if buttons else "검토한 관내 업체를 함께 적습니다"
    return f"3. {least}관외 구매에는 사유를 적습니다. {beside}({escape(rule.source)})."


def _limits(found: Guidance) -> str:
    shown = [_limit(limit) for limit in found.texts.limits[:LIMITS_SHOWN]]
    if not shown:
        return "4. 금액 기준은 계약 담당 부서에 확인해 주세요. 관내봇은 법률 자문이 아닙니다."
    laws: dict[str, list[str]] = {}
    for limit in found.texts.limits[:LIMITS_SHOWN]:
        named = laws.setdefault(write_day(limit.checked_on), [])
        if limit.law not in named:
            named.append(limit.law)
    law = " · ".join(f"{escape(', '.join(named))} 기준({day} 확인)" for day, named in laws.items())
    return f"4. 금액 기준(추정가격): {' · '.join(shown)}. {law}. 넘으면 확인이 필요합니다."


def _award(found: Guidance) -> str:
    calendar, order = found.city.calendar, [one.label for one in found.city.standings_order]
    months = f"{calendar.award_first_month}월부터 {calendar.award_last_month}월까지의"
    formula = formula_for(found.city.score_formulas, found.year)
    if formula is not None:
        parts = ", ".join(f"{rule.part.label} {rule.points}점" for rule in formula.parts)
        return f"5. 우수부서는 {months} 구매를 점수 순으로 봅니다: {parts}({escape(formula.source)})."
    then = "".join(f", 같으면 {word}" for word in order[1:2])
    return f"5. 우수부서는 {months} 구매를 {order[0]}{then} 순으로 봅니다. 건수와 금액을 늘 함께 보여 드립니다."


def _limit(limit: PurchaseLimit) -> str:
    kinds = "·".join(kind.label for kind in PurchaseKind if kind in limit.applies_to)
    held = "·".join(kind.label for kind in limit.certificates)
    which = f"{kinds}({held})" if held else kinds
    return f"{which} {_LIMITS[limit.kind]} {write_short(limit.amount)}"


def _scheme(scheme: Scheme) -> str:
    rate = f" {scheme.rate / 100:g}%" if scheme.rate else ""
    return f"{escape(scheme.label)}{rate}"


def _ended(what: str, dated: PurchaseLimit | Scheme) -> str:
    assert dated.until is not None
    return f"{what}: {write_day(dated.until)}까지"


def _found(found: Guidance) -> str:
    words = [escape(word) for word in found.registry.found[:FOUND_SHOWN]]
    more = len(found.registry.found) - len(words)
    tail = f" 외 {more:,}가지" if more > 0 else ""
    return f"*새로 찾은 관내 품목*\n찾으셨지만 없던 것을 찾았습니다: {', '.join(words)}{tail}"


def _footer(found: Guidance, tried: bool) -> list[Block]:
    row = [
        button(ids.GUIDANCE_FIND, "업체 찾기", style="primary"),
        button(ids.REPORT_OPEN, "구매 보고"),
        button(ids.CONTACTS_OPEN, "담당자 확인", str(found.organisation.id)),
        button(ids.GUIDANCE_FILE, "업체 목록 받기"),
        button(ids.HELP_OPEN, "무엇이 집계되나요"),
    ]
    stamp = f"업체 명부 {write_day(found.registry.as_of)} 자료" if found.registry.as_of else "업체 명부 날짜 미상"
    seen = "시험으로 나에게만 보낸 것입니다." if tried else "이 채널 모두에게 보입니다."
    return [actions("guidance-row", row), context("guidance-seen", f"{stamp} · {seen}")]


def _plain(text: str) -> str:
    return text.replace("*", "")
