"""What is said of files and rows that are turned away: each reason has a sentence of its own."""

from gwannae.messages.line_faults import COLUMN_LABELS, LINE_FAULTS, file_fault
from gwannae.programme.purchase_lines import LineFault
from gwannae.readers.faults import FaultCode
from gwannae.readers.purchase_columns import PurchaseColumn


def test_every_reason_to_turn_a_file_or_a_row_away_has_a_sentence() -> None:
    assert LINE_FAULTS.keys() == {fault.value for fault in LineFault}
    assert len(set(LINE_FAULTS.values())) == len(LINE_FAULTS)
    unknown = file_fault("no such code")
    said = {code: file_fault(code.value) for code in FaultCode}
    assert [code for code, text in said.items() if text == unknown] == []
    assert all(text.endswith(("다.", "요.")) for text in said.values())


def test_every_column_has_a_label() -> None:
    assert COLUMN_LABELS.keys() == {column.value for column in PurchaseColumn}
