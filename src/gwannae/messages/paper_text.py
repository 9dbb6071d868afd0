"""A paper as a page of text in a message: to be read on a phone before the file is opened, and to be copied."""

from gwannae.messages.blocks import escape_lines
from gwannae.programme.papers import Paper, text_of

PAGE_SHOWN = 3_600  # Slack cuts a message's text behind 4,000 signs
_REST = "… 나머지는 파일에 있습니다."


def page(head: str, paper: Paper) -> str:
    """`head`, then the paper in a frame of even width, with its spaces and line breaks; cut between lines."""
    lines, left = [], PAGE_SHOWN
    for kept in escape_lines(text_of(paper.parts).replace("`", "'")).split("\n"):  # a back tick would end the frame
        if len(kept) + 1 > left:
            lines.append(_REST)
            break
        left -= len(kept) + 1
        lines.append(kept)
    return f"{head}\n```\n" + "\n".join(lines) + "\n```"
