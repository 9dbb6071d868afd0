"""The letter that tells of the awards: a draft in the order of items that offices use; a person checks and signs it."""

from gwannae.programme.awards import Decision
from gwannae.programme.city import City
from gwannae.programme.dates import write_day
from gwannae.programme.letters import Letter


def award_letter(city: City, decision: Decision) -> Letter:
    """To every organisation: what was decided, when, and on what it rests."""
    year = decision.year
    winners = [f"  {_MARKS[at]}. {w.prize}: {w.name}" for at, w in enumerate(decision.winners)]
    return Letter(
        file_name=f"{year}년_우수부서_선정_결과_알림.hwpx",
        title=f"{year}년 지역상품 우선구매 우수부서 선정 결과 알림",
        rows=(
            ("수신", "수신자 참조"),
            ("(경유)", ""),
            ("제목", f"{year}년 지역상품 우선구매 우수부서 선정 결과 알림"),
        ),
        paragraphs=(
            f"1. 관련: 「{city.ordinance.name}」({city.ordinance.number})",
            (
                f"2. 위 호와 관련하여 공공구매 실무협의회({write_day(decision.decided_on)})에서 {year}년 "
                "지역상품 우선구매 우수부서를 다음과 같이 선정하였기에 알려 드립니다."
            ),
            *winners,
            f"3. 선정 사유: {decision.reason}  끝.",
            "",
            "수신자  각 부서·기관의 장",
        ),
        note=f"이 문서는 {city.programme_office}에서 검토하고 결재하기 전의 초안입니다. "
        f"근거: {year}년 결산 {decision.result_number}차.",
    )


_MARKS = "가나다라마바사아"
