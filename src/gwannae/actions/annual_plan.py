"""추진 계획: the office keeps a year's plan, and anybody at the command line sees what is missing."""

from datetime import datetime

from gwannae.actions.permission import allowed
from gwannae.actions.toolkit import Toolkit
from gwannae.programme.affiliation import NotAllowed
from gwannae.programme.annual_plan import AnnualPlan, PlanReview, fed_by, review
from gwannae.programme.audit import AuditEntry, AuditEvent
from gwannae.programme.organisations import Actor
from gwannae.programme.roles import Deed
from gwannae.storage import annual_plans, audit


def plan_review(toolkit: Toolkit, year: int) -> PlanReview:
    """A year's plan with its versions, what feeds the year, and every gap."""
    with toolkit.database.read() as tx:
        return review(toolkit.city, year, annual_plans.of_year(tx, year))


def record_plan(toolkit: Toolkit, actor: Actor, plan: AnnualPlan, now: datetime) -> PlanReview | NotAllowed:
    """Keep the plan as the next version of its year; one that says the same as the latest, of the same settings, is not
    kept twice.
    """
    with toolkit.database.write() as tx:
        if not allowed(tx, actor, now, Deed.SETTLE_YEAR, f"plan:{plan.year}"):
            return NotAllowed()
        fed = fed_by(toolkit.city, plan.year)
        before = annual_plans.of_year(tx, plan.year)
        same = before and before[0].plan == plan and before[0].settings == {f.setting: f.fingerprint for f in fed}
        number = before[0].number + 1 if before else 1
        if not same and annual_plans.add(tx, number, plan, fed, by=actor, at=now):
            entry = AuditEntry(
                now, actor.team_id, actor.user_id, AuditEvent.PLAN_RECORDED, f"plan:{plan.year}", {"number": number}
            )
            audit.write(tx, entry)
        return review(toolkit.city, plan.year, annual_plans.of_year(tx, plan.year))
