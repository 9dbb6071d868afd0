"""The seventeen provinces of Korea (시·도) and the names they go by in an address."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Province:
    """A 시·도: its name today, other full names (old ones too), and the short name."""

    name: str
    other_names: tuple[str, ...]
    short: str

    @property
    def full_names(self) -> tuple[str, ...]:
        """All names that cannot be anything but this province."""
        return (self.name, *self.other_names)

    @property
    def shares_its_short_name(self) -> bool:
        """Whether a city of another province goes by the same short name."""
        return self.name.endswith("광역시") and f"{self.short}시" not in self.other_names


def _metropolitan(short: str, *others: str) -> Province:
    return Province(f"{short}광역시", (f"{short}직할시", *others), short)


# 광주시 is a city of 경기도 and never stands for 광주광역시 here; 제주시 is a city of 제주도.
PROVINCES: tuple[Province, ...] = (
    Province("서울특별시", ("서울시",), "서울"),
    _metropolitan("부산", "부산시"),
    _metropolitan("대구", "대구시"),
    _metropolitan("인천", "인천시"),
    _metropolitan("광주"),
    _metropolitan("대전", "대전시"),
    _metropolitan("울산", "울산시"),
    Province("세종특별자치시", ("세종시",), "세종"),
    Province("경기도", (), "경기"),
    Province("강원특별자치도", ("강원자치도", "강원도"), "강원"),
    Province("충청북도", ("충북도",), "충북"),
    Province("충청남도", ("충남도",), "충남"),
    Province("전북특별자치도", ("전북자치도", "전라북도", "전북도"), "전북"),
    Province("전라남도", ("전남도",), "전남"),
    Province("경상북도", ("경북도",), "경북"),
    Province("경상남도", ("경남도",), "경남"),
    Province("제주특별자치도", ("제주자치도", "제주도"), "제주"),
)
