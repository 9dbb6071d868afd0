"""Files that people have put into the workspace: what each is, who may have it, and its bytes. In memory, bounded."""

from __future__ import annotations

import mimetypes
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .values import Json

KEPT = 50
MOST_BYTES = 64 * 1024 * 1024
"""Of one file; a page on this machine needs no more."""


@dataclass(frozen=True, slots=True)
class HeldFile:
    """One file. `mode` is Slack's: "hosted", "external" (a link to elsewhere) or "tombstone" (deleted)."""

    id: str
    name: str
    user: str
    created: int
    content: bytes = b""
    mode: str = "hosted"
    address: str = ""


class FileShelf:
    """The files, the oldest of which are forgotten first."""

    def __init__(self) -> None:
        self._files: dict[str, HeldFile] = {}
        self.fetched: list[tuple[str, str]] = []
        """File id and the Authorization header of every request for a file's bytes."""

    def add(self, user: str, name: str, content: bytes, created: float) -> HeldFile:
        """Keep a file under a new id."""
        file = HeldFile(f"F{secrets.token_hex(5).upper()}", name[:200] or "file", user, int(created), content)
        self.put(file)
        return file

    def put(self, file: HeldFile) -> None:
        """Keep or replace a file; tests make external and deleted ones so."""
        self._files[file.id] = file
        while len(self._files) > KEPT:
            self._files.pop(next(iter(self._files)))

    def get(self, file_id: str) -> HeldFile | None:
        """The file of that id."""
        return self._files.get(file_id)

    def described(self, file: HeldFile, public_url: str) -> Json:
        """The file as Slack hands it out. Its bytes are behind `url_private`, for whoever has the app's token."""
        kind = file.name.rpartition(".")[2].lower() if "." in file.name else ""
        address = file.address or f"{public_url}/files-pri/{file.id}/{'file.' + kind if kind else 'file'}"
        return {
            "id": file.id,
            "created": file.created,
            "timestamp": file.created,
            "name": file.name,
            "title": file.name,
            "mimetype": mimetypes.guess_type(file.name)[0] or "application/octet-stream",
            "filetype": kind,
            "user": file.user,
            "mode": file.mode,
            "is_external": file.mode == "external",
            "size": len(file.content),
            "url_private": address,
            "url_private_download": address,
        }

    def in_state(self, values: Mapping[str, Mapping[str, Json]], public_url: str) -> dict[str, dict[str, Any]]:
        """A form's state with the files described that are named in it by their ids."""
        return {
            block: {action: self._with_files(entry, public_url) for action, entry in entries.items()}
            for block, entries in values.items()
        }

    def _with_files(self, entry: Json, public_url: str) -> Json:
        if entry.get("type") != "file_input":
            return entry
        held = [file for one in entry["files"] if (file := self.get(one["id"])) is not None]
        return {**entry, "files": [self.described(file, public_url) for file in held]}
