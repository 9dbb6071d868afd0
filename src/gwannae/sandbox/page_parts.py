"""The parts of the page, drawn from the workspace for one person looking at one place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from jinja2 import Environment, PackageLoader, select_autoescape
from markupsafe import Markup

from .drawing import draw_blocks
from .file_shelf import HeldFile
from .form_fields import grouped
from .mrkdwn import Reading, to_html, unescaped
from .state_values import read_state
from .values import Channel, Message, OpenView, Person
from .workspace import Workspace

HOME = "home"
WEEKDAYS = "월화수목금토일"


@dataclass(frozen=True, slots=True)
class Look:
    """Who looks at what: a person, and the id of a channel or direct conversation, or `home`."""

    person: Person
    at: str


@dataclass(frozen=True, slots=True)
class Line:
    """A message ready to be drawn. `day` is set on the first message of a day."""

    message: Message
    author: str
    kind: str
    initial: str
    time: str
    stamp: str
    body: Markup
    day: str


def face(user: str) -> int:
    """Which of the eight colours of faces this person has."""
    return sum(user.encode()) % 8


def written_day(day: date) -> str:
    """A day as the page writes it."""
    return f"{day.year}. {day.month}. {day.day}.({WEEKDAYS[day.weekday()]})"


class PageParts:
    """Draws. Everything that came from a person or the bot is escaped by Jinja or by the block drawing."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._jinja = Environment(
            loader=PackageLoader("gwannae.sandbox", "templates"),
            autoescape=select_autoescape(default=True),
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._jinja.filters["face"] = face
        self._jinja.filters["words"] = unescaped

    def look(self, user: str, at: str) -> Look | None:
        """The person and place that an address names; None where there is no such person. A place that the person may
        not see gives way to the one where the page opens for them."""
        person = self._workspace.people.get(user)
        if person is None:
            return None
        dm = self._workspace.open_dm(user)
        if at != HOME and not self._workspace.may_see(user, at):
            at = self._opens_at(person, dm)
        return Look(person, at)

    def turned_to(self, user: str, at: str) -> Look | None:
        """As `look`, when somebody is chosen to act as: who has a channel of their own is shown that; Home stays."""
        person = self._workspace.people.get(user)
        return self.look(user, person.channel if person and person.channel and at != HOME else at)

    def _opens_at(self, person: Person, dm: Channel) -> str:
        if self._workspace.may_see(person.id, person.channel):
            return person.channel
        own = self._workspace.channels_of(person.id)
        return own[0].id if own else dm.id

    # -- whole and parts ----------------------------------------------------------------------------------------
    def page(self, look: Look) -> str:
        changes = self._workspace.changes
        return self._draw(
            "page.html",
            look,
            place=self._place(look),
            commands=self._workspace.commands,
            seen=f"{changes.epoch}-{changes.number}",
            parts={name: Markup(getattr(self, name)(look)) for name in self.names},  # noqa: S704
        )

    @property
    def names(self) -> tuple[str, ...]:
        """The parts of a page: each is a method here and the id of an element there."""
        always = ("places", "main", "modal", "faults", "toast")
        return (*always, "today", "clock") if self._workspace.clock_hand else always

    def today(self, _: Look) -> str:
        """The day of a clock that can be set forward."""
        hand = self._workspace.clock_hand
        return written_day(hand.now().date()) if hand else ""

    def clock(self, look: Look) -> str:
        """How far it may be set."""
        return self._draw("clock.html", look, hand=self._workspace.clock_hand)

    def places(self, look: Look) -> str:
        """The channel list with what is unread."""
        user = look.person.id
        rows = [(place, self._workspace.unread(user, place.id)) for place in self._workspace.channels_of(user)]
        dm = self._workspace.open_dm(user)
        others = [person for person in self._workspace.people.values() if person.id != user]
        return self._draw(
            "places.html", look, rows=rows, dm=dm, dm_unread=self._workspace.unread(user, dm.id), others=others
        )

    def main(self, look: Look) -> str:
        """The messages of the place, or the Home tab."""
        return self.home(look) if look.at == HOME else self.messages(look)

    def messages(self, look: Look) -> str:
        """All messages that this person sees here."""
        lines: list[Line] = []
        last: date | None = None
        for message in self._workspace.messages.seen_by(look.person.id, look.at):
            lines.append(self._line(look, message, last))
            last = self._day(message)
        return self._draw("messages.html", look, lines=lines, place=self._place(look))

    def message(self, look: Look, message: Message, *, replaces: bool = False) -> str:
        """One message, with the day over it if it is the first of its day; `replaces` puts it in its own place."""
        seen = self._workspace.messages.seen_by(look.person.id, look.at)
        before = [m for m in seen if m.ts < message.ts]
        line = self._line(look, message, self._day(before[-1]) if before else None)
        return self._draw("message.html", look, line=line, replaces=replaces)

    def home(self, look: Look) -> str:
        view = self._workspace.views.home(look.person.id)
        body = self._view_body(view) if view else None
        return self._draw("home.html", look, body=body)

    def modal(self, look: Look) -> str:
        """The form on top of this person's stack; nothing when none is open."""
        stack = self._workspace.views.stack(look.person.id)
        if not stack:
            return ""
        view = stack[-1]
        return self._draw("modal.html", look, view=view, body=self._view_body(view), depth=len(stack))

    def faults(self, look: Look) -> str:
        return self._draw("faults.html", look, faults=self._workspace.faults_seen[-20:])

    def toast(self, look: Look) -> str:
        return self._draw("toast.html", look, text=self._workspace.toasts.get(look.person.id, ""))

    def field_file(self, field: str, file: HeldFile) -> str:
        """A chosen file inside a form: its name, and its id as the field's value."""
        return str(Markup("<input type='hidden' name='{}' value='{}'> {}").format(field, file.id, file.name))

    # -- inside -------------------------------------------------------------------------------------------------
    def _draw(self, template: str, look: Look, **more: Any) -> str:
        workspace = self._workspace
        return self._jinja.get_template(template).render(look=look, me=look.person, workspace=workspace, **more)

    def _place(self, look: Look) -> Channel:
        place = None if look.at == HOME else self._workspace.place(look.at)
        return place or self._workspace.open_dm(look.person.id)

    def _view_body(self, view: OpenView) -> Markup:
        return draw_blocks(
            view.blocks,
            surface=view.body["type"],
            container=view.container,
            people=self._workspace.names,
            zone=self._workspace.zone,
            errors=dict(view.errors),
            state=read_state(view.blocks, grouped(view.form)),
        )

    def _message_body(self, look: Look, message: Message) -> Markup:
        if not message.blocks:
            return to_html(message.text, Reading(self._workspace.names, self._workspace.zone))
        chosen = self._workspace.chosen(look.person.id, message)
        blocks = list(message.blocks)
        return draw_blocks(
            blocks,
            surface="message",
            container=message.container,
            people=self._workspace.names,
            zone=self._workspace.zone,
            state=read_state(blocks, grouped(chosen)),
        )

    def _line(self, look: Look, message: Message, last: date | None) -> Line:
        author = self._workspace.name_of(message.user)
        moment = self._workspace.local_time(message.ts)
        day = moment.date()
        return Line(
            message,
            author=author,
            kind="slack" if message.from_slack else "bot" if message.user == self._workspace.bot.user_id else "person",
            initial=author[:1],
            time=f"{moment:%H:%M}",
            stamp=moment.isoformat(timespec="seconds"),
            body=self._message_body(look, message),
            day="" if day == last else written_day(day),
        )

    def _day(self, message: Message) -> date:
        return self._workspace.local_time(message.ts).date()
