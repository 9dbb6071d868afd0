"""실무협의회 as the ordinance and the city file have it."""

from dataclasses import dataclass

MOST_DUTIES = 5


@dataclass(frozen=True, slots=True)
class CouncilRules:
    """What the ordinance says of the council: how it is called, its most seats with the chair, and its duties."""

    name: str = "공공구매 실무협의회"
    seats: int = 5
    duties: tuple[str, ...] = (
        "지역상품 우선구매의 기본 사항",
        "구매계획, 구매실적과 포상",
        "업체와 구매기관 사이의 이견 조정",
    )
