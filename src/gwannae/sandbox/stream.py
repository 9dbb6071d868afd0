"""Keeps an open page up to date: what has changed is drawn and sent as server-sent events."""

from __future__ import annotations

from collections.abc import AsyncIterator

from .changes import Change
from .message_log import MessageLog
from .page_parts import HOME, Look, PageParts
from .workspace import Workspace

KEEPALIVE_SECONDS = 15.0


async def follow(workspace: Workspace, parts: PageParts, look: Look, seen: str) -> AsyncIterator[str]:
    """Events for one page, until the reader goes away or the workspace closes.

    `seen` is `epoch-number` of the state that the page shows. A page that is behind gets all its parts at once, so it
    does not matter how long it was away; from then on it gets what changes.
    """
    changes = workspace.changes
    number = changes.number
    yield "retry: 1000\n\n"
    nav = parts.places(look)
    if seen != f"{changes.epoch}-{number}":
        yield _event(workspace, number, _everything(parts, look))
    while not changes.closed:
        if not await changes.wait(number, KEEPALIVE_SECONDS):
            yield ": still here\n\n"
            continue
        news, number = changes.since(number), changes.number
        if look.at != HOME:
            workspace.look_at(look.person.id, look.at)
        pieces = _everything(parts, look) if news is None else _pieces(workspace.messages, parts, look, news)
        before, nav = nav, parts.places(look)
        if news is not None and nav != before:
            pieces.append(_inner("places", nav))
        if pieces:
            yield _event(workspace, number, pieces)


def _pieces(messages: MessageLog, parts: PageParts, look: Look, news: list[Change]) -> list[str]:
    """The HTML for these changes, as far as they concern this page. Each message and part is drawn once."""
    pieces: list[str] = []
    for ts, kinds in _by_message(look, news).items():
        message = messages.find(look.at, ts)
        if message is None:
            if "said" not in kinds:  # said and removed between two looks: the page never had it
                pieces.append(f'<div id="{message_id(ts)}" hx-swap-oob="delete"></div>')
        elif "said" in kinds:
            pieces.append(f'<div hx-swap-oob="beforeend:#messages">{parts.message(look, message)}</div>')
        else:
            pieces.append(parts.message(look, message, replaces=True))
    mine = {change.kind for change in news if change.user in (None, look.person.id)}
    if "modal" in mine:
        pieces.append(_inner("modal", parts.modal(look)))
    if "home" in mine and look.at == HOME:
        pieces.append(_inner("main", parts.home(look)))
    if "faults" in mine:
        pieces.append(_inner("faults", parts.faults(look)))
    if "toast" in mine:
        pieces.append(_inner("toast", parts.toast(look)))
    if "clock" in mine:
        pieces += [_inner("today", parts.today(look)), _inner("clock", parts.clock(look))]
    return pieces


def _by_message(look: Look, news: list[Change]) -> dict[str, set[str]]:
    """What happened to each message that this person sees in this place, in order of the first change."""
    touched: dict[str, set[str]] = {}
    for change in news:
        if change.ts and change.channel == look.at and change.user in (None, look.person.id):
            touched.setdefault(change.ts, set()).add(change.kind)
    return touched


def message_id(ts: str) -> str:
    """The id of a message's element on the page; a dot would need escaping in a selector."""
    return f"m-{ts.replace('.', '-')}"


def _everything(parts: PageParts, look: Look) -> list[str]:
    drawn = {name: getattr(parts, name)(look) for name in parts.names}
    return [_inner(name, html) for name, html in drawn.items()]


def _inner(target: str, html: str) -> str:
    return f'<div hx-swap-oob="innerHTML:#{target}">{html}</div>'


def _event(workspace: Workspace, number: int, pieces: list[str]) -> str:
    lines = "\n".join(pieces).replace("\r", "").split("\n")
    data = "".join(f"data: {line}\n" for line in lines)
    return f"id: {workspace.changes.epoch}-{number}\nevent: patch\n{data}\n"
