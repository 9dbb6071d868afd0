"""Structured logs, one JSON line each, on standard error: fixed event names, no personal data, no purchase texts."""

import logging
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

_HIDDEN = ("token", "secret", "signature", "text", "title")


def set_up_logs(level: str = "INFO") -> None:
    """Send structlog and the libraries' own logs to standard error."""
    logging.basicConfig(stream=sys.stderr, level=getattr(logging, level, logging.INFO), format="%(message)s")
    for noisy in ("slack_bolt", "gwannae.bolt", "slack_sdk", "aiohttp.access", "uvicorn.access", "apscheduler"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _hide,
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(getattr(logging, level, logging.INFO)),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )


def _hide(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """A second belt: what is named like a secret or like something that a person typed never reaches the log."""
    for name in event:
        if name in _HIDDEN:
            event[name] = "…"
    return event
