"""우수부서 on paper: the letter that tells of the awards, and the certificates. Drafts; a person has them signed."""

from collections.abc import Sequence

from gwannae.messages.paper_text import page
from gwannae.programme.awards import Decision, Winner
from gwannae.programme.city import City
from gwannae.programme.dates import write_day
from gwannae.programme.official_letters import OfficialLetter, head_of, letter_paper
from gwannae.programme.papers import Item, Line, Look, NewPage, Paper, Part


def letter(city: City, decision: Decision) -> Paper:
    """To every organisation: what was decided, when, and on what it rests."""
    year, office = decision.year, city.programme_office
    council = f"공공구매 실무협의회({write_day(decision.decided_on)})"
    return letter_paper(
        OfficialLetter(
            file_name=f"{year}년_우수부서_선정_결과_알림.hwpx",
            sender=office,
            signer=head_of(office),
            subject=f"{year}년 지역상품 우선구매 우수부서 선정 결과 알림",
            items=(
                Item(f"관련: 「{city.ordinance.name}」({city.ordinance.number})"),
                Item(
                    f"위 호와 관련하여 {council}에서 {year}년 지역상품 우선구매 우수부서를 "
                    "다음과 같이 선정하였기에 알려 드립니다.",
                    tuple(Item(f"{winner.prize}: {winner.name}") for winner in decision.winners),
                ),
                Item(f"선정 사유: {decision.reason}"),
            ),
            made_on=decision.decided_on,
            recipients="각 부서·기관의 장",
            note=f"{office}에서 검토하고 결재하기 전의 초안입니다. 근거: {year}년 결산 {decision.result_number}차.",
        )
    )


def certificates(city: City, decision: Decision) -> Paper:
    """상장, a page for each winner; the number is left for the office to fill in."""
    parts: list[Part] = []
    for at, winner in enumerate(decision.winners):
        parts += [*([NewPage()] if at else []), *_certificate(city, decision, winner)]
    title = f"{decision.year}년 지역상품 우선구매 우수부서 상장"
    file_name = f"{decision.year}년_우수부서_상장.hwpx"
    return Paper(file_name, title, city.programme_office, decision.decided_on, tuple(parts))


def _certificate(city: City, decision: Decision, winner: Winner) -> Sequence[Part]:
    praise = (
        f"위 부서는 {decision.year}년 지역상품 우선구매에 앞장서 지역경제 활성화에 "
        "이바지한 공이 크므로 이 상장을 드립니다."
    )
    return (
        Line("제          호"), Line(), Line(), Line(),
        Line("상       장", Look.GREAT), Line(), Line(),
        Line(winner.prize, Look.TITLE), Line(),
        Line(winner.name, Look.SENDER), Line(), Line(), Line(),
        Line(praise, Look.CENTRED), Line(), Line(), Line(), Line(),
        Line(write_day(decision.decided_on), Look.CENTRED), Line(), Line(),
        Line(head_of(city.name), Look.SENDER),
    )  # fmt: skip


def letter_text(paper: Paper) -> str:
    """What goes before the letter's file."""
    return page("공문 초안을 보냅니다. 검토하고 결재를 받아 주세요.", paper)


CERTIFICATES_SENT = "상장 초안을 보냅니다. 문구와 호수를 확인하고 결재를 받아 주세요."
NOT_SENT = "초안을 보내지 못했습니다. 잠시 뒤 다시 눌러 주세요."
