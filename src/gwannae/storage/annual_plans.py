"""추진 계획: versions of a year's plan, the latest first."""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Row, bindparam, select

from gwannae.programme.annual_plan import AnnualPlan, Fed, PlanVersion, Setting, Target
from gwannae.programme.organisations import Actor
from gwannae.programme.purchase_kind import PurchaseKind
from gwannae.storage.database import Transaction
from gwannae.storage.statements import insert_if_absent
from gwannae.storage.tables.annual_plans import annual_plans

_A = annual_plans.c
_OF_YEAR = select(annual_plans).where(_A.year == bindparam("of")).order_by(_A.number.desc())


def of_year(tx: Transaction, year: int) -> tuple[PlanVersion, ...]:
    """Every version of a year's plan, the latest first."""
    return tuple(_version(row) for row in tx.execute(_OF_YEAR, {"of": year}))


def add(tx: Transaction, number: int, plan: AnnualPlan, fed: tuple[Fed, ...], *, by: Actor, at: datetime) -> bool:
    """Keep a version; False if somebody else has taken its number meanwhile."""
    values = {
        "year": plan.year,
        "number": number,
        "plan": _told(plan),
        "settings": {one.setting.value: one.fingerprint for one in fed},
        "at": at.astimezone(UTC),
        "team_id": by.team_id,
        "user_id": by.user_id,
    }
    return tx.execute(insert_if_absent(tx, annual_plans, "id"), values).first() is not None


def _told(plan: AnnualPlan) -> dict[str, Any]:
    return {
        "goals": list(plan.goals),
        "targets": [[t.kind and t.kind.value, t.by_count, t.by_amount] for t in plan.targets],
        "awards": list(plan.awards),
        "document": plan.document,
        "approved_on": plan.approved_on and plan.approved_on.isoformat(),
        "people": list(plan.people),
    }


def _version(row: Row[Any]) -> PlanVersion:
    told = row.plan
    plan = AnnualPlan(
        row.year,
        tuple(told["goals"]),
        tuple(Target(kind and PurchaseKind(kind), count, amount) for kind, count, amount in told["targets"]),
        tuple(told["awards"]),
        told["document"],
        date.fromisoformat(told["approved_on"]) if told["approved_on"] else None,
        tuple(told["people"]),
    )
    settings = {Setting(name): mark for name, mark in row.settings.items()}
    return PlanVersion(row.number, plan, settings, row.at, row.user_id)
