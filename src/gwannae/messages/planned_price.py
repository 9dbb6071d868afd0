"""What a planned price in the words of a look-up makes worth looking at: the city's dated limits, never advice."""

from gwannae.messages.blocks import Block, section
from gwannae.messages.purchase_limits import limit_line
from gwannae.programme.amount import write_short
from gwannae.programme.city import City, PurchaseLimit, limits_on
from gwannae.programme.localvendor import LookUp

MOST_LIMITS = 6


def planned_blocks(found: LookUp, city: City) -> list[Block]:
    """A paragraph of the limits in force on the day of the answer; nothing where no amount was named."""
    lines = planned_lines(found, city)
    return [section("localvendor-planned", "\n".join(lines))] if lines else []


def planned_lines(found: LookUp, city: City) -> list[str]:
    """The paragraph line by line, in mrkdwn."""
    if found.planned is None or not found.cards:
        return []
    day = found.cards[0].judgement.judged_for
    held = set(found.query.certificates)
    limits = [x for x in limits_on(city.limits, day) if not x.certificates or held & set(x.certificates)]
    head = f"*예정 금액 {write_short(found.planned)}* · 업체 목록은 금액으로 거르지 않습니다."
    if not limits:
        lines = ["함께 볼 기준 금액이 도시 설정에 없습니다. 확인이 필요합니다. 계약 담당 부서와 상의해 주세요."]
    else:
        lines = [
            "검토 필요 · 부가가치세를 뺀 추정가격으로 아래 기준을 함께 보세요. 판단은 계약 담당 부서와 상의해 주세요."
        ]
        lines += [_line(limit, found.planned) for limit in sorted(limits, key=lambda x: x.amount)[:MOST_LIMITS]]
    return [head, *lines]


def _line(limit: PurchaseLimit, planned: int) -> str:
    above = " · *예정 금액이 이 금액보다 큽니다*" if planned > limit.amount else ""
    return f"• {limit_line(limit)}{above}"
