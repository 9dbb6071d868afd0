"""The golden year put into a database: firms as the registry keeps them, rows judged by the program, confirmations."""

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from gwannae.actions.toolkit import Toolkit
from gwannae.bot.start import toolkit_for
from gwannae.programme.city import City
from gwannae.programme.confirmations import Confirmation
from gwannae.programme.contract_identity import split_by_share
from gwannae.programme.facts import Fact
from gwannae.programme.organisations import COMMAND_LINE
from gwannae.programme.outside_reasons import Looked, OutsideReason, ReasonCode
from gwannae.programme.periods import Cycle, Period
from gwannae.programme.purchases import ContractFacts, Firm, PurchaseKind
from gwannae.programme.vendors import Certificate, CertificateKind, SizeFact, Vendor, VendorAddress
from gwannae.programme.verdict import judge, rule_on
from gwannae.storage import confirmations, organisations, outside_reasons, purchases
from gwannae.storage.database import Transaction
from tests.builders import a_draft, a_vendor, an_address
from tests.scored_city import scored_city

ROWS = Path(__file__).parent / "purchases.csv"
YEAR = 2027
FORMULA = """
[[score]]
from_year = 2027
total = 100
parts = [
    { part = "effective_amount", points = 40 },
    { part = "effective_count", points = 20 },
    { part = "improvement", points = 20, full_at = "10.0" },
    { part = "goods_and_services", points = 10 },
    { part = "punctual", points = 10 },
    { part = "additions", points = 3 },
]
floor = { contracts = 2, amount = 1_000_000 }
groups = [
    { name = "부서·의회", kinds = ["division", "council"] },
    { name = "기관·공사", kinds = ["institution", "corporation"] },
]
tie_breaks = ["effective_amount_ratio", "effective_count_ratio", "local_amount"]
source = "햇님시 2027년 추진계획(지어낸 것)"
"""
_MORE = "".join(
    f'\n[[organisations]]\ncode = "{code}"\nname = "{name}"\nkind = "division"\n'
    for code, name in (("water", "물길과"), ("trees", "나무심기과"), ("forest", "도시숲과"), ("library", "도서관"))
)
_SMALL = SizeFact(Fact.YES, "중소기업확인서")
_OLD = date(2020, 3, 1)
_WOMEN = Certificate(CertificateKind.WOMEN, "W-7", date(2026, 7, 1), date(2027, 6, 30))
_SHARES = (6000, 4000)
CONFIRM = ("roads", "water", "economy", "trees", "forest")


def golden_city() -> City:
    return scored_city(FORMULA + _MORE)


def _here(**changes: object) -> VendorAddress:
    return an_address(text="가람도 햇님시 솔숲구 은하로 12", district="솔숲구", since=_OLD, **changes)


def _away(**changes: object) -> VendorAddress:
    away = {"text": "부산광역시 어디구 먼길 1", "district": None, "in_city": Fact.NO, "evidence": "other_province"}
    return an_address(**{**away, **changes})


FIRMS: dict[str, Vendor] = {
    "은하상사": a_vendor(name="은하상사", size=_SMALL, addresses=(_here(),)),
    "여울인쇄": a_vendor(name="여울인쇄", size=_SMALL, addresses=(_here(),), certificates=(_WOMEN,)),
    "이사문구": a_vendor(
        name="이사문구", size=_SMALL, addresses=(_here(until=date(2027, 6, 10)), _away(since=date(2027, 6, 10)))
    ),
    "새터공방": a_vendor(
        name="새터공방",
        size=_SMALL,
        addresses=(an_address(text="가람도 햇님시 솔숲구 은하로 3", since=date(2027, 3, 1)),),
    ),
    "아직상회": a_vendor(name="아직상회", size=SizeFact(), addresses=(_here(),)),
    "먼데상회": a_vendor(name="먼데상회", size=_SMALL, addresses=(_away(),)),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the paper: a contract, or one firm's part of a joint one, with the verdict that it should get."""

    organisation: str
    day: date
    kind: PurchaseKind
    item: str
    firm: str
    amount: int
    share: int | None
    reason: str
    verdict: str


def rows() -> Iterator[Row]:
    with ROWS.open(encoding="utf-8", newline="") as file:
        for told in csv.DictReader(file):
            firms, parts = told["firm"].split("|"), [int(part) for part in told["amount"].split("|")]
            shares: tuple[int | None, ...] = _SHARES if len(firms) > 1 else (None,)
            if len(firms) > 1:  # the paper's parts are what the program makes of the shares
                assert split_by_share(sum(parts), _SHARES) == parts
            for firm, part, share, verdict in zip(firms, parts, shares, told["verdict"].split("|"), strict=True):
                day, kind = date.fromisoformat(told["day"]), PurchaseKind(told["kind"])
                yield Row(
                    told["organisation"], day, kind, told["item"], firm, part, share, told["reason"], verdict
                )  # fmt: skip


@contextmanager
def golden_year(database_url: str, now: datetime) -> Iterator[Toolkit]:
    """The year as it stands on the morning of `now`."""
    with toolkit_for(golden_city(), database_url, lambda: now) as toolkit:
        with toolkit.database.write() as tx:
            for row in rows():
                _store(tx, toolkit.city, row, now)
            for code in CONFIRM:
                _confirm(tx, toolkit.city, code)
        yield toolkit


def _store(tx: Transaction, city: City, row: Row, now: datetime) -> None:
    firm = FIRMS[row.firm]
    rule = rule_on(city.local_rules, row.day)
    judgement = judge(firm.addresses, firm.size, row.day, rule, certificates=firm.certificates or ())
    draft = a_draft(
        organisation_id=_id(tx, row.organisation),
        kind=row.kind,
        item=row.item,
        amount=row.amount,
        contract_date=row.day,
        firm=Firm(row.firm, address=firm.addresses[0].text),
        contract=ContractFacts(share=row.share),
    )
    made = purchases.add(tx, draft, judgement, actor=COMMAND_LINE, self_declared=False, at=now - timedelta(days=20))
    if row.reason:
        reason = OutsideReason(ReasonCode(row.reason), "까닭", Looked("", row.day), now, "T", "U")
        outside_reasons.add(tx, made.id, reason, f"golden-{made.id}")


def _confirm(tx: Transaction, city: City, code: str) -> None:
    """Every month that counts, on the fifth of the next one; 길가꿈과 is two weeks late with July."""
    for month in range(2, 11):
        late = code == "roads" and month == 7
        day = (
            datetime(YEAR, month + 2, 15, 10, tzinfo=city.zone)
            if late
            else datetime(YEAR, month + 1, 5, 10, tzinfo=city.zone)
        )
        made = Confirmation(1, "0" * 64, 1, 1, 0, day, "T", "U")
        period = Period(YEAR, Cycle.MONTH, month)
        assert confirmations.add(tx, _id(tx, code), period.key, made, by=COMMAND_LINE)


def _id(tx: Transaction, code: str) -> int:
    found = organisations.by_code(tx, code)
    assert found is not None, code
    return found.id
