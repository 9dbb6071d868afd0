"""Certificates of all firms by the day on which they end."""

from datetime import UTC, date, datetime

from gwannae.programme.vendors import Certificate, CertificateKind
from gwannae.storage import certificates, vendor_import, vendor_retirements
from gwannae.storage.database import Database
from tests.builders import OFFICER, a_vendor

NOW = datetime(2027, 6, 15, 1, 0, tzinfo=UTC)
DAY = date(2027, 6, 15)
WOMEN = CertificateKind.WOMEN


def test_those_that_end_soon_come_soonest_first_without_the_renewed_and_the_retired(database: Database) -> None:
    def firm(name: str, *held: Certificate) -> object:
        return a_vendor(name=name, business_number=None, certificates=held)

    firms = [
        firm("나중", Certificate(WOMEN, "나", None, date(2027, 8, 14))),
        firm("하루늦은", Certificate(WOMEN, "하", None, date(2027, 8, 15))),
        firm("가장먼저", Certificate(WOMEN, "가", date(2024, 6, 16), DAY)),
        firm("끝난", Certificate(WOMEN, "끝", None, date(2027, 6, 14))),
        firm(
            "새로받은",
            Certificate(WOMEN, "전", None, date(2027, 7, 1)),
            Certificate(WOMEN, "새", date(2027, 7, 2), date(2030, 7, 1)),
        ),
        firm("내린", Certificate(WOMEN, "내", None, date(2027, 7, 1))),
        firm("끝없는", Certificate(WOMEN, "무")),
    ]
    with database.write() as tx:
        ids = vendor_import.insert_vendors(tx, firms, at=NOW)  # type: ignore[arg-type]
        vendor_retirements.retire(tx, ids[5], DAY, "폐업", by=OFFICER, at=NOW)
        found = certificates.ending(tx, DAY, 60)
        assert [(e.vendor_name, e.certificate.number, e.days_left) for e in found] == [
            ("가장먼저", "가", 0),
            ("나중", "나", 60),
        ]
        assert found[0].certificate == Certificate(WOMEN, "가", date(2024, 6, 16), DAY)
        assert [e.vendor_id for e in certificates.ending(tx, DAY, 30)] == [ids[2]]
        assert certificates.ending(tx, date(2031, 1, 1), 60) == []
