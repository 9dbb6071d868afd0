"""The words of a question that do not say what is looked for: particles, verbs of asking, words of the trade of buying.

Short lists of function words and of what every buyer says; never an item.
"""

from __future__ import annotations

import re

from gwannae.programme.places import Places

# A particle, whether a consonant must stand before it (True), a vowel (False), or either (None), longest first.
_PARTICLES: tuple[tuple[str, bool | None], ...] = (
    *(
        ("이에요", True),
        ("이요", True),
        ("예요", False),
        ("요", False),
        ("에서는", None),
        ("에서도", None),
        ("이라도", True),
        ("이면은", True),
    ),
    *(("에서", None), ("까지", None), ("부터", None), ("하고", None), ("에게", None), ("한테", None), ("처럼", None)),
    *(("으로", True), ("이나", True), ("이랑", True), ("이면", True), ("인데", None), ("라도", False), ("에도", None)),
    *(("에는", None), ("으론", True), ("로는", None), ("만을", None), ("들을", None), ("들이", None)),
    *(
        ("을", True),
        ("를", False),
        ("이", True),
        ("가", False),
        ("은", True),
        ("는", False),
        ("과", True),
        ("와", False),
    ),
    *(
        ("로", False),
        ("나", False),
        ("랑", False),
        ("면", False),
        ("도", None),
        ("만", None),
        ("의", None),
        ("에", None),
    ),
    *(("용", None), ("들", None)),
)
_BARE_PARTICLES = frozenset(particle for particle, _ in _PARTICLES)
_LAST_OF_PARTICLES = frozenset((*(particle[-1] for particle in _BARE_PARTICLES), "로"))
_PARTICLES_ALONE = re.compile("(?=.*[를는])[을를은는이가와과에의]{2,}")  # 을를, 은는이가; 가을 and 가면 are things
_SURE = frozenset({"을", "를", "에서", "까지", "부터", "으로", "이나", "이랑", "이라도", "에서는", "에서도", "이면"})

_NOUNS = """
업체 회사 기업 사업자 곳 데 집 가게 매장 상점 점포 업소 제조사 판매처 구매처 거래처 공급사 공급업체 전문업체 후보
후보군 목록 리스트 명단 정보 자료 현황 근거 표 순서 순 중심 위주 관내 지역 지역상품 지역제품 로컬 근처 주변 인근
본사 소재 우리 저희 우리시 시 관할 조달 나라장터 조달청 등록 종합쇼핑몰 쇼핑몰 mas 다수공급자 다수공급자계약 계약
수의계약 수의 입찰 공고 견적 비교견적 견적서 구매 구입 발주 주문 예산 금액 가격 단가 비용 기준 범위 한도 이하 이내
미만 이상 초과 정도 내외 안팎 쯤 가량 관련 면허 품목 물품 제품 상품 업종 자격 인증 증명 확인 여부 검토 비교 조사
시장조사 담당자 담당 담당부서 부서 직접생산 직접생산확인 중기간경쟁 중기간경쟁제품 중소기업자간경쟁제품 정책기업
우선구매 추천 소개 안내 문의 연락처 전화번호 전화 위치 주소 어디 뭐 무엇 무슨 누구 어느 어떤 몇 것 거 건 수 중 중에
분 때 경우 전에 후에 및 등 또는 그리고 혹시 혹은 좋은 저렴한 싼 괜찮은 믿을 적절한 적당한 유명한 오타 다운로드 엑셀
가능 가능성 필요 필요성 요청 부탁 검색 조회 좀 잘 다 더 꼭 바로 빨리 급히 급하게 같이 함께 먼저 이번 올해 내년 다음
지금 오늘 내일 네 예 아 음 그 이 저 장 매 개 부 명 권 대 원 주식회사 유한회사 사단법인 재단법인
"""

# Verbs and adjectives of asking, buying and having: those that begin no thing's name with any ending, others as listed.
_VERB_STEMS = """
찾 싶 있 없 같 맡 알려 보여 골라 뽑아 알아보 알아봐 구해 구하는 구하려 구하고 바랍 바라 궁금 원하 원해 원합 괜찮
가지 주세 주시 주실 드려 드립 부탁 필요 가능 적절 적당 추천 포함 제외 위한 위해 관해 관한 대해 대한 높은 낮은 편의
안녕 감사 수고
"""
_VERB_FORMS = """
살 사는 사려는데 사려고 사려면 사고 사야 사야해 사야하는데 살만한 파는 팔 팔고 하는 하는지 하려 하려고 하려는데 하고
해 해서 해요 해줘 해줘요 해주는 해줄 해주세요 해달라 할 할만한 한 합니다 하나 하나요 하세요 되는 되나 되나요 돼 돼요
될 된 됩니까 보고 보려고 볼 봐 봐줘 줘 줘요 줄 줄래 주라 달라 취급 취급하는 만드는 만들어 만들 쓸 쓰는 쓰려고 쓰게
가진 갖춘 좋을까 인가요 일까 이에요 입니다 이야 요 만한 그런 이런 저런
"""
_VERBS = re.compile(f"(?:{'|'.join(_VERB_STEMS.split())})[가-힣]*|{'|'.join(_VERB_FORMS.split())}")
_DOING = re.compile(
    "(.+?)(?:하는데|하는|하려는데|하려고|하려면|하려는|하려|하고|하게|해주는|해줄|해줘|해주세요|해야|해서|할|한|해|합니다|하실|하신|했던"
    "|받을|시킬|되는|되나요|될|된)"
)
_QUANTITY = re.compile(
    "[0-9]+(?:[십백천만]{1,2})?(?:장|매|개|부|명|권|세트|박스|인분|송이|그루|자루|회|대|분)?(?:정도|쯤|이상|이하)?"
)

