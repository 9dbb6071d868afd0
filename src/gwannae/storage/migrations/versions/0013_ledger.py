"""The ledger of what the clock posts.

Frozen: a later change to a table is a step of its own.
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

_STATES = "state IN ('planned', 'sending', 'sent', 'failed', 'asking', 'skipped', 'cancelled')"


def upgrade() -> None:
    """Make the five tables; nothing is planned and nothing started yet."""
    _posts()
    _steps()
    _steering()


def _posts() -> None:
    op.create_table(
        "posts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("occurrence", sa.Integer(), nullable=False),
        sa.Column("rehearsal", sa.Boolean(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("planned_for", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due", sa.DateTime(timezone=True), nullable=False),
        sa.Column("useful_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("edits", sa.Text(), nullable=True),
        sa.Column("owner", sa.Text(), nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("first_try_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("look_first", sa.Boolean(), nullable=False),
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("channel_id", sa.Text(), nullable=False),
        sa.Column("ts", sa.Text(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("problem_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("wish", sa.Text(), nullable=True),
        sa.Column("reconcile_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("kind <> ''", name=op.f("ck_posts_kind_stated")),
        sa.CheckConstraint("period <> ''", name=op.f("ck_posts_period_stated")),
        sa.CheckConstraint("recipient <> ''", name=op.f("ck_posts_recipient_stated")),
        sa.CheckConstraint(_STATES, name=op.f("ck_posts_state_known")),
        sa.CheckConstraint("wish IN ('correct', 'withdraw')", name=op.f("ck_posts_wish_known")),
        sa.CheckConstraint("occurrence >= 1", name=op.f("ck_posts_occurrence_from_one")),
        sa.CheckConstraint("tries >= 0", name=op.f("ck_posts_tries_counted")),
        sa.CheckConstraint("(owner IS NULL) = (lease_until IS NULL)", name=op.f("ck_posts_lease_ends")),
        sa.CheckConstraint("(state = 'sending') = (owner IS NOT NULL)", name=op.f("ck_posts_sending_has_owner")),
        sa.CheckConstraint("(state = 'sent') = (sent_at IS NOT NULL)", name=op.f("ck_posts_sent_at_known")),
        sa.CheckConstraint(
            "(state IN ('skipped', 'cancelled')) = (reason IS NOT NULL)", name=op.f("ck_posts_reason_given")
        ),
        sa.CheckConstraint("state NOT IN ('failed', 'asking') OR problem <> ''", name=op.f("ck_posts_problem_told")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_posts")),
        sa.UniqueConstraint(
            "kind", "period", "organisation", "recipient", "occurrence", "rehearsal", name=op.f("uq_posts_key")
        ),
    )
    op.create_index("ix_posts_state", "posts", ["state", "due"])
    op.create_index("ix_posts_reconcile_at", "posts", ["reconcile_at"])
    op.create_index("ix_posts_wish", "posts", ["wish"])


def _steps() -> None:
    op.create_table(
        "post_steps",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.CheckConstraint("event <> ''", name=op.f("ck_post_steps_event_stated")),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name=op.f("fk_post_steps_post_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_post_steps")),
    )
    op.create_index(op.f("ix_post_steps_post_id"), "post_steps", ["post_id"])
    op.create_index("ix_post_steps_event", "post_steps", ["event", "at"])


def _steering() -> None:
    op.create_table(
        "posting_state",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("installation", sa.Text(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("test_team", sa.Text(), nullable=False),
        sa.Column("test_channel", sa.Text(), nullable=False),
        sa.Column("council_team", sa.Text(), nullable=False),
        sa.Column("council_channel", sa.Text(), nullable=False),
        sa.Column("recovered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ticked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("other_since", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("id = 1", name=op.f("ck_posting_state_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_posting_state")),
    )
    op.create_table(
        "posting_pauses",
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.CheckConstraint("what IN ('all', 'kind', 'organisation')", name=op.f("ck_posting_pauses_what_known")),
        sa.CheckConstraint("(what = 'all') = (value = '')", name=op.f("ck_posting_pauses_value_given")),
        sa.PrimaryKeyConstraint("what", "value", name=op.f("pk_posting_pauses")),
    )
    op.create_table(
        "posting_pace",
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("place <> ''", name=op.f("ck_posting_pace_place_stated")),
        sa.PrimaryKeyConstraint("place", name=op.f("pk_posting_pace")),
    )
