"""The peer: a Bolt app with one command and nothing else, on the same server as the product.

Started as a process of its own: `python -m benchmarks.bare_app PORT`, with Slack's settings in the environment.
"""

import os
import sys
from typing import Any

import uvicorn
from slack_bolt.adapter.asgi.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

ANSWER = {"response_type": "ephemeral", "text": "‘인쇄’ 관내 업체 12곳"}


def build() -> AsyncSlackRequestHandler:
    """The least that answers a signed command: Bolt's own signature check, its own ASGI adapter, a fixed text."""
    app = AsyncApp(
        signing_secret=os.environ["SLACK_SIGNING_SECRET"],
        client=AsyncWebClient(token=os.environ["SLACK_BOT_TOKEN"], base_url=os.environ["SLACK_API_URL"]),
        process_before_response=True,
    )

    @app.command("/localvendor")
    async def answer(ack: Any) -> None:
        await ack(**ANSWER)

    return AsyncSlackRequestHandler(app, path="/slack/events")


if __name__ == "__main__":
    uvicorn.run(
        build(),
        host="127.0.0.1",
        port=int(sys.argv[1]),
        loop="uvloop",
        http="httptools",
        log_config=None,
        access_log=False,
        server_header=False,
    )
