"""The OCDS release package: valid against the published schema, stable, and without anything about a person."""

import io
import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft4Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT4

from gwannae.documents.purchase_ocds import METHODS, write_ocds
from gwannae.programme.city import Publication
from gwannae.programme.purchase_export import ExportRow
from gwannae.programme.purchases import ContractMethod, Firm, PurchaseState
from tests.documents.exports import HEAD, a_row, a_year

SCHEMAS = Path(__file__).parent / "ocds"
PUBLICATION = Publication("ocds-a1b2c3", "https://data.garam.example/")


@pytest.fixture(scope="module")
def validator() -> Draft4Validator:
    """The published schema of a package, with that of its releases."""
    package, release = (
        json.loads((SCHEMAS / f"{name}.json").read_text("utf-8"))
        for name in ("release-package-schema", "release-schema")
    )
    registry: Registry[Any] = Registry().with_resource(release["id"], Resource(release, DRAFT4))
    return Draft4Validator(package, registry=registry)


def written(*rows: ExportRow) -> bytes:
    out = io.BytesIO()
    assert write_ocds(out, HEAD, rows, PUBLICATION) == len(rows)
    return out.getvalue()


def release(row: ExportRow) -> dict[str, Any]:
    return dict(json.loads(written(row))["releases"][0])


def test_a_year_is_valid_against_the_published_schema(validator: Draft4Validator) -> None:
    package = json.loads(written(*a_year()))
    assert len(package["releases"]) == 5
    assert [error.message for error in validator.iter_errors(package)] == []


@pytest.mark.parametrize("method", ContractMethod)
@pytest.mark.parametrize("state", PurchaseState)
def test_every_method_and_state_is_valid(
    validator: Draft4Validator, method: ContractMethod, state: PurchaseState
) -> None:
    package = json.loads(written(a_row(method=method, state=state, version=2)))
    assert [error.message for error in validator.iter_errors(package)] == []
    tender = package["releases"][0]["tender"]
    assert (tender.get("procurementMethod"), tender["procurementMethodDetails"]) == (METHODS.get(method), method.label)


def test_only_what_a_file_left_open_has_no_method() -> None:
    assert set(ContractMethod) - set(METHODS) == {ContractMethod.DIRECT, ContractMethod.UNSTATED}


@pytest.mark.parametrize(
    "broken", [("version", 1.1), ("publisher", "가람시"), ("releases", []), ("publishedDate", None)]
)
def test_the_schema_does_refuse_what_is_wrong(validator: Draft4Validator, broken: tuple[str, Any]) -> None:
    package = {**json.loads(written(a_row())), broken[0]: broken[1]}
    assert not validator.is_valid(package)


def test_the_schema_looks_into_releases(validator: Draft4Validator) -> None:
    package = json.loads(written(a_row()))
    package["releases"][0]["tender"]["procurementMethod"] = "수의"
    assert not validator.is_valid(package)


def test_a_release_says_who_bought_what_from_whom_for_how_much() -> None:
    said = release(a_row(7, firm=Firm("물빛인쇄", 3, "1234567891", "가람시 물빛구 은하로 12"), amount=1_100_000))
    assert (said["ocid"], said["id"]) == ("ocds-a1b2c3-garam-7", "ocds-a1b2c3-garam-7-1")
    assert said["buyer"] == {"id": "garam-roads", "name": "도로과"}
    assert said["tag"] == ["tender", "award", "contract"]
    award, contract = said["awards"][0], said["contracts"][0]
    assert award["value"] == contract["value"] == {"amount": 1_100_000, "currency": "KRW"}
    assert award["suppliers"] == [{"id": "KR-BRN-1234567891", "name": "물빛인쇄"}]
    assert contract["awardID"] == award["id"]
    assert contract["dateSigned"] == "2026-03-04T00:00:00+09:00"
    supplier = next(party for party in said["parties"] if party["roles"] == ["supplier"])
    assert supplier["identifier"] == {"scheme": "KR-BRN", "id": "1234567891", "legalName": "물빛인쇄"}


def test_an_ocid_stays_while_versions_go_on_and_tags_tell_what_happened() -> None:
    first, changed, cancelled = (
        release(a_row(7)),
        release(a_row(7, version=2)),
        release(a_row(7, version=3, state=PurchaseState.CANCELLED)),
    )
    assert len({said["ocid"] for said in (first, changed, cancelled)}) == 1
    assert len({said["id"] for said in (first, changed, cancelled)}) == 3
    assert changed["tag"] == ["tenderUpdate", "awardUpdate", "contractUpdate"]
    assert cancelled["tag"] == ["tenderCancellation", "awardCancellation", "contractTermination"]
    assert {cancelled["awards"][0]["status"], cancelled["contracts"][0]["status"]} == {"cancelled"}


def test_days_and_hours_are_those_of_the_citys_zone() -> None:
    package = json.loads(written(*a_year()))
    assert package["publishedDate"] == "2027-01-03T01:00:00+09:00"
    for said in package["releases"]:
        for moment in (said["date"], said["awards"][0]["date"], said["contracts"][0]["dateSigned"]):
            assert str(datetime.fromisoformat(moment).utcoffset()) == "9:00:00"


def test_a_firm_without_a_number_is_known_within_its_process_alone() -> None:
    said = release(a_row(7, firm=Firm("먼바다기획", address="하늘도 먼바다시 1")))
    supplier = next(party for party in said["parties"] if party["roles"] == ["supplier"])
    assert supplier == {"id": "ocds-a1b2c3-garam-7-supplier", "name": "먼바다기획", "roles": ["supplier"]}


def test_nothing_of_a_person_is_published() -> None:
    hidden = (
        "U0REPORTER",
        "T0GARAM",
        "은하로",
        "010-1234-5678",
        "010-2222-3333",
        "900101-1234567",
        "a.b@garam.example",
    )
    content = written(
        a_row(
            title="강사 010-1234-5678 900101-1234567",
            item="문의 a.b@garam.example",
            firm=Firm("물빛 010-2222-3333", 3, "1234567891", "가람시 물빛구 은하로 12"),
        )
    ).decode()
    assert [word for word in hidden if word in content] == []
    assert "강사 *** ***" in content


def test_the_same_purchases_are_the_same_bytes() -> None:
    assert written(*a_year()) == written(*a_year())


def test_a_package_without_a_release_is_not_written() -> None:
    assert written() == b""
