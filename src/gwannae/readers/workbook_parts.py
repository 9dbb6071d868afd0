"""What is inside an XLSX file, looked at before anything is unpacked into memory.

The packed directory is checked by itself first; then every part is unpacked once in small pieces, counted against
what the directory promised (a directory can lie), and XML parts are walked for entity declarations and for how far
apart a sheet's cells lie: the workbook library allocates the whole rectangle between the outermost ones.
"""

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO, NamedTuple
from xml.parsers import expat

from gwannae.readers.faults import FaultCode, FileFault, Limits
from gwannae.readers.file_kind import Source
from gwannae.readers.sheet_scan import SheetScan
from gwannae.readers.workbook_formulas import column_of

_PIECE = 1 << 16
_DIRECTORY_BYTES_PER_ENTRY = 1_024
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_STRINGS = "sst"
_CLAIM = re.compile(rb"\suniqueCount\s*=")
_CLAIM_BEGUN = 12  # bytes, one less than the shortest claim
_OTHER_KINDS = (
    ("xl/workbook.bin", "xlsb"),
    ("word/document.xml", "docx"),
    ("ppt/presentation.xml", "pptx"),
    ("Contents/content.hpf", "hwpx"),
    ("content.xml", "ods"),
)


class Checked(NamedTuple):
    """What a check came by: the number of the longest sheet's rows, for a progress bar, and the parts in which there
    may be formulas without a result.
    """

    rows: int = 0
    with_formulas: tuple[str, ...] = ()


def check_workbook(source: Source, limits: Limits) -> Checked:
    """Check an XLSX file whole.

    Raises:
        FileFault: BOMB, BAD_NAMES, ENCRYPTED, WRONG_KIND, ENTITY_EXPANSION, TOO_LARGE or UNREADABLE.
    """
    with source.open() as stream:
        _check_directory_size(stream, source.size, limits)
        try:
            with zipfile.ZipFile(stream) as archive:
                parts = archive.infolist()
                _check_parts(parts, limits)
                found = [(part.filename, *_check_part(stream, part, limits)) for part in parts]
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            struct.error,
            ValueError,
            NotImplementedError,
        ) as error:
            raise FileFault(FaultCode.UNREADABLE, row=None, detail=type(error).__name__) from error
    return Checked(max((rows for _, rows, _ in found), default=0), tuple(name for name, _, bare in found if bare))


def _check_directory_size(stream: IO[bytes], size: int, limits: Limits) -> None:
    """Bound the directory itself: it is read whole, and 64 MiB of it would be a million entries."""
    stream.seek(max(0, size - 65_557))
    tail = stream.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) - at < 22 or len(tail) - at != 22 + int.from_bytes(tail[at + 20 : at + 22], "little"):
        raise FileFault(FaultCode.UNREADABLE, row=None, detail="no directory")
    entries, directory_bytes = struct.unpack_from("<HI", tail, at + 10)
    if directory_bytes == 0xFFFFFFFF or entries == 0xFFFF:
        record = tail.rfind(b"PK\x06\x06", 0, at)
        if record < 0 or at - record < 56:
            raise FileFault(FaultCode.UNREADABLE, row=None, detail="no directory")
        entries, directory_bytes = struct.unpack_from("<QQ", tail, record + 32)
    if entries > limits.max_entries or directory_bytes > limits.max_entries * _DIRECTORY_BYTES_PER_ENTRY:
        raise FileFault(FaultCode.BOMB, what="entries", limit=limits.max_entries)


