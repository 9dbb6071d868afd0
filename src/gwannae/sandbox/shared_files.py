"""Files that the app shares: promised, then sent, then shown. In memory, the newest of them."""

from __future__ import annotations

import secrets
from collections import OrderedDict
from dataclasses import dataclass, replace

KEPT_BYTES = 256 * 1024 * 1024
KEPT_PROMISES = 200


@dataclass(frozen=True, slots=True)
class SharedFile:
    """One file. `content` is None until it was sent; `channels` are those that it was shared in, none at first."""

    id: str
    name: str
    length: int
    title: str = ""
    channels: tuple[str, ...] = ()
    content: bytes | None = None


class SharedFiles:
    """All files of the workspace, by id and by the address that was handed out for sending each."""

    def __init__(self, keep: int = KEPT_BYTES) -> None:
        """`keep`: bytes of all files together; the oldest go first."""
        self._keep = keep
        self._files: OrderedDict[str, SharedFile] = OrderedDict()
        self._tokens: OrderedDict[str, str] = OrderedDict()

    def promise(self, name: str, length: int) -> tuple[SharedFile, str]:
        """A file that is to come, and the token of the address where it is to be sent."""
        file = SharedFile(f"F{secrets.token_hex(5).upper()}", name, length)
        token = secrets.token_urlsafe(24)
        self._files[file.id] = file
        self._tokens[token] = file.id
        while len(self._tokens) > KEPT_PROMISES:
            self._tokens.popitem(last=False)
        return file, token

    def receive(self, token: str, content: bytes) -> bool:
        """Keep what was sent to an address, once; False for an address that is not (any more) waiting."""
        file = self.get(self._tokens.pop(token, ""))
        if file is None or len(content) > self._keep:
            return False
        self._files[file.id] = replace(file, content=content)
        self._make_room(file.id)
        return True

    def share(self, file_id: str, channel: str, title: str) -> SharedFile | None:
        """Show a file that was sent in a channel ("": in none yet); None for one that never came."""
        file = self.get(file_id)
        if file is None or file.content is None:
            return None
        places = (*file.channels, channel) if channel and channel not in file.channels else file.channels
        self._files[file_id] = replace(file, channels=places, title=title or file.title or file.name)
        return self._files[file_id]

    def get(self, file_id: str) -> SharedFile | None:
        return self._files.get(file_id)

    def _make_room(self, newest: str) -> None:
        while sum(len(file.content or b"") for file in self._files.values()) > self._keep:
            oldest = next(file_id for file_id in self._files if file_id != newest)
            del self._files[oldest]
