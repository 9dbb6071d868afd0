"""Words of the trade of buying that name no thing: deeds at the end of a compound, and what would lead to everybody."""

_DEEDS = """
유지보수 유지관리 서비스 제조업 도매업 소매업 전문점 제작 구매 구입 용역 공사 설치 임차 임대 대여
렌탈 렌트 수리 보수 관리 납품 업체 대행 교체 시공 판매 점검 세척 처리 공급 물품 정비 제조 도매 소매
사업 전문 작업 배달 배송 주문 견적 비용 가격 추천 지원 운영 계약 발주 설비 시설 장비 용품 기기 기구
재료 자재 시스템 업 점 집 류
"""
_VAGUE = "처리 사업 전문 지원 운영 설비 시설 장비 용품 기기 기구 재료 자재 시스템 업 점 집 류"
_WIDE = """
관내 구매업체 기업 기타 도소매 사무소 사회적기업 산업 상사 상품 상회 서비스업 센터 소상공인 시설물 업종
여성기업 일반 장애인기업 제품 종합 중소기업 지역 지역업체 품목 협동조합 회사 관련제품 단체 협회 부품 부속품 유사제품
"""

# What is done with a thing, or said about it: 명함제작, 청소용역, 노트북구매 ask for 명함, 청소, 노트북. Longest first.
DEEDS = tuple(_DEEDS.split())

# Endings that also belong to words of their own (수영용품 is no 수영): taken off only where a known word is left.
VAGUE = frozenset(_VAGUE.split())

# As keys.
TOO_GENERAL = frozenset((*DEEDS, *_WIDE.split()))