def _check_parts(parts: list[zipfile.ZipInfo], limits: Limits) -> None:
    if len(parts) > limits.max_entries:
        raise FileFault(FaultCode.BOMB, what="entries", limit=limits.max_entries)
    if sum(part.file_size for part in parts) > limits.max_unpacked:
        raise FileFault(FaultCode.BOMB, what="unpacked", limit=limits.max_unpacked)
    seen: set[str] = set()
    for part in parts:
        if part.file_size > limits.ratio_from and part.file_size > limits.max_ratio * max(1, part.compress_size):
            raise FileFault(FaultCode.BOMB, what="ratio", limit=limits.max_ratio)
        if part.flag_bits & 0x1:
            raise FileFault(FaultCode.ENCRYPTED)
        if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise FileFault(FaultCode.UNREADABLE, row=None, detail="packing method")
        name = part.orig_filename.replace("\\", "/")
        if name.startswith("/") or name[1:2] == ":" or ".." in name.split("/") or "\0" in name or name in seen:
            raise FileFault(FaultCode.BAD_NAMES, name=name[:200])
        seen.add(name)
    if "xl/workbook.xml" not in seen:
        kind = next((kind for part_name, kind in _OTHER_KINDS if part_name in seen), "zip")
        raise FileFault(FaultCode.WRONG_KIND, kind=kind)


def _check_part(stream: IO[bytes], part: zipfile.ZipInfo, limits: Limits) -> tuple[int, bool]:
    """Unpack one part in pieces; for a sheet the answer is its last row with something in it (else 0), and whether
    it may have formulas without a result.
    """
    if not part.filename.lower().endswith((".xml", ".rels")):
        for _ in _unpack(stream, part):
            pass
        return 0, False
    if part.filename.lower().startswith("xl/worksheets/"):
        walk, scan = _XmlWalk(part, limits), SheetScan()
        if scan.read(_unpack(stream, part), walk.feed) and walk.bounds(scan.last_row, scan.letters):
            walk.close()
            return scan.last_row, scan.has_bare_formulas
    walk = _XmlWalk(part, limits)
    for piece in _unpack(stream, part):
        walk.feed(piece)
    walk.close()
    return walk.last_row, walk.has_formulas


def _unpack(stream: IO[bytes], part: zipfile.ZipInfo) -> Iterator[bytes]:
    """The part's bytes, never more than its directory entry promised."""
    stream.seek(part.header_offset)
    header = stream.read(30)
    if len(header) < 30 or header[:4] != b"PK\x03\x04":
        raise zipfile.BadZipFile(part.filename)
    name_length, extra_length = struct.unpack_from("<HH", header, 26)
    stream.seek(name_length + extra_length, 1)
    unpacker = zlib.decompressobj(-15) if part.compress_type == zipfile.ZIP_DEFLATED else None
    left, total = part.compress_size, 0
    while left > 0 and (packed := stream.read(min(_PIECE, left))):
        left -= len(packed)
        while packed:
            piece = unpacker.decompress(packed, _PIECE) if unpacker else packed
            packed = unpacker.unconsumed_tail if unpacker else b""
            total += len(piece)
            if total > part.file_size:
                raise FileFault(FaultCode.BOMB, what="unpacked", limit=part.file_size)
            yield piece
    if unpacker:
        rest = unpacker.flush()
        total += len(rest)
        yield rest
    if total != part.file_size:
        raise zipfile.BadZipFile(part.filename)


