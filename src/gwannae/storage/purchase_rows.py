"""Between rows of `purchases` and the programme's values."""

from typing import Any

from sqlalchemy import Row, bindparam

from gwannae.programme.facts import Fact
from gwannae.programme.hangul import search_key
from gwannae.programme.purchases import (
    ContractFacts,
    ContractMethod,
    Draft,
    Firm,
    Origin,
    Purchase,
    PurchaseKind,
    PurchaseSource,
    PurchaseState,
)
from gwannae.programme.schemes import Evidence, evidence_of
from gwannae.programme.vendors import CertificateKind
from gwannae.programme.verdict import Judgement
from gwannae.storage.pictures import judgement_from, judgement_json
from gwannae.storage.tables.purchases import purchases

_NOT_KEPT = "?"

#: What counts: contract dates from `first` to `last`, both inclusive; cancelled reports count nowhere.
REPORTED_IN_SPAN = (
    purchases.c.state == PurchaseState.REPORTED.value,
    purchases.c.contract_date >= bindparam("first"),
    purchases.c.contract_date <= bindparam("last"),
)


def columns_of(draft: Draft, judgement: Judgement, picture: object = None) -> dict[str, Any]:
    """The columns that a form or a row of a file fills; `picture` is the judgement's, where it was made before."""
    return {
        "organisation_id": draft.organisation_id,
        "title": draft.title,
        "kind": draft.kind.value,
        "method": draft.method.value,
        "vendor_id": draft.firm.vendor_id,
        "firm_name": draft.firm.name,
        "firm_business_number": draft.firm.business_number,
        "firm_address": draft.firm.address,
        "item": draft.item,
        "amount": draft.amount,
        "contract_date": draft.contract_date,
        "verdict": judgement.verdict.value,
        "judgement": judgement_json(judgement) if picture is None else picture,
        "rule_version": judgement.rule_version,
        "evidence": evidence_word(evidence_of(judgement)),
        "item_key": search_key(draft.item),
        "contract_number": draft.contract.number,
        "contract_revision": draft.contract.revision,
        "share": draft.contract.share,
        "total_amount": draft.contract.total,
        "stated_reason": draft.contract.reason,
    }


def origin_columns(origin: Origin) -> dict[str, Any]:
    """The columns that say where a purchase came from."""
    return {
        "source": origin.source.value,
        "import_id": origin.import_id,
        "source_sheet": origin.sheet,
        "source_row": origin.row,
    }


def evidence_word(evidence: Evidence) -> str:
    """Size, then certificates in order of the alphabet: "yes:startup,women"; "unknown:?" where none were kept."""
    held = evidence.certificates
    return f"{evidence.small}:{_NOT_KEPT if held is None else ','.join(sorted(held))}"


def evidence_from(word: str) -> Evidence:
    """The other way round."""
    small, _, held = word.partition(":")
    kinds = None if held == _NOT_KEPT else frozenset(map(CertificateKind, filter(None, held.split(","))))
    return Evidence(Fact(small), kinds)


def purchase_of(row: Row[Any]) -> Purchase:
    """The programme's value of a row of `purchases`."""
    firm = Firm(row.firm_name, row.vendor_id, row.firm_business_number, row.firm_address)
    draft = Draft(
        row.form_key,
        row.organisation_id,
        row.title,
        PurchaseKind(row.kind),
        ContractMethod(row.method),
        firm,
        row.item,
        row.amount,
        row.contract_date,
        ContractFacts(row.contract_number, row.contract_revision, row.share, row.total_amount, row.stated_reason),
    )
    return Purchase(
        row.id,
        draft,
        judgement_from(row.judgement),
        PurchaseState(row.state),
        row.version,
        row.reporter_team,
        row.reporter_user,
        bool(row.self_declared),
        row.reported_at,
        row.changed_at,
        Origin(PurchaseSource(row.source), row.import_id, row.source_sheet, row.source_row),
    )
