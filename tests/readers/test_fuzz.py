"""Damaged files: whatever happened to the bytes, there is a result or a fault, and never anything else."""

import io
import random
import time
import zipfile
from collections.abc import Callable
from datetime import date

import pytest

from gwannae.readers.faults import FileFault
from gwannae.readers.vendors import read_vendors
from tests.readers.files import FIRMS, HEADER, repacked, vendor_csv, xls, xlsx
from tests.soaking import rounds

SEED = 20270601
SOUND = {
    "csv": vendor_csv(*FIRMS * 5).encode("cp949"),
    "xlsx": xlsx([HEADER, *FIRMS * 5]),
    "xls": xls([HEADER, *FIRMS * 5]),
}


def _cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data))]


def _without_a_piece(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data))
    return data[:at] + data[at + chance.randrange(1, 60) :]


def _other_bytes(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.randrange(1, 12)):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def _swapped(data: bytes, chance: random.Random) -> bytes:
    a, b = sorted(chance.sample(range(len(data)), 2))
    return data[:a] + data[b : b + 20] + data[a + 20 : b] + data[a : a + 20] + data[b + 20 :]


def _wrong_encoding(data: bytes, chance: random.Random) -> bytes:
    text = data.decode("cp949", errors="replace")
    return text.encode(chance.choice(["utf-8", "utf-16", "utf-16-le", "utf-32", "utf-7"]), errors="replace")


def _with_nul(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data))
    return data[:at] + b"\0" * chance.randrange(1, 9) + data[at:]


MUTATIONS: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    _cut,
    _without_a_piece,
    _other_bytes,
    _swapped,
    _wrong_encoding,
    _with_nul,
)


def _damaged_part(chance: random.Random) -> bytes:
    """A workbook that is a sound archive, with damage inside one of its parts."""
    with zipfile.ZipFile(io.BytesIO(SOUND["xlsx"])) as archive:
        name = chance.choice(["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml", "xl/styles.xml"])
        data = chance.choice([_without_a_piece, _other_bytes, _other_digits])(archive.read(name), chance)
    return repacked(SOUND["xlsx"], {name: data})


def _other_digits(data: bytes, chance: random.Random) -> bytes:
    """Keeps XML well-formed: only what it says becomes wrong."""
    places = [at for at, byte in enumerate(data) if 48 <= byte <= 57]
    changed = bytearray(data)
    for at in chance.sample(places, min(len(places), 5)):
        changed[at] = chance.randrange(48, 58)
    return bytes(changed)


@pytest.mark.soak
def test_two_hundred_workbooks_with_a_damaged_part_give_a_result_or_a_fault() -> None:
    for chance in rounds(SEED):
        read = 0
        for _ in range(200):
            try:
                read += len(list(read_vendors(_damaged_part(chance), today=date(2027, 6, 1)))) > 0
            except FileFault:
                continue
        assert 20 < read < 180


@pytest.mark.soak
@pytest.mark.parametrize("kind", SOUND)
def test_two_hundred_damaged_files_give_a_result_or_a_fault(kind: str) -> None:
    for chance in rounds(SEED):
        _two_hundred(kind, chance)


def _two_hundred(kind: str, chance: random.Random) -> None:
    began, read, refused = time.process_time(), 0, 0
    for turn in range(200):
        data = MUTATIONS[turn % len(MUTATIONS)](SOUND[kind], chance)
        try:
            rows = list(read_vendors(data, today=date(2027, 6, 1)))
        except FileFault:
            refused += 1
        else:
            read += 1
            assert len(rows) <= 200
    assert read + refused == 200
    assert refused > 20
    assert time.process_time() - began < 30  # what others of the machine do is no fault of the reader
