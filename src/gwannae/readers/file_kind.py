"""What a file is, told by its bytes: a name proves nothing (web pages are saved as .xls, CSV as .xlsx)."""

import gzip
import io
import zlib
from enum import StrEnum
from pathlib import Path
from typing import IO, cast

from gwannae.readers.faults import FaultCode, FileFault, Limits

HEAD = 4096
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")

_MAGIC = (
    (b"%PDF", "pdf"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"{\\rtf", "rtf"),
    (b"HWP Document File", "hwp"),
    (b"7z\xbc\xaf", "7z"),
    (b"Rar!", "rar"),
)
_HTML = ("<!doctype html", "<html", "<head", "<meta", "<body", "<table", "<style", "<script", "<div")


class Kind(StrEnum):
    """The three ways that a table arrives in; anything else is a fault."""

    TEXT = "text"
    ZIP = "zip"
    OLE = "ole"


class Source:
    """A file's bytes, from disk or from memory; may be opened more than once. Refuses too large ones unread."""

    def __init__(self, where: Path | bytes, limits: Limits) -> None:
        self._where = where
        self._limits = limits
        self.size = len(where) if isinstance(where, bytes) else _size_on_disk(where)
        if self.size > limits.max_bytes:
            raise FileFault(FaultCode.TOO_LARGE, what="bytes", limit=limits.max_bytes, size=self.size)
        if self.size == 0:
            raise FileFault(FaultCode.EMPTY)
        self.packed = False
        self.packed = self.head().startswith(b"\x1f\x8b")
        if self.packed:
            self._measure_packed()

    def open(self) -> IO[bytes]:
        """Open from the first byte, unpacked where it is gzip."""
        try:
            if isinstance(self._where, bytes):
                raw = io.BytesIO(self._where)
                return cast(IO[bytes], gzip.GzipFile(fileobj=raw)) if self.packed else raw
            return cast(IO[bytes], gzip.GzipFile(self._where)) if self.packed else self._where.open("rb")
        except OSError as error:
            raise FileFault(FaultCode.UNREADABLE, row=None, detail=type(error).__name__) from error

    def head(self) -> bytes:
        """The first bytes, enough to tell the kind."""
        with self.open() as stream:
            return stream.read(HEAD)

    def read(self) -> bytes:
        """All bytes (at most `Limits.max_bytes`; for gzip at most `Limits.max_unpacked`)."""
        with self.open() as stream:
            return stream.read()

    def _measure_packed(self) -> None:
        """Unpack once, keeping nothing: gzip's own note of its length can lie, and wraps at 4 GiB."""
        limits, total = self._limits, 0
        try:
            with self.open() as stream:
                while chunk := stream.read(1 << 18):
                    total += len(chunk)
                    if total > limits.max_unpacked:
                        raise FileFault(FaultCode.BOMB, what="unpacked", limit=limits.max_unpacked)
                    if total > limits.ratio_from and total > limits.max_ratio * self.size:
                        raise FileFault(FaultCode.BOMB, what="ratio", limit=limits.max_ratio)
        except (OSError, EOFError, zlib.error) as error:
            raise FileFault(FaultCode.UNREADABLE, row=None, detail=type(error).__name__) from error
        if total == 0:
            raise FileFault(FaultCode.EMPTY)


def tell_kind(source: Source) -> Kind:
    """Tell the kind from the first bytes.

    Raises:
        FileFault: WRONG_KIND (with `kind`), HTML_TABLE, EMPTY when there is only white space at the start.
    """
    head = source.head()
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _packed_twice(source, Kind.ZIP)
    if head.startswith(OLE_MAGIC):
        return _packed_twice(source, Kind.OLE)
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            raise FileFault(FaultCode.WRONG_KIND, kind=kind)
    _check_text(head)
    if source.size < HEAD and not source.packed and not _as_text(head).strip("\ufeff\x00 \t\r\n"):
        raise FileFault(FaultCode.EMPTY)
    return Kind.TEXT


def _packed_twice(source: Source, kind: Kind) -> Kind:
    if source.packed:
        raise FileFault(FaultCode.WRONG_KIND, kind="gz")
    return kind


def _check_text(head: bytes) -> None:
    text = _as_text(head).lstrip("\ufeff \t\r\n").lower()
    if text.startswith(_HTML):
        raise FileFault(FaultCode.HTML_TABLE)
    if text.startswith(("<?xml", "<workbook", "<!--")):
        inside = any(mark in text for mark in _HTML)
        raise FileFault(FaultCode.HTML_TABLE) if inside else FileFault(FaultCode.WRONG_KIND, kind="xml")
    if b"\0" in head and not head.startswith(UTF16_MARKS):
        raise FileFault(FaultCode.WRONG_KIND, kind="binary")


def _as_text(head: bytes) -> str:
    if head.startswith(UTF16_MARKS):
        return head.decode("utf-16", errors="replace")
    return head.decode("utf-8", errors="replace")


def _size_on_disk(path: Path) -> int:
    try:
        if not path.exists():
            raise FileFault(FaultCode.NOT_FOUND)
        if not path.is_file():
            raise FileFault(FaultCode.UNREADABLE, row=None, detail="not a file")
        return path.stat().st_size
    except (OSError, ValueError) as error:
        raise FileFault(FaultCode.UNREADABLE, row=None, detail=type(error).__name__) from error
