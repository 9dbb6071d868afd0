"""What the lamp says: what is to be looked at, by which law and article, and that a person decides."""

from gwannae.messages.blocks import Block, divider, escape, section
from gwannae.messages.purchase_limits import LIMIT_NAMES, bound, cited
from gwannae.programme.amount import write_short, write_won
from gwannae.programme.city import LampRules, PurchaseLimit
from gwannae.programme.dates import write_day
from gwannae.programme.lamp import (
    AddsUp,
    Deal,
    Finding,
    LargeShare,
    LookFirst,
    NoLimit,
    OverCap,
    OverLimit,
    Subject,
    estimate,
)
from gwannae.programme.ratio import write_ratio_amount
from gwannae.programme.vendor_card import Bought

ASK = "판단은 계약 담당 부서와 상의해 주세요."


def lamp_blocks(look: LookFirst, rules: LampRules, press: str) -> list[Block]:
    """At the head of the form that comes back. `press` is the name of the button that sends it as it is."""
    lines = [f"• {finding_line(finding, look, rules)}" for finding in look.findings]
    head = (
        "*검토 필요 · 확인이 필요합니다*\n아직 저장하지 않았습니다. 적으신 내용은 아래에 그대로 있습니다.\n"
        f"{both_amounts(look.deal.amount)}"
    )
    end = f"{ASK} 이대로 두시려면 [{press}]를 누르시고, 고치실 것은 아래에서 고쳐 주세요."
    return [
        section("lamp-head", head),
        *(section(f"lamp-finding-{number}", line) for number, line in enumerate(lines)),
        section("lamp-end", end),
        divider("lamp-line"),
    ]


def both_amounts(amount: int) -> str:
    """An amount with VAT, and about what it is without: limits are about the second."""
    return f"계약금액 {write_won(amount)}(부가세 포함) · 추정가격 약 {write_won(estimate(amount))}(부가세 제외)"


def finding_line(finding: Finding, look: LookFirst, rules: LampRules) -> str:
    """One thing to look at, in a sentence, with its source."""
    if isinstance(finding, OverLimit):
        return f"추정가격이 {bound(finding.limit)}보다 큽니다. 검토 필요 · {_source(finding.limit)}"
    if isinstance(finding, NoLimit):
        return _unknown(finding, look.deal)
    if isinstance(finding, AddsUp):
        return _adds_up(finding, look, rules)
    if isinstance(finding, OverCap):
        bought = finding.bought
        return (
            f"이번 건까지 우리 시가 {look.deal.day.year}년에 이 업체에서 산 것이 {bought.number:,}건, "
            f"{write_short(bought.won)}입니다. 한 업체 연간 기준 {write_short(finding.cap.yearly_amount)}보다 큽니다. "
            f"검토 필요 · {escape(finding.cap.source)} 기준"
        )
    return _share(finding, look)


def _source(limit: PurchaseLimit) -> str:
    return cited(limit.law, limit.checked_on)


def _unknown(finding: NoLimit, deal: Deal) -> str:
    return (
        f"{write_day(deal.day)}의 {deal.kind.label} {LIMIT_NAMES[finding.kind]} 기준 금액이 도시 설정에 없어 "
        "견주지 못했습니다. 확인이 필요합니다."
    )


def _adds_up(finding: AddsUp, look: LookFirst, rules: LampRules) -> str:
    what = f"품목({escape(look.item)})" if finding.subject is Subject.ITEM else "업체"
    law = f"{cited(rules.law, rules.checked_on)} · " if rules.law and rules.checked_on else ""
    source = f"합산 검토 필요 · {law}{bound(finding.limit)}, {_source(finding.limit)}"
    if not look.own:
        return f"같은 {what}의 수의계약이 더 있습니다. 금액은 소속이 확인된 뒤에 보입니다. {source}"
    spans: list[str] = []
    for name, bought in (("최근 12개월", finding.twelve), (f"{look.deal.day.year}년", finding.year)):
        if bought.number and not (spans and bought == finding.twelve):
            spans.append(f"{name} {_times(bought)}, 이번 건을 더하면 {_summed(bought, look.deal)}입니다.")
    return f"같은 {what}의 수의계약: {' '.join(spans)} {source}"


def _times(bought: Bought) -> str:
    return f"{bought.number:,}건 {write_short(bought.won)}"


def _summed(bought: Bought, deal: Deal) -> str:
    total = bought.won + deal.amount
    return f"{write_short(total)}(추정가격 약 {write_short(estimate(total))})"


def _share(finding: LargeShare, look: LookFirst) -> str:
    asked = f"검토 필요 · 우리 시 설정 {finding.percent}%"
    if not look.own:
        return f"이 업체의 비중이 큽니다. 금액은 소속이 확인된 뒤에 보입니다. {asked}"
    return (
        f"이번 건까지 {look.deal.day.year}년 구매 금액 가운데 이 업체가 {write_ratio_amount(finding.share)}, "
        f"{finding.number:,}건입니다. {asked}"
    )
