"""The page's routes: each unpacks what the browser sent and lets the driver do it. What changes comes by the stream."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from markupsafe import escape
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from . import slack_words
from .controls import NotOnScreenError
from .drawing import draw_options
from .driver import Driver
from .file_shelf import MOST_BYTES
from .page_parts import HOME, Look, PageParts
from .stream import follow
from .values import Fields
from .workspace import Workspace

DONE = 204
LONGEST_LINE = 40_000
"""Slack cuts a message here."""


class Pages:
    def __init__(self, workspace: Workspace, driver: Driver) -> None:
        self._workspace = workspace
        self._driver = driver
        self._parts = PageParts(workspace)

    def routes(self) -> list[Route]:
        return [
            Route("/", self.page),
            Route("/ui/acting-as", self.acting_as),
            Route("/ui/stream", self.stream),
            Route("/ui/options", self.options),
            Route("/ui/say", self.say, methods=["POST"]),
            Route("/ui/share", self.share, methods=["POST"]),
            Route("/ui/field-file", self.field_file, methods=["POST"]),
            Route("/ui/action", self.action, methods=["POST"]),
            Route("/ui/view/submit", self.submit, methods=["POST"]),
            Route("/ui/view/close", self.close, methods=["POST"]),
            Route("/ui/clock", self.clock, methods=["POST"]),
            Route("/ui/faults/clear", self.clear_faults, methods=["POST"]),
            Route("/ui/toast/clear", self.clear_toast, methods=["POST"]),
        ]

    # -- looking ------------------------------------------------------------------------------------------------
    async def page(self, request: Request) -> Response:
        first = next(iter(self._workspace.people), "")
        look = self._look({"as": first, **request.query_params})
        if look is None:
            return RedirectResponse("/")
        self._workspace.toast(look.person.id, "")
        if look.at == HOME:
            await self._driver.open_home(look.person.id)
        else:
            self._workspace.look_at(look.person.id, look.at)
        return HTMLResponse(self._parts.page(look), headers={"Cache-Control": "no-store"})

    async def acting_as(self, request: Request) -> Response:
        """Look as somebody else: at their own channel, else at the same place, where they may."""
        look = self._parts.turned_to(request.query_params.get("as", ""), request.query_params.get("at", ""))
        return RedirectResponse(f"/?{urlencode({'as': look.person.id, 'at': look.at})}" if look else "/", 303)

    async def stream(self, request: Request) -> Response:
        look = self._look(request.query_params)
        if look is None:
            return Response(status_code=404)
        seen = request.headers.get("last-event-id") or request.query_params.get("seen", "")
        events = follow(self._workspace, self._parts, look, seen)
        return StreamingResponse(events, media_type="text/event-stream", headers={"Cache-Control": "no-store"})

    async def options(self, request: Request) -> Response:
        query = request.query_params
        names = ("container", "block_id", "action_id", "value")
        container, block_id, action_id, typed = (query.get(name, "") for name in names)
        try:
            answer = await self._driver.options(query.get("as", ""), container, block_id, action_id, typed)
        except NotOnScreenError:
            return HTMLResponse("", status_code=409)
        return HTMLResponse(draw_options(answer, container, block_id, action_id))

    # -- doing --------------------------------------------------------------------------------------------------
    async def say(self, request: Request) -> Response:
        form = await request.form()
        user, at, line = _text(form, "as"), _text(form, "at"), _text(form, "text")[:LONGEST_LINE]
        if line.strip():
            self._workspace.toast(user, "")
            try:
                await self._driver.type_line(user, at, line)
            except NotOnScreenError:
                self._workspace.toast(user, slack_words.not_on_screen())
        return Response(status_code=DONE)

    async def share(self, request: Request) -> Response:
        """A file chosen beside the message box: it goes into the place that is open."""
        async with request.form(max_files=1, max_part_size=MOST_BYTES) as form:
            user, at, chosen = _text(form, "as"), _text(form, "at"), form.get("file")
            if isinstance(chosen, UploadFile) and chosen.filename:
                content = await chosen.read(MOST_BYTES + 1)
                try:
                    if len(content) > MOST_BYTES:
                        self._workspace.toast(user, slack_words.file_too_large())
                    else:
                        await self._driver.share_file(user, at, chosen.filename, content)
                except NotOnScreenError:
                    self._workspace.toast(user, slack_words.not_on_screen())
        return Response(status_code=DONE)

    async def field_file(self, request: Request) -> Response:
        """A file chosen in a form's field: kept, and named in the form by its id."""
        async with request.form(max_files=1, max_part_size=MOST_BYTES) as form:
            user, field, chosen = _text(form, "as"), _text(form, "field"), form.get("file")
            if user not in self._workspace.people or not isinstance(chosen, UploadFile) or not chosen.filename:
                return HTMLResponse("")
            content = await chosen.read(MOST_BYTES + 1)
            if len(content) > MOST_BYTES:
                return HTMLResponse(escape(slack_words.file_too_large()))
            file = self._driver.upload(user, chosen.filename, content)
        return HTMLResponse(self._parts.field_file(field, file))

    async def action(self, request: Request) -> Response:
        form = await request.form()
        user, container = _text(form, "as"), _text(form, "container")
        block_id, action_id = _text(form, "block_id"), _text(form, "action_id")
        selected = _text(form, "selected_option")
        try:
            await self._driver.act(user, container, block_id, action_id, _fields(form), selected)
        except NotOnScreenError:
            self._workspace.toast(user, slack_words.not_on_screen())
        return Response(status_code=DONE)

    async def submit(self, request: Request) -> Response:
        form = await request.form()
        user = _text(form, "as")
        top = self._workspace.views.top(user)
        if top is None or top.id != _text(form, "view_id"):
            self._workspace.toast(user, slack_words.not_on_screen())
        else:
            await self._driver.submit(user, form=_fields(form))
        return Response(status_code=DONE)

    async def close(self, request: Request) -> Response:
        form = await request.form()
        top = self._workspace.views.top(_text(form, "as"))
        if top is not None and top.id == _text(form, "view_id"):
            await self._driver.close_view(top.user)
        return Response(status_code=DONE)

    async def clock(self, request: Request) -> Response:
        """Set the clock forward; the answer waits until the time has passed."""
        form, hand = await request.form(), self._workspace.clock_hand
        user = _text(form, "as")
        if hand is None or user not in self._workspace.people:
            return Response(status_code=404)
        moment = hand.target(_text(form, "to"), _text(form, "day"))
        if moment is None or not hand.may_go_to(moment):
            self._workspace.toast(user, slack_words.clock_goes_forward())
        else:
            self._workspace.toast(user, slack_words.clock_is_moving())
            self._workspace.toast(user, await hand.move(moment))
        return Response(status_code=DONE)

    async def clear_faults(self, _request: Request) -> Response:
        self._workspace.forget_faults()
        return Response(status_code=DONE)

    async def clear_toast(self, request: Request) -> Response:
        user = _text(await request.form(), "as")
        if user in self._workspace.people:
            self._workspace.toast(user, "")
        return Response(status_code=DONE)

    def _look(self, named: Mapping[str, str]) -> Look | None:
        return self._parts.look(named.get("as", ""), named.get("at", ""))


def _text(form: FormData, name: str) -> str:
    value = form.get(name)
    return value if isinstance(value, str) else ""


def _fields(form: FormData) -> Fields:
    """The controls' fields of a form, in order."""
    return tuple((n, v) for n, v in form.multi_items() if n[:2] in ("v|", "t|", "p|") and isinstance(v, str))
