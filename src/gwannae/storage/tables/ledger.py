"""The ledger of what the clock posts: posts, their steps, how it is steered, and the pace that all processes share."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Column, ForeignKey, Index, Named, TypedColumns, UniqueConstraint

from gwannae.programme.ledger import PostState, Wish
from gwannae.storage.columns import one_of, stated, table


class PostColumns(TypedColumns):
    """One post; see `programme.ledger.Post`. Kinds and reasons are open lists, for they only grow.

    `edits` is the spelled key of the post whose message this one takes the place of. `reconcile_at`: when its channel
    is looked through for a second message of the same key.
    """

    id: Named[int] = Column(primary_key=True)
    kind: Named[str]
    period: Named[str]
    organisation: Named[str]
    recipient: Named[str]
    occurrence: Named[int]
    rehearsal: Named[bool]
    state: Named[str]
    planned_for: Named[datetime]
    due: Named[datetime]
    useful_until: Named[datetime]
    edits: Named[str | None]
    owner: Named[str | None]
    lease_until: Named[datetime | None]
    tries: Named[int]
    first_try_at: Named[datetime | None]
    look_first: Named[bool]
    team_id: Named[str]
    channel_id: Named[str]
    ts: Named[str]
    sent_at: Named[datetime | None]
    problem: Named[str]
    problem_at: Named[datetime | None]
    reason: Named[str | None]
    withdrawn_at: Named[datetime | None]
    wish: Named[str | None]
    reconcile_at: Named[datetime | None]


posts = table(
    "posts",
    PostColumns,
    # What makes a post that post: whatever else goes wrong, there is never a second row of one key.
    UniqueConstraint("kind", "period", "organisation", "recipient", "occurrence", "rehearsal", name="uq_posts_key"),
    stated("kind"),
    stated("period"),
    stated("recipient"),
    one_of("state", PostState),
    one_of("wish", Wish),
    CheckConstraint("occurrence >= 1", name="occurrence_from_one"),
    CheckConstraint("tries >= 0", name="tries_counted"),
    CheckConstraint("(owner IS NULL) = (lease_until IS NULL)", name="lease_ends"),
    CheckConstraint("(state = 'sending') = (owner IS NOT NULL)", name="sending_has_owner"),
    CheckConstraint("(state = 'sent') = (sent_at IS NOT NULL)", name="sent_at_known"),
    CheckConstraint("(state IN ('skipped', 'cancelled')) = (reason IS NOT NULL)", name="reason_given"),
    CheckConstraint("state NOT IN ('failed', 'asking') OR problem <> ''", name="problem_told"),
    Index("ix_posts_state", "state", "due"),
    Index("ix_posts_reconcile_at", "reconcile_at"),
    Index("ix_posts_wish", "wish"),
)


class PostStepColumns(TypedColumns):
    """What became of a post, step by step; rows are only added. The list of events is open."""

    id: Named[int] = Column(primary_key=True)
    post_id: Named[int] = Column(ForeignKey("posts.id"), index=True)
    at: Named[datetime]
    event: Named[str]
    detail: Named[dict[str, Any]] = Column(JSON)


post_steps = table("post_steps", PostStepColumns, stated("event"), Index("ix_post_steps_event", "event", "at"))


class PostingStateColumns(TypedColumns):
    """One row. `installation` names this database among others; until `started_at` all goes to the test channel.
    `recovered_at`: when it was seen that the database had forgotten something. `ticked_at`: the latest tick.
    `other_since`: since when another installation is seen to post into our workspace.
    """

    id: Named[int] = Column(primary_key=True)
    installation: Named[str]
    started_at: Named[datetime | None]
    test_team: Named[str]
    test_channel: Named[str]
    council_team: Named[str]
    council_channel: Named[str]
    recovered_at: Named[datetime | None]
    ticked_at: Named[datetime | None]
    other_since: Named[datetime | None]


posting_state = table("posting_state", PostingStateColumns, CheckConstraint("id = 1", name="one_row"))


class PostingPauseColumns(TypedColumns):
    """Everything (`what` "all", no value), one kind or one organisation (its code) waits until it is resumed."""

    what: Named[str] = Column(primary_key=True)
    value: Named[str] = Column(primary_key=True)
    since: Named[datetime]
    team_id: Named[str]
    user_id: Named[str]


posting_pauses = table(
    "posting_pauses",
    PostingPauseColumns,
    CheckConstraint("what IN ('all', 'kind', 'organisation')", name="what_known"),
    CheckConstraint("(what = 'all') = (value = '')", name="value_given"),
)


class PostingPaceColumns(TypedColumns):
    """When the next call may be made: to a workspace ("T1"), a channel of it ("T1/C1"), its history ("T1#history")."""

    place: Named[str] = Column(primary_key=True)
    next_at: Named[datetime]


posting_pace = table("posting_pace", PostingPaceColumns, stated("place"))
