"""최종 결산: each organisation's own settled result, to itself alone."""

from typing import Any

from gwannae.messages import ids
from gwannae.messages.blocks import Block, actions, button, context, escape, message, section
from gwannae.messages.preliminary_standings import kind_lines
from gwannae.messages.year_end import own_line, rank_word
from gwannae.programme.dates import write_day
from gwannae.programme.final_standings import FinalNotice
from gwannae.programme.results import Stage


def notice(found: FinalNotice) -> dict[str, Any]:
    """The post to the organisation's channel."""
    line, result, stage = found.line, found.stored.result, found.stored.stage
    head = f"*{escape(line.name)}의 {result.year}년 {stage.label} 결산* · {own_line(line, result)}"
    told = _since(found)
    kinds = kind_lines(line)
    span = f"{write_day(result.first)} ~ {write_day(result.last)} 계약분"
    settled = "확정된 결과를 다시 바로잡은 것입니다." if stage is Stage.AMENDED else "이의를 받아 확정한 결과입니다."
    blocks: list[Block] = [
        section("final", "\n".join(filter(None, [head, told]))),
        *([section("final-kinds", "\n".join(kinds))] if kinds else []),
        actions("final-row", [button(ids.CONFIRM_OPEN, "보고 보기")]),
        context(
            "final-note", span, f"이 결과는 이 채널에만 보냈습니다. {settled}", f"지문 {line.rows_fingerprint[:16]}"
        ),
    ]
    return dict(message("\n".join(filter(None, [head.replace("*", ""), told])), blocks))


def _since(found: FinalNotice) -> str:
    """What moved since the organisation was last shown its result."""
    if found.before is None:
        return ""
    if not found.moved:
        return "먼저 보여 드린 결과와 같습니다."
    before, after = rank_word(found.before), rank_word(found.line)
    if before != after:
        return f"먼저 보여 드린 결과와 다릅니다: {before} → {after}."
    return "먼저 보여 드린 결과와 건수나 금액이 다릅니다."