_SOFT_WORDS = """
용역 공사 서비스 제작 설치 납품 대여 임대 렌탈 수리 시공 판매 대행 공급 도매 소매 전문 사업 작업 생산 제조 맞춤 배달
배송
"""
SOFT = frozenset(_SOFT_WORDS.split())  # what is done with the thing: a firm of the thing may not say so

_ASKERS = (
    "담당자|담당부서|담당관|부서|기관|직원|공무원|주무관|팀장|과장|국장|실장|교사|선생님|행정실|사무국|우리|저희|제"
)
_ASKER = re.compile(f".*(?:{_ASKERS})(?:가|이|은|는|에서|에서는)")
_PLACE_OF_USE = re.compile(".+(?:에서|에서는)")
_USES = "쓸 쓰는 쓰려는 사용할 필요한 나눠줄 놓을 둘 들어갈 배부할 비치할 설치할 달 걸 붙일 깔 입을 먹을 마실 줄"
_USING = frozenset(_USES.split())


def is_particles_alone(word: str) -> bool:
    """Whether a word (a key) is nothing but particles that are no thing's name: 을, 에서, 을를, 은는이가."""
    return word in _SURE or _PARTICLES_ALONE.fullmatch(word) is not None


def without_particle(word: str) -> tuple[str, bool]:
    """A word without the particle at its end, and whether that surely is one: 업체를 -> (업체, True).

    The form of a particle depends on the sound before it, so 의자 keeps its 자 and 오이 its 이. The word itself where
    none is found.
    """
    if word[-1:] not in _LAST_OF_PARTICLES:  # most words
        return word, False
    for particle, after_consonant in _PARTICLES:
        rest = word.removesuffix(particle)
        if rest and rest != word and (after_consonant is None or _ends_in_consonant(rest) is after_consonant):
            return rest, particle in _SURE and len(rest) > 1
    if len(word) > 2 and word.endswith("로") and _ends_in_rieul(word[:-1]):
        return word[:-1], True
    return word, False


def _ends_in_consonant(word: str) -> bool | None:
    return (ord(word[-1]) - 0xAC00) % 28 > 0 if "가" <= word[-1] <= "힣" else None


def _ends_in_rieul(word: str) -> bool:
    return "가" <= word[-1] <= "힣" and (ord(word[-1]) - 0xAC00) % 28 == 8


class FunctionWords:
    """What a question is made of beside the thing asked for, for one city (its own name says nothing in its bot)."""

    __slots__ = ("_ending", "_nouns", "_whole")

    def __init__(self, places: Places) -> None:
        city = (places.city, *places.city_aliases, places.province, *places.province_aliases)
        self._nouns = frozenset((*_NOUNS.split(), *(name.lower() for name in city if name)))
        either = "|".join(re.escape(noun) for noun in sorted(self._nouns, key=len, reverse=True))
        joined = "|".join(re.escape(noun) for noun in sorted(self._nouns, key=len, reverse=True) if len(noun) > 1)
        self._whole = re.compile(f"(?:{either})|(?:{joined})+")
        self._ending = re.compile(f"(.+?)(?:{joined})+")

    def says_nothing(self, word: str) -> bool:
        """Whether a word (a key) is a function word, with or without particles."""
        if (
            word in _BARE_PARTICLES
            or is_particles_alone(word)
            or _VERBS.fullmatch(word)
            or _QUANTITY.fullmatch(word)
            or self._whole.fullmatch(word)
        ):
            return True
        if doing := _DOING.fullmatch(word):
            return self._whole.fullmatch(doing[1]) is not None
        rest, _ = without_particle(word)
        return rest != word and (self._whole.fullmatch(rest) is not None or (len(rest) > 1 and self.says_nothing(rest)))

    def without_ending(self, word: str) -> str:
        """A word without function words joined to its end: 인쇄업체 -> 인쇄, 제작하는 -> 제작."""
        if doing := _DOING.fullmatch(word):
            word = doing[1]
        ending = self._ending.fullmatch(word)
        return ending[1] if ending else word

    def asker_ends(self, words: list[str]) -> int:
        """How many words at the beginning say who asks, or what for: "구청 발주 담당자가", "행사에 쓸"."""
        end = 0
        for at, word in enumerate(words):
            after = at + 1
            rest = words[after:]
            if not rest or all(self.says_nothing(other) for other in rest):
                break
            if _ASKER.fullmatch(word) or _PLACE_OF_USE.fullmatch(word) or (word in _USING and at):
                end = after
        return end
