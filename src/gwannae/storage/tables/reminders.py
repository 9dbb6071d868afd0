"""Reminders that somebody put off, and the guidance of each year on its way out."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Column, ForeignKey, Named, TypedColumns, UniqueConstraint

from gwannae.programme.guidance import GuidanceState
from gwannae.programme.reminders import Audience
from gwannae.storage.columns import one_of, stated, table


class SnoozeColumns(TypedColumns):
    """An organisation's channel, or its lead, is reminded of a period again on `until`, and not before."""

    id: Named[int] = Column(primary_key=True)
    organisation_id: Named[int] = Column(ForeignKey("organisations.id"))
    period: Named[str]
    audience: Named[str]
    until: Named[date]
    pressed_at: Named[datetime]
    team_id: Named[str]
    user_id: Named[str]


snoozes = table(
    "snoozes",
    SnoozeColumns,
    # Two presses at once ask for the same day, and one of them finds it asked for.
    UniqueConstraint("organisation_id", "period", "audience", "until"),
    stated("period"),
    stated("user_id"),
    one_of("audience", Audience),
)


class GuidanceColumns(TypedColumns):
    """The guidance of one year: what the programme office adds in its own words, and whether it may go out.

    `version` moves with every change, so that nobody releases what they have not seen. `file_link`: the vendor
    directory in Slack.
    """

    year: Named[int] = Column(primary_key=True, autoincrement=False)
    state: Named[str]
    note: Named[str]
    version: Named[int]
    changed_at: Named[datetime]
    team_id: Named[str]
    user_id: Named[str]
    file_link: Named[str]


guidance = table(
    "guidance",
    GuidanceColumns,
    one_of("state", GuidanceState),
    stated("user_id"),
    CheckConstraint("version >= 1", name="version_from_one"),
)
