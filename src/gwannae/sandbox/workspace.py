"""The pretend workspace itself: its people, channels and commands, and all that happens in it. In memory, bounded."""

from __future__ import annotations

import secrets
import time
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from .changes import Changes
from .clock_hand import ClockHand
from .faults import FaultPlan
from .file_shelf import FileShelf
from .message_log import MessageLog
from .passes import Passes
from .shared_files import SharedFile, SharedFiles
from .traffic import Traffic
from .values import Bot, Call, Channel, Command, FaultSeen, Fields, Json, Message, Person
from .view_desk import ViewDesk, with_block_ids

SCOPES = frozenset(
    {
        "app_mentions:read", "channels:history", "channels:read", "chat:write", "commands", "files:read", "files:write",
        "im:history", "im:read", "im:write", "team:read", "users:read", "users:read.email",
    }
)  # fmt: skip
SUBSCRIBED = frozenset({"app_home_opened", "app_mention", "file_shared", "message.im"})
KEPT_FAULTS = 200
KEPT_CALLS = 2_000
SLACKBOT = "USLACKBOT"


class Workspace:
    """One workspace with one app in it.

    `clock` gives seconds since 1970: it dates messages and decides when a trigger id or response address is too old.
    `subscribed` names the events that the app gets ("app_mention", "message.im", "message.channels",
    "app_home_opened", "file_shared", "member_joined_channel"). `notice` and `today` are shown on the page; with a
    `clock_hand` the day is the clock's own, and the page can set it forward. `examples` are lines that an empty place
    offers for the message box, e.g. "/localvendor 인쇄". Token and signing secret are made up afresh unless given.
    """

    def __init__(
        self,
        *,
        name: str,
        people: Iterable[Person],
        channels: Iterable[Channel],
        commands: Iterable[Command],
        team_id: str = "T0SANDBOX",
        domain: str = "sandbox",
        bot: Bot | None = None,
        bot_token: str | None = None,
        signing_secret: str | None = None,
        scopes: Iterable[str] = SCOPES,
        subscribed: Iterable[str] = SUBSCRIBED,
        notice: str = "",
        today: str = "",
        examples: Iterable[str] = (),
        clock: Callable[[], float] = time.time,
        clock_hand: ClockHand | None = None,
        zone: str = "Asia/Seoul",
    ) -> None:
        self.name = name
        self.team_id = team_id
        self.domain = domain
        self.bot = bot or Bot()
        self.bot_token = bot_token or f"xoxb-{secrets.token_hex(16)}"
        self.signing_secret = signing_secret or secrets.token_hex(16)
        self.scopes = frozenset(scopes)
        self.subscribed = frozenset(subscribed)
        self.notice = notice
        self.today = today
        self.examples = tuple(examples)
        self.clock = clock
        self.clock_hand = clock_hand
        self.zone = ZoneInfo(zone)
        self.people = {person.id: person for person in people}
        self.channels = {channel.id: channel for channel in channels}
        self.commands = tuple(commands)
        self.changes = Changes()
        self.messages = MessageLog(self.changes, clock)
        self.views = ViewDesk(self.changes, team_id, self.bot)
        self.passes = Passes(clock)
        self.files = SharedFiles()
        self.public_url = ""  # where this workspace is reached; addresses that it hands out begin with it
        self.faults = FaultPlan()
        self.dropped = FileShelf()
        self.traffic = Traffic()
        self.faults_seen: list[FaultSeen] = []
        self.calls: deque[Call] = deque(maxlen=KEPT_CALLS)
        self.toasts: dict[str, str] = {}
        self._dms: dict[str, Channel] = {}
        self._looked_at: dict[tuple[str, str], int] = {}
        self._chosen: dict[tuple[str, str], Fields] = {}

    # -- places -------------------------------------------------------------------------------------------------
    def open_dm(self, user: str) -> Channel:
        """The direct messages between this person and the bot, opened when they are first asked for."""
        if user not in self._dms:
            members = (user, self.bot.user_id)
            self._dms[user] = Channel(f"D{user[1:]}", self.bot.name, members=members, is_private=True, is_im=True)
        return self._dms[user]

    def place(self, channel: str) -> Channel | None:
        """A channel or an opened direct conversation, by its id."""
        found = self.channels.get(channel)
        return found or next((dm for dm in self._dms.values() if dm.id == channel), None)

    def channels_of(self, user: str) -> list[Channel]:
        """The channels in which this person is, in the order in which they were given."""
        return [channel for channel in self.channels.values() if user in channel.members]

    def may_see(self, user: str, channel: str) -> bool:
        place = self.place(channel)
        return place is not None and user in place.members

    def join(self, channel: str, user: str) -> None:
        """Put somebody (the bot, too) into a channel."""
        place = self.channels[channel]
        if user not in place.members:
            self.channels[channel] = replace(place, members=(*place.members, user))
            self.changes.add("places")

    def archive(self, channel: str) -> None:
        self.channels[channel] = replace(self.channels[channel], is_archived=True)
        self.changes.add("places")

    def name_of(self, user: str) -> str:
        if user == self.bot.user_id:
            return self.bot.name
        if user == SLACKBOT:
            return "Slack"
        person = self.people.get(user)
        return person.name if person else user

    @property
    def names(self) -> dict[str, str]:
        """The name to show for every id of a person, of the bot and of a channel that is not private."""
        people = {person.id: person.name for person in self.people.values()}
        channels = {channel.id: channel.name for channel in self.channels.values() if not channel.is_private}
        return {**people, self.bot.user_id: self.bot.name, **channels}

    # -- saying -------------------------------------------------------------------------------------------------
    def say(
        self,
        channel: str,
        user: str,
        text: str,
        *,
        blocks: Iterable[Json] = (),
        only_for: str | None = None,
        thread_ts: str | None = None,
        metadata: Json | None = None,
        from_slack: bool = False,
        files: Iterable[SharedFile] = (),
        dropped: Iterable[Json] = (),
    ) -> Message:
        """Put a message into a channel. `text` is mrkdwn with `&`, `<` and `>` escaped, as it goes over the wire."""
        message = Message(
            channel, self.messages.next_ts(), user, text,
            blocks=tuple(with_block_ids(blocks)), only_for=only_for,
            thread_ts=thread_ts, metadata=metadata, from_slack=from_slack, files=tuple(files), dropped=tuple(dropped),
        )  # fmt: skip
        return self.messages.add(message)

    def slack_says(self, channel: str, user: str, text: str) -> Message:
        """A line of Slack's own, which only this person sees."""
        return self.say(channel, SLACKBOT, text, only_for=user, from_slack=True)

    def toast(self, user: str, text: str) -> None:
        """A short line over the person's page. An empty text takes it away."""
        if text:
            self.toasts[user] = text
        elif self.toasts.pop(user, None) is None:
            return
        self.changes.add("toast", user=user)

    # -- keeping ------------------------------------------------------------------------------------------------
    def remember_fault(self, fault: FaultSeen) -> None:
        """Keep a fault of the bot's payloads; the page shows it, and tests hold `faults_seen` against an empty list."""
        self.faults_seen.append(fault)
        del self.faults_seen[:-KEPT_FAULTS]
        self.changes.add("faults")

    def forget_faults(self) -> None:
        self.faults_seen.clear()
        self.changes.add("faults")

    def choose(self, user: str, message: Message, fields: Fields) -> None:
        """Remember what a person has set in the controls of a message; Slack sends all of it with the next press."""
        self._chosen[(user, message.container)] = fields
        if len(self._chosen) > KEPT_CALLS:
            self._chosen.pop(next(iter(self._chosen)))

    def chosen(self, user: str, message: Message) -> Fields:
        return self._chosen.get((user, message.container), ())

    def look_at(self, user: str, channel: str) -> None:
        """The person has this channel open now: nothing in it is unread."""
        self._looked_at[(user, channel)] = self.changes.number

    def unread(self, user: str, channel: str) -> int:
        """How many messages of others have come since the person last looked."""
        since = self._looked_at.get((user, channel), 0)
        return sum(1 for m in self.messages.touched_since(since, channel, user) if m.user != user)

    # -- time ---------------------------------------------------------------------------------------------------
    def clock_moved(self) -> None:
        """Tell all pages that it is another day, or that other moments lie ahead."""
        self.changes.add("clock")

    def local_time(self, ts: str) -> datetime:
        """A message's time stamp in the workspace's time zone."""
        return datetime.fromtimestamp(float(ts), self.zone)
