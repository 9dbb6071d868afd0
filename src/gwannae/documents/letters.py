"""A letter as HWPX, the open form of 한글 documents: offices no longer take the older one."""

from gwannae.programme.letters import Letter

_TITLE_POINTS = 16
_NAME_WIDTH, _VALUE_WIDTH = 9_000, 33_000  # of the 42,520 units (1/7200 inch) between the margins


def letter_hwpx(letter: Letter) -> bytes:
    """The document: title, table, paragraphs, small print. What XML cannot hold is left out of the texts."""
    from hwpx import HwpxDocument  # 400 ms and lxml, for the few times that somebody needs a letter

    document = HwpxDocument.new()
    title = document.styles.ensure_run(bold=True, size=_TITLE_POINTS)
    first = document.paragraphs[0]
    first.text = _plain(letter.title)
    first.char_pr_id_ref = title
    document.add_paragraph("", inherit_style=False)
    table = document.add_table(len(letter.rows), 2, width=_NAME_WIDTH + _VALUE_WIDTH)
    table.set_column_widths([_NAME_WIDTH, _VALUE_WIDTH])
    for at, (name, value) in enumerate(letter.rows):
        table.set_cell_text(at, 0, _plain(name))
        table.set_cell_text(at, 1, _plain(value))
    for line in ("", *letter.paragraphs, "", letter.note):
        document.add_paragraph(_plain(line), inherit_style=False)
    # the library draws ids by chance; nothing refers to them, and the same letter shall give the same bytes
    drawn = (e for section in document.sections for e in section.element.iter() if e.tag.endswith(("}p", "}tbl")))
    for number, element in enumerate(drawn, start=1):
        element.set("id", str(number))
    return document.to_bytes()


def _plain(text: str) -> str:
    """Control characters and half characters have no place in XML; white space stays, for it sets numbering in."""
    return "".join(char for char in text if char.isprintable() or char == " ").encode(errors="ignore").decode()
