"""What people write and whom they invite, and the events by which the bot hears of it."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable

from . import payloads, slack_words
from .file_shelf import HeldFile
from .requests_out import Caller
from .values import Json, Message
from .workspace import Workspace

_SCOPES = {
    "app_mention": "app_mentions:read",
    "file_shared": "files:read",
    "member_joined_channel": "channels:read",
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "message.im": "im:history",
}  # by the page of each event under docs.slack.dev/reference/events


class Sayings:
    def __init__(self, workspace: Workspace, caller: Caller) -> None:
        self._workspace = workspace
        self._caller = caller

    def say(self, user: str, channel: str, text: str) -> Message:
        """Put a person's words into a channel, as Slack stores them, and tell the bot."""
        place = self._workspace.place(channel)
        assert place is not None
        if place.is_archived:
            return self._workspace.slack_says(channel, user, slack_words.channel_archived())
        message = self._workspace.say(channel, user, self.as_stored(text))
        event: Json = {"type": "message", "user": user, "text": message.text, "ts": message.ts, "channel": channel}
        event |= {"team": self._workspace.team_id, "client_msg_id": f"{message.ts}-{user}".lower()}
        if place.is_im:
            self.tell("message.im", {**event, "channel_type": "im"})
        elif self._workspace.bot.user_id in place.members:
            kind = "group" if place.is_private else "channel"
            self.tell(f"message.{kind}s", {**event, "channel_type": kind})
            if f"<@{self._workspace.bot.user_id}>" in message.text:
                self.tell("app_mention", {**event, "type": "app_mention"})
        return message

    def share(self, user: str, channel: str, file: HeldFile, text: str = "") -> Message:
        """Put a file into a channel, with a word to it, and tell the bot where it is."""
        place = self._workspace.place(channel)
        assert place is not None
        described = self._workspace.dropped.described(file, self._workspace.public_url)
        message = self._workspace.say(channel, user, self.as_stored(text), dropped=(described,))
        event: Json = {"type": "message", "subtype": "file_share", "user": user, "text": message.text}
        event |= {"ts": message.ts, "channel": channel, "files": [described], "channel_type": "im"}
        if place.is_im:
            self.tell("message.im", event)
        if self._workspace.bot.user_id in place.members:
            shared = {"file_id": file.id, "user_id": user, "file": {"id": file.id}, "channel_id": channel}
            self.tell("file_shared", {"type": "file_shared", **shared})
        return message

    def invite(self, user: str, channel: str, guests: Iterable[str]) -> None:
        """Bring people or the bot into a channel, and tell the bot when it is a member itself."""
        names = []
        for guest in guests:
            self._workspace.join(channel, guest)
            names.append(self._workspace.name_of(guest))
            event = {"type": "member_joined_channel", "user": guest, "channel": channel, "channel_type": "C"}
            self.tell("member_joined_channel", {**event, "team": self._workspace.team_id, "inviter": user})
        place = self._workspace.place(channel)
        self._workspace.slack_says(
            channel, user, slack_words.invited(", ".join(names), place.name if place else channel)
        )

    def invite_by_line(self, user: str, channel: str, rest: str) -> None:
        """`/invite @name …` as typed."""
        guests = re.findall(r"<@(\w+)>", self.as_stored(rest))
        place = self._workspace.place(channel)
        if not guests or place is None or place.is_im:
            self._workspace.slack_says(channel, user, slack_words.invite_usage())
            return
        self.invite(user, channel, guests)

    def as_stored(self, text: str) -> str:
        """`&`, `<` and `>` escaped, `@name` of somebody known turned into a mention (the longest name first)."""
        stored = html.escape(text, quote=False)
        names = {person.name: person.id for person in self._workspace.people.values() if person.name}
        names[self._workspace.bot.name] = self._workspace.bot.user_id
        longest_first = sorted(names, key=len, reverse=True)
        pattern = "@(" + "|".join(re.escape(html.escape(name, quote=False)) for name in longest_first) + ")"
        return re.sub(pattern, lambda found: f"<@{names[html.unescape(found[1])]}>", stored)

    def tell(self, subscription: str, event: Json) -> None:
        """Deliver the event if the app has subscribed to its kind, which takes the scope for it."""
        needed = _SCOPES.get(subscription)
        granted = needed is None or needed in self._workspace.scopes
        if granted and subscription in self._workspace.subscribed:
            self._caller.deliver(payloads.event_callback(self._workspace, event))
