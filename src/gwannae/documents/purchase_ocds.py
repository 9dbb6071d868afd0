"""실적 as a release package of the Open Contracting Data Standard 1.1, for the city to publish.

One purchase is one contracting process with one release: its latest version. The reporter is left out, so is a firm's
address (a sole trader's may be a home), and numbers of people are struck out of free texts.
https://standard.open-contracting.org/1.1/en/
"""

import json
from collections.abc import Iterable
from datetime import date, datetime, time, tzinfo
from typing import Any, BinaryIO

from gwannae.programme.city import Publication
from gwannae.programme.personal_numbers import without_personal_numbers
from gwannae.programme.purchase_export import ExportHead, ExportRow
from gwannae.programme.purchases import ContractMethod, Draft, PurchaseState

CURRENCY = "KRW"
SUPPLIER_SCHEME = "KR-BRN"  # 사업자등록번호, by org-id.guide

# The standard's four words (codelist "method") for each 계약방법. A call-off under a framework that 조달청 awarded, and
# a purchase without quotes, go to a firm that the buyer picks: direct. Of a 수의계약 whose quotes nobody counted it is
# not known which of two it is, and of an unstated one nothing: those have no word, only their details.
METHODS: dict[ContractMethod, str] = {
    ContractMethod.DIRECT_SINGLE: "direct",
    ContractMethod.DIRECT_QUOTES: "limited",
    ContractMethod.OPEN_BID: "open",
    ContractMethod.RESTRICTED_BID: "selective",
    ContractMethod.NOMINATED_BID: "limited",
    ContractMethod.UNIT_PRICE: "direct",
    ContractMethod.MALL: "direct",
    ContractMethod.CARD: "direct",
}

_NEW = ("tender", "award", "contract")
_CHANGED = ("tenderUpdate", "awardUpdate", "contractUpdate")
_CANCELLED = ("tenderCancellation", "awardCancellation", "contractTermination")

Json = dict[str, Any]


def write_ocds(out: BinaryIO, head: ExportHead, rows: Iterable[ExportRow], publication: Publication) -> int:
    """Write the package into `out`; returns how many releases stand in it.

    The standard allows no package without a release: for no rows nothing is written. `publishedDate` is the last
    change of what stands in it, so that the same purchases give the same bytes.
    """
    count = 0
    latest: datetime | None = None
    for count, row in enumerate(rows, start=1):
        out.write(b'{"releases":[\n' if count == 1 else b",\n")
        out.write(_json(_release(head, row, publication)))
        latest = max(latest or row.purchase.changed_at, row.purchase.changed_at)
    if latest is not None:
        closing = _json({
            "version": "1.1",
            "uri": f"{publication.address}{_package_name(head)}.json",
            "publishedDate": _moment(latest, head),
            "publisher": {"name": head.city_name},
        })  # fmt: skip
        out.write(b"\n]," + closing[1:] + b"\n")
    return count


def _package_name(head: ExportHead) -> str:
    return f"{head.city_code}-{head.organisation.code if head.organisation else 'all'}-{head.year}"


def _release(head: ExportHead, row: ExportRow, publication: Publication) -> Json:
    purchase, draft = row.purchase, row.purchase.draft
    cancelled = purchase.state is PurchaseState.CANCELLED
    ocid = f"{publication.ocid_prefix}-{head.city_code}-{purchase.id}"
    buyer = {"id": f"{head.city_code}-{row.organisation.code}", "name": row.organisation.name}
    supplier = _supplier(draft, ocid)
    named = {"id": supplier["id"], "name": supplier["name"]}
    title = without_personal_numbers(draft.title)
    value = {"amount": draft.amount, "currency": CURRENCY}
    signed = _midnight(draft.contract_date, head.made_at.tzinfo)
    items = [{"id": "1", "description": without_personal_numbers(draft.item)}] if draft.item else []
    bought: Json = {"title": title, "value": value, **({"items": items} if items else {})}
    status = "cancelled" if cancelled else "active"
    return {
        "ocid": ocid,
        "id": f"{ocid}-{purchase.version}",
        "date": _moment(purchase.changed_at, head),
        "tag": list(_CANCELLED if cancelled else _NEW if purchase.version == 1 else _CHANGED),
        "initiationType": "tender",
        "language": "ko",
        "parties": [{**buyer, "roles": ["buyer", "procuringEntity"]}, supplier],
        "buyer": buyer,
        "tender": {
            "id": f"{ocid}-tender",
            "title": title,
            "status": "cancelled" if cancelled else "complete",
            "procuringEntity": buyer,
            "mainProcurementCategory": draft.kind.value,
            **({"procurementMethod": METHODS[draft.method]} if draft.method in METHODS else {}),
            "procurementMethodDetails": draft.method.label,
        },
        "awards": [{"id": f"{ocid}-award", "status": status, "date": signed, "suppliers": [named], **bought}],
        "contracts": [
            {"id": f"{ocid}-contract", "awardID": f"{ocid}-award", "status": status, "dateSigned": signed, **bought}
        ],
    }


def _supplier(draft: Draft, ocid: str) -> Json:
    number = draft.firm.business_number
    party: Json = {
        "id": f"{SUPPLIER_SCHEME}-{number}" if number else f"{ocid}-supplier",
        "name": without_personal_numbers(draft.firm.name),
        "roles": ["supplier"],
    }
    if number:
        party["identifier"] = {"scheme": SUPPLIER_SCHEME, "id": number, "legalName": party["name"]}
    return party


def _midnight(day: date, zone: tzinfo | None) -> str:
    return datetime.combine(day, time(), zone).isoformat()


def _moment(moment: datetime, head: ExportHead) -> str:
    return moment.astimezone(head.made_at.tzinfo).isoformat(timespec="seconds")


def _json(value: Json) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
