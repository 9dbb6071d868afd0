"""공문: the frame of an official letter, in the order that offices use. A person checks it, signs it and sends it."""

from dataclasses import dataclass
from datetime import date

from gwannae.programme.papers import Item, Line, Look, Paper, Part, Ruled, attached, ended, numbered

_BY_NAME = "수신자 참조"
_ENDINGS = (("특별자치도", "지사"), ("도", "지사"), ("군", "수"), ("구", "청장"))


@dataclass(frozen=True, slots=True)
class OfficialLetter:
    """`sender` is the body at its head, `signer` in whose name it goes out. With `recipients` it is addressed to all of
    them (수신자 참조), else to `to`. `middle` stands between the items and 붙임, `note` is small print below it all.
    """

    file_name: str
    sender: str
    signer: str
    subject: str
    items: tuple[Item, ...]
    made_on: date
    to: str = _BY_NAME
    recipients: str = ""
    middle: tuple[Part, ...] = ()
    attachments: tuple[str, ...] = ()
    note: str = ""


def head_of(body: str) -> str:
    """The title of who heads a body: a city's 시장, a county's 군수, a district's 구청장, a division's 과장."""
    for ending, title in _ENDINGS:
        if body.endswith(ending):
            return body + title
    return f"{body}장"


def letter_paper(letter: OfficialLetter) -> Paper:
    """The letter's parts: sender, whom to, subject, items, 붙임 with 끝., signer, recipients, places for signatures."""
    head: tuple[Part, ...] = (
        Line(letter.sender, Look.SENDER),
        Line(),
        Line(f"수신  {letter.to}", hang=4),
        Line("(경유)"),
        Line(f"제목  {letter.subject}", Look.SUBJECT, hang=4),
        Ruled(),
    )
    body: list[Part] = [*numbered(letter.items), *letter.middle]
    if letter.attachments:
        body += [Line(), *attached(letter.attachments)]
    foot: list[Part] = [Line(), Line(), Line(letter.signer, Look.SIGNER), Line()]
    if letter.recipients:
        foot.append(Line(f"수신자  {letter.recipients}", hang=5))
    foot += [
        Ruled(),
        Line("기안자                    검토자                    결재권자", Look.SMALL),
        Line("협조자", Look.SMALL),
        Line("시행            (          )          접수            (          )", Look.SMALL),
    ]
    if letter.note:
        foot += [Line(), Line(letter.note, Look.SMALL)]
    return Paper(letter.file_name, letter.subject, letter.sender, letter.made_on, (*head, *ended(body), *foot))