class _XmlWalk:
    """Walks one XML part. In a sheet it follows rows and cells as the workbook library does; elsewhere it only
    looks for declarations, and in relations for sheets that do not end in .xml (so would not be walked)."""

    def __init__(self, part: zipfile.ZipInfo, limits: Limits) -> None:
        self._name, self._size, self._limits = part.filename, part.file_size, limits
        # As the workbook library reads it, whatever encoding the part claims for itself.
        self._parser = expat.ParserCreate("utf-8")
        self._parser.StartDoctypeDeclHandler = self._refuse
        self._parser.EntityDeclHandler = self._refuse
        self._parser.StartElementHandler = self._root
        self._reference: str | None = None
        self._row = self._column = 0
        self._letters: set[str] = set()
        self._open = 0
        self._claims, self._tail = 0, b""
        self.last_row = 0
        self.has_formulas = False

    def feed(self, piece: bytes) -> None:
        # Depth, roughly: each level costs the parsers memory, and no part of a workbook is 1,000 deep.
        self._open += piece.count(b"<") - 2 * piece.count(b"</") - piece.count(b"/>") - piece.count(b"<?")
        if self._open > 10_000:
            raise FileFault(FaultCode.UNREADABLE, row=None, detail="nesting")
        self._claims += len(_CLAIM.findall(self._tail + piece))
        self._tail = (self._tail + piece)[-_CLAIM_BEGUN:]
        self._parse(piece, final=False)
        if self._letters:
            self._check_extent()

    def bounds(self, last_row: int, letters: set[str]) -> bool:
        """Whether rows that were not fed, with cells up to there, are within the limits, and these were a sheet's."""
        width = max((column_of(one) for one in letters), default=0)
        small = last_row <= self._limits.max_rows and last_row * width <= self._limits.max_cells
        return small and self._parser.StartElementHandler == self._in_sheet

    def close(self) -> None:
        self._parse(b"", final=True)
        if self._claims > 0:
            raise FileFault(FaultCode.UNREADABLE, row=None, detail="count of texts")

    def _parse(self, piece: bytes, *, final: bool) -> None:
        try:
            self._parser.Parse(piece, final)
        except expat.ExpatError as error:
            raise FileFault(FaultCode.UNREADABLE, row=None, detail=f"xml {self._name[:80]}") from error

    def _refuse(self, *_: object) -> None:
        raise FileFault(FaultCode.ENTITY_EXPANSION, name=self._name[:200])

    def _root(self, tag: str, attributes: dict[str, str]) -> None:
        root = tag.rpartition(":")[2]
        handlers = {"worksheet": self._in_sheet, "Relationships": self._in_relations}
        self._parser.StartElementHandler = handlers.get(root)
        if root == _STRINGS:  # the workbook library makes room for as many texts as are claimed
            self._claims -= "uniqueCount" in attributes
            claimed = attributes.get("uniqueCount", "0")
            if not (claimed.isascii() and claimed.isdigit() and len(claimed) < 10 and int(claimed) <= self._size):
                raise FileFault(FaultCode.UNREADABLE, row=None, detail="count of texts")

    def _in_relations(self, _: str, attributes: dict[str, str]) -> None:
        kind, target = attributes.get("Type", ""), attributes.get("Target", "")
        if kind.endswith(("/worksheet", "/sharedStrings", "/styles")) and not target.lower().endswith(".xml"):
            raise FileFault(FaultCode.UNREADABLE, row=None, detail="relations")

    def _in_sheet(self, tag: str, attributes: dict[str, str]) -> None:
        if ":" in tag:
            tag = tag.rpartition(":")[2]
        if tag == "c":
            reference = attributes.get("r")
            if reference is None:
                before = self._reference
                self._column = column_of(before.rstrip("0123456789")) + 1 if before else self._column + 1
            self._reference = reference
        elif tag in ("v", "is"):
            if self._reference is None:
                self.last_row = max(self.last_row, self._row)
                self._letters.add(_letters(self._column))
                return
            digits = self._reference.lstrip(_LETTERS)
            row = int(digits)
            self.last_row = max(self.last_row, row)
            self._letters.add(self._reference[: -len(digits)])
        elif tag == "f":
            self.has_formulas = True
        elif tag == "row":
            self._row = int(attributes.get("r", self._row + 1))
            self._column = 0
            self._reference = None

    def _check_extent(self) -> None:
        width = max(column_of(letters) for letters in self._letters)
        if self.last_row > self._limits.max_rows:
            raise FileFault(FaultCode.TOO_LARGE, what="rows", limit=self._limits.max_rows, size=self.last_row)
        if self.last_row * width > self._limits.max_cells:
            raise FileFault(FaultCode.TOO_LARGE, what="cells", limit=self._limits.max_cells, size=self.last_row * width)


def _letters(column: int) -> str:
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
