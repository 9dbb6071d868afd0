"""What a person has in front of them: finding the message or form that they use."""

from __future__ import annotations

from .controls import NotOnScreenError
from .values import Message, OpenView
from .workspace import Workspace


def held_by(workspace: Workspace, user: str, container: str | Message | OpenView) -> Message | OpenView:
    """The message or view as it stands now, if this person sees it.

    `container` is a message, a view, or the name the page uses: `m:<channel>:<ts>`, `v:<view id>`, `h:<user>`.
    """
    name = container if isinstance(container, str) else container.container
    kind, _, rest = name.partition(":")
    found: Message | OpenView | None = None
    if kind == "m":
        channel, _, ts = rest.partition(":")
        message = workspace.messages.find(channel, ts) if workspace.may_see(user, channel) else None
        found = message if message and message.only_for in (None, user) else None
    elif kind == "v":
        found = next((view for view in workspace.views.stack(user) if view.id == rest), None)
    elif kind == "h" and rest == user:
        found = workspace.views.home(user)
    if found is None:
        raise NotOnScreenError(name)
    return found
