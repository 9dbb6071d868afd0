"""Asks Slack once who we are there: for commands that need the workspace, and to see whether a token works."""

from dataclasses import dataclass

SECONDS = 5


@dataclass(frozen=True, slots=True)
class SlackAnswer:
    """Slack knows the token: the workspace it is for."""

    team_id: str
    team: str


@dataclass(frozen=True, slots=True)
class SlackRefusal:
    """Slack does not take the token, or was not reached (`code` "unreachable")."""

    code: str


def ask_slack(token: str, api_url: str) -> SlackAnswer | SlackRefusal:
    """Call auth.test; never raises, never waits longer than SECONDS."""
    from slack_sdk import WebClient
    from slack_sdk.errors import SlackApiError, SlackClientError

    client = WebClient(token=token, base_url=api_url if api_url.endswith("/") else api_url + "/", timeout=SECONDS)
    try:
        answer = client.auth_test()
    except SlackApiError as error:
        return SlackRefusal(str(error.response.get("error") or "unreachable"))
    except (SlackClientError, OSError, ValueError):  # no network, no such host, not HTTP
        return SlackRefusal("unreachable")
    return SlackAnswer(str(answer.get("team_id") or ""), str(answer.get("team") or ""))
