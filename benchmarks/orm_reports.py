"""The peer of a purchase report: SQLAlchemy's ORM, one row and one summary upsert a transaction."""

import random
from datetime import timedelta

from sqlalchemy import BigInteger, Engine
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from benchmarks import registry


class Base(DeclarativeBase):
    """The peer's tables."""


class Report(Base):
    """Seven columns, two of them indexed."""

    __tablename__ = "bench_reports"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation: Mapped[int] = mapped_column(index=True)
    kind: Mapped[str]
    title: Mapped[str]
    vendor: Mapped[int]
    amount: Mapped[int] = mapped_column(BigInteger)
    day: Mapped[str] = mapped_column(index=True)


class Summary(Base):
    """What an organisation bought of a kind in a year."""

    __tablename__ = "bench_summaries"

    organisation: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]
    amount: Mapped[int] = mapped_column(BigInteger)


class OrmReports:
    """Reports by chance, one transaction each."""

    def __init__(self, engine: Engine, chance: random.Random) -> None:
        self._engine, self._chance = engine, chance
        self._insert = sqlite.insert if engine.dialect.name == "sqlite" else postgresql.insert
        self._number = 0

    def report(self) -> None:
        """Add one, and move its summary."""
        self._number += 1
        chance = self._chance
        day = registry.TODAY - timedelta(days=chance.randrange(3))
        organisation, kind = chance.randrange(20), chance.choice(("goods", "services", "works"))
        amount = chance.randrange(10, 2_000) * 10_000
        upsert = self._insert(Summary).values(
            organisation=organisation, kind=kind, year=day.year, number=1, amount=amount
        )
        added = {"number": Summary.number + 1, "amount": Summary.amount + upsert.excluded.amount}
        upsert = upsert.on_conflict_do_update(index_elements=["organisation", "kind", "year"], set_=added)
        with Session(self._engine) as session:
            session.add(
                Report(
                    organisation=organisation,
                    kind=kind,
                    title=f"현수막 제작 {self._number}",
                    vendor=chance.randrange(1, 1_000),
                    amount=amount,
                    day=day.isoformat(),
                )
            )
            session.execute(upsert)
            session.commit()
