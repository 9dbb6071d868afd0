"""Programme values as JSON, for what is kept as a picture of a moment: judgements, histories."""

import dataclasses
import json
from datetime import date
from typing import Any

from gwannae.programme.facts import Fact
from gwannae.programme.purchases import ContractFacts, ContractMethod, Draft, Firm, PurchaseKind
from gwannae.programme.vendor_status import StateFact, VendorState
from gwannae.programme.vendors import (
    AddressKind,
    Certificate,
    CertificateKind,
    SizeFact,
    Vendor,
    VendorAddress,
)
from gwannae.programme.verdict import Judgement, Overtaken, Reason, Ruling, Verdict

_AS_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))  # `json.dumps` makes one at every call


def dump_json(value: object) -> str:
    """Write JSON with Hangul as it is: a third of the escaped length, and readable in the database."""
    return _AS_JSON.encode(value)


def vendor_json(vendor: Vendor) -> dict[str, Any]:
    """A vendor as a picture for its history; the tax office's answers have a history of their own."""
    picture = _plain(vendor)
    del picture["status"]
    return picture


def vendor_from(data: dict[str, Any]) -> Vendor:
    """The vendor of a picture."""
    return Vendor(
        **{
            **data,
            "makes": Fact(data["makes"]),
            "size": _size(data["size"]),
            "items": tuple(data["items"]),
            "addresses": tuple(_address(a) for a in data["addresses"]),
            "certificates": tuple(_certificate(c) for c in data["certificates"]),
            "as_of": _day(data["as_of"]),
            "kinds": tuple(PurchaseKind(kind) for kind in data.get("kinds", ())),  # older pictures have none
        }
    )


def judgement_json(judgement: Judgement) -> dict[str, Any]:
    """A judgement with all that it rested on."""
    return _plain(judgement)


def judgement_from(data: dict[str, Any]) -> Judgement:
    """The judgement of a picture."""
    return Judgement(
        verdict=Verdict(data["verdict"]),
        reasons=tuple(Reason(r) for r in data["reasons"]),
        rule_version=data["rule_version"],
        judged_for=date.fromisoformat(data["judged_for"]),
        address=None if data["address"] is None else _address(data["address"]),
        size=_size(data["size"]),
        state=_state(data.get("state")),  # pictures of before have none
        certificates=_held(data.get("certificates")),
        ruling=_ruling(data.get("ruling")),
        overtaken=_overtaken(data.get("overtaken")),
    )


def draft_json(draft: Draft) -> dict[str, Any]:
    """A draft as a picture for a purchase's history.

    Written by hand, for it runs once for every row of a file: `dataclasses.asdict` takes ten times as long.
    """
    firm, contract = draft.firm, draft.contract
    return {
        "form_key": draft.form_key,
        "organisation_id": draft.organisation_id,
        "title": draft.title,
        "kind": draft.kind.value,
        "method": draft.method.value,
        "firm": {
            "name": firm.name,
            "vendor_id": firm.vendor_id,
            "business_number": firm.business_number,
            "address": firm.address,
        },
        "item": draft.item,
        "amount": draft.amount,
        "contract_date": draft.contract_date.isoformat(),
        "contract": {
            "number": contract.number,
            "revision": contract.revision,
            "share": contract.share,
            "total": contract.total,
            "reason": contract.reason,
        },
    }


def draft_from(data: dict[str, Any]) -> Draft:
    """The draft of a picture."""
    return Draft(
        **{
            **data,
            "kind": PurchaseKind(data["kind"]),
            "method": ContractMethod(data["method"]),
            "firm": Firm(**data["firm"]),
            "contract_date": date.fromisoformat(data["contract_date"]),
            "contract": ContractFacts(**data.get("contract", {})),  # older pictures have none
        }
    )


def _plain(value: Any) -> dict[str, Any]:
    """A dataclass as JSON has it. By hand: `dataclasses.asdict` copies every leaf, and takes several times as long."""
    return {field.name: _leaf(getattr(value, field.name)) for field in dataclasses.fields(value)}


def _leaf(value: Any) -> Any:
    if value is None or isinstance(value, str | int):  # enumerations are texts
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return tuple(_leaf(one) for one in value)
    return _plain(value)


def _ruling(data: dict[str, Any] | None) -> Ruling | None:
    return None if data is None else Ruling(**{**data, "on": date.fromisoformat(data["on"])})


def _overtaken(data: dict[str, Any] | None) -> Overtaken | None:
    if data is None:
        return None
    ruling = _ruling(data["ruling"])
    assert ruling is not None
    return Overtaken(Verdict(data["verdict"]), ruling)


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _size(data: dict[str, Any]) -> SizeFact:
    return SizeFact(Fact(data["small"]), data["evidence"], _day(data["checked_on"]))


def _state(data: dict[str, Any] | None) -> StateFact | None:
    if data is None:
        return None
    checked_on = date.fromisoformat(data["checked_on"])
    return StateFact(VendorState(data["state"]), _day(data["closed_on"]), checked_on, data["source"])


def _address(data: dict[str, Any]) -> VendorAddress:
    return VendorAddress(
        **{
            **data,
            "kind": AddressKind(data["kind"]),
            "in_city": Fact(data["in_city"]),
            "since": _day(data["since"]),
            "until": _day(data["until"]),
        }
    )


def _held(data: list[dict[str, Any]] | None) -> tuple[Certificate, ...] | None:
    """None for a picture that is older than the keeping of certificates."""
    return None if data is None else tuple(_certificate(c) for c in data)


def _certificate(data: dict[str, Any]) -> Certificate:
    return Certificate(CertificateKind(data["kind"]), data["number"], _day(data["valid_from"]), _day(data["valid_to"]))
