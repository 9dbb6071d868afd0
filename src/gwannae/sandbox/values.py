"""The values of the pretend workspace: who is in it, where they talk, and what is said and opened there."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from .shared_files import SharedFile

Json = dict[str, Any]
"""A JSON object as it came over the wire."""

Fields = tuple[tuple[str, str], ...]
"""Names and values of a form's fields, in order, as a browser posts them."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who can be acted as. `role_label` is what the page shows under the name, e.g. "회계과 · 담당자".

    `channel` is the id of the channel at which the page opens for them, "" for the first of the list.
    """

    id: str
    name: str
    role_label: str = ""
    locale: str = "ko-KR"
    email: str = ""
    channel: str = ""


@dataclass(frozen=True, slots=True)
class Channel:
    """A place where messages stand: a channel, or (`is_im`) the direct messages of one person with the bot."""

    id: str
    name: str
    topic: str = ""
    members: tuple[str, ...] = ()
    is_private: bool = False
    is_archived: bool = False
    is_im: bool = False


@dataclass(frozen=True, slots=True)
class Command:
    """A slash command of the app, with the slash: `Command("/localvendor", "관내 업체 찾기", "[품목]")`."""

    name: str
    description: str = ""
    usage_hint: str = ""


@dataclass(frozen=True, slots=True)
class Bot:
    """The app under test, as the workspace knows it."""

    user_id: str = "U0GWANNAE"
    bot_id: str = "B0GWANNAE"
    app_id: str = "A0GWANNAE"
    name: str = "관내봇"


@dataclass(frozen=True, slots=True)
class Message:
    """One message. `only_for` names the one person who sees it (ephemeral); `from_slack` marks Slack's own lines."""

    channel: str
    ts: str
    user: str
    text: str
    blocks: tuple[Json, ...] = ()
    only_for: str | None = None
    edited: bool = False
    thread_ts: str | None = None
    metadata: Json | None = None
    from_slack: bool = False
    files: tuple[SharedFile, ...] = ()
    dropped: tuple[Json, ...] = ()

    @property
    def container(self) -> str:
        """The name under which a control of this message is posted back by the page."""
        return f"m:{self.channel}:{self.ts}"


@dataclass(frozen=True, slots=True)
class OpenView:
    """A form on somebody's screen, or somebody's Home tab.

    `body` is the view as Slack would hand it out (ids, hash, defaults filled in), `form` what the person has set so
    far, `errors` the sentence shown at each block, `trouble` a line over the whole form.
    """

    id: str
    user: str
    body: Json
    form: Fields = ()
    errors: tuple[tuple[str, str], ...] = ()
    trouble: str = ""

    @property
    def blocks(self) -> list[Json]:
        return list(self.body["blocks"])

    @property
    def container(self) -> str:
        """The name under which a control of this view is posted back by the page."""
        return f"h:{self.user}" if self.body["type"] == "home" else f"v:{self.id}"


@dataclass(frozen=True, slots=True)
class FaultSeen:
    """Something wrong in a payload of the bot: where it was sent, which part, Slack's code (or `house_rule`)."""

    method: str
    pointer: str
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Call:
    """One Web API call (or response_url post) of the bot, for tests to look at."""

    method: str
    params: Json = field(repr=False)
    answer: Json
