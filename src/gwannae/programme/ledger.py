"""The ledger of timed posts: what kinds there are."""

from enum import StrEnum


class PostKind(StrEnum):
    """What a timed post is about."""

    GUIDANCE = "guidance"
    REMINDER = "reminder"
    OVERDUE = "overdue"
    CONFIRMATION = "confirmation"
    CLOSING_COUNTDOWN = "closing_countdown"
    CLOSING = "closing"
    COUNCIL_PACKET = "council_packet"
    PRELIMINARY_STANDINGS = "preliminary_standings"
    FINAL_STANDINGS = "final_standings"
    ANNOUNCEMENT = "announcement"
    BONUS_POINTS = "bonus_points"
    HAND_OVER = "hand_over"
    WEEKLY_DIGEST = "weekly_digest"
    TROUBLE_DIGEST = "trouble_digest"
    PROJECT_REMINDER = "project_reminder"
