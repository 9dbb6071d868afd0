"""Why the made-up outside purchases went outside: most have a reason, the latest wait for one."""

from collections.abc import Sequence

from gwannae.bot.demo_year.chance import pick
from gwannae.bot.demo_year.purchases import DemoPurchase
from gwannae.programme.city import City
from gwannae.programme.facts import Fact
from gwannae.programme.organisations import Actor
from gwannae.programme.outside_reasons import (
    MOST_CANDIDATES,
    Candidate,
    Looked,
    OutsideReason,
    ReasonCode,
    needs_reason,
)
from gwannae.programme.purchases import Purchase
from gwannae.programme.vendors import Vendor
from gwannae.storage import outside_reasons
from gwannae.storage.database import Transaction

WAITING = 6  # the last so many still wait, so that the list is not empty

_BESIDE_FIRMS = (
    (ReasonCode.PRICE, "관내 업체 2곳의 견적이 예산보다 높았습니다."),
    (ReasonCode.COMPATIBILITY, "이미 쓰고 있는 장비와 맞는 제품이 이 업체뿐이었습니다."),
    (ReasonCode.UNIT_PRICE, "조달 단가계약에 오른 규격이 이 업체 제품뿐이었습니다."),
    (ReasonCode.COMPETITIVE_BID, "경쟁입찰의 낙찰자입니다."),
)
_ALONE = (
    (ReasonCode.NO_LOCAL_FIRM, "취급하는 관내 업체를 명부에서 찾지 못했습니다."),
    (ReasonCode.NO_ITEM, "관내에서 만들거나 파는 곳이 없었습니다."),
)


def sow_reasons(
    tx: Transaction,
    city: City,
    team_id: str,
    stored: Sequence[tuple[DemoPurchase, Purchase]],
    vendors: Sequence[Vendor],
) -> None:
    """A reason for each stored purchase that the city asks about, but for the last of them."""
    asked = [(made, kept) for made, kept in stored if needs_reason(city.outside_rules, kept)]
    for made, kept in asked[: -WAITING or None]:
        item = kept.draft.item or kept.draft.title
        found = [v for v in vendors if item in v.items and v.head_office and v.head_office.in_city is Fact.YES]
        candidates = tuple(Candidate(v.id, v.name) for v in found[:MOST_CANDIDATES])
        looked = Looked(item, made.reported_at.date(), candidates, len(found))
        code, sentence = pick(_BESIDE_FIRMS if found else _ALONE, "reason", kept.draft.form_key)
        by = Actor(team_id, made.reporter.user_id)
        reason = OutsideReason(code, sentence, looked, made.reported_at, by.team_id, by.user_id)
        outside_reasons.add(tx, kept.id, reason, f"report:{kept.draft.form_key}")
