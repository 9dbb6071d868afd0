"""확인 등: gathers what the lamp asks about a report, inside the transaction that would store it."""

from collections.abc import Collection

from gwannae.programme.city import City, programme_year
from gwannae.programme.lamp import Deal, LookFirst, code_of, look
from gwannae.programme.purchases import DIRECT_METHODS, Draft
from gwannae.programme.verdict import Judgement, add_months
from gwannae.storage import purchase_sums
from gwannae.storage.database import Transaction


def look_first(
    tx: Transaction,
    city: City,
    draft: Draft,
    judgement: Judgement,
    *,
    seen: Collection[str],
    own: bool,
    besides: int = 0,
) -> LookFirst | None:
    """What the reporter should look at before it is stored; None where there is nothing that was not `seen` (codes of
    findings). `own`: the reporter may see sums of the organisation. `besides` is the purchase that is being changed.
    """
    deal = Deal(
        draft.kind,
        draft.method,
        draft.amount,
        draft.contract_date,
        frozenset(c.kind for c in judgement.certificates or ()),
    )
    if deal.method not in DIRECT_METHODS and city.vendor_cap is None and city.lamp.share_percent is None:
        return None  # a tender is looked at for cap and share alone
    sums = purchase_sums.before(
        tx,
        organisation_id=draft.organisation_id,
        item=draft.item,
        firm=draft.firm,
        day=deal.day,
        year_ago=add_months(deal.day, -12),
        year=programme_year(deal.day),
        besides=besides,
        whole=city.lamp.share_percent is not None,
    )
    findings = look(deal, sums, city.limits, city.lamp, city.vendor_cap)
    if all(code_of(finding) in seen for finding in findings):
        return None
    return LookFirst(deal, draft.item, findings, own)
