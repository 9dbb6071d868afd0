"""Sows what the city file names at first into an empty database: organisations and the office's people."""

from datetime import datetime

from gwannae.actions.organisations import link_named_channels
from gwannae.actions.toolkit import Toolkit
from gwannae.programme.audit import AuditEntry, AuditEvent
from gwannae.programme.organisations import COMMAND_LINE
from gwannae.storage import affiliations, audit, organisations


def seed_city(toolkit: Toolkit, now: datetime) -> bool:
    """Once: later changes belong to people, and the file does not undo them. Returns whether something was sown."""
    with toolkit.database.read() as tx:
        if organisations.all_organisations(tx, active_only=False):
            return False
    with toolkit.database.write() as tx:
        if organisations.all_organisations(tx, active_only=False):
            return False  # another process was faster
        organisations.save_organisations(tx, toolkit.city.organisations)
        link_named_channels(tx, COMMAND_LINE, toolkit.city.organisations, now)
        detail = {"city": toolkit.city.code, "organisations": len(toolkit.city.organisations)}
        audit.write(
            tx, AuditEntry(now, "", COMMAND_LINE.user_id, AuditEvent.CITY_SEEDED, f"city:{toolkit.city.code}", detail)
        )
    return True


def seed_people(toolkit: Toolkit, team_id: str, now: datetime) -> int:
    """Give the people of the city file their roles in a workspace, once it is known: those who have none there yet.

    Returns how many were given one. A person whose role was taken back in Slack does not get it again.
    """
    given = 0
    with toolkit.database.write() as tx:
        office = organisations.by_code(tx, toolkit.city.programme_office_code)
        for person in toolkit.city.people:
            if office is None:  # the database was sown from another file
                break
            if affiliations.ever_had(tx, team_id, person.slack_user, person.role):
                continue
            affiliations.add_affiliation(
                tx,
                team_id,
                person.slack_user,
                office.id,
                person.role,
                self_declared=False,
                since=now.date(),
                by=COMMAND_LINE,
            )
            subject = f"organisation:{office.id}"
            detail = {"user": person.slack_user, "role": person.role.value}
            audit.write(
                tx, AuditEntry(now, team_id, COMMAND_LINE.user_id, AuditEvent.AFFILIATION_GIVEN, subject, detail)
            )
            given += 1
    return given
