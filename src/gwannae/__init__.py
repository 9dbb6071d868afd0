"""Gwannae (관내봇): a Slack bot for a Korean city's local-first purchasing programme (지역상품 우선구매)."""

__version__ = "0.1.0"
