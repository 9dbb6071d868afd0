"""What the bot asks about: itself, people, channels, and what was said. And opening a direct conversation."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from .api_chat import message_json
from .api_terms import RefusedError, is_true, number_of, page, place_of, text_of
from .values import Channel, Json, Person
from .workspace import Workspace


def auth_test(workspace: Workspace, _params: Json) -> Json:
    return {
        "url": f"https://{workspace.domain}.slack.com/",
        "team": workspace.name,
        "user": workspace.bot.name,
        "team_id": workspace.team_id,
        "user_id": workspace.bot.user_id,
        "bot_id": workspace.bot.bot_id,
        "is_enterprise_install": False,
    }


def api_test(_workspace: Workspace, params: Json) -> Json:
    if text_of(params, "error"):
        raise RefusedError(text_of(params, "error"))
    return {"args": params}


def team_info(workspace: Workspace, _params: Json) -> Json:
    return {"team": {"id": workspace.team_id, "name": workspace.name, "domain": workspace.domain}}


def users_info(workspace: Workspace, params: Json) -> Json:
    user = text_of(params, "user")
    if user == workspace.bot.user_id:
        return {"user": _bot_json(workspace)}
    if user not in workspace.people:
        raise RefusedError("user_not_found")
    return {"user": _person_json(workspace, workspace.people[user], is_true(params, "include_locale"))}


def users_list(workspace: Workspace, params: Json) -> Json:
    with_locale = is_true(params, "include_locale")
    everyone = [_person_json(workspace, person, with_locale) for person in workspace.people.values()]
    rows, metadata = page(params, [*everyone, _bot_json(workspace)], number_of(params, "limit", 200, 1000))
    return {"members": rows, "cache_ts": int(workspace.clock()), "response_metadata": metadata}


def users_by_email(workspace: Workspace, params: Json) -> Json:
    email = text_of(params, "email").strip().lower()
    for person in workspace.people.values():
        if email and person.email.lower() == email:
            return {"user": _person_json(workspace, person, False)}
    raise RefusedError("users_not_found")


def conversations_open(workspace: Workspace, params: Json) -> Json:
    """A direct conversation with one person. Groups of several people are not part of this workspace."""
    users = [user.strip() for user in text_of(params, "users").split(",") if user.strip()]
    if len(users) != 1:
        raise RefusedError("users_list_not_supplied" if not users else "not_enough_users")
    if users[0] == workspace.bot.user_id:
        raise RefusedError("cannot_dm_bot")
    if users[0] not in workspace.people:
        raise RefusedError("user_not_found")
    place = workspace.open_dm(users[0])
    whole = _channel_json(workspace, place) if is_true(params, "return_im") else {"id": place.id}
    return {"channel": whole}


def conversations_info(workspace: Workspace, params: Json) -> Json:
    place = _visible(workspace, params)
    described = _channel_json(workspace, place)
    if is_true(params, "include_num_members"):
        described["num_members"] = len(place.members)
    return {"channel": described}


def conversations_members(workspace: Workspace, params: Json) -> Json:
    members, metadata = page(params, _visible(workspace, params).members, number_of(params, "limit", 100, 1000))
    return {"members": members, "response_metadata": metadata}


def conversations_list(workspace: Workspace, params: Json) -> Json:
    kinds = set((text_of(params, "types") or "public_channel").replace(" ", "").split(","))
    if not kinds <= {"public_channel", "private_channel", "im", "mpim"}:
        raise RefusedError("invalid_types")
    places = [place for place in workspace.channels.values() if _kind(place) in kinds]
    places = [place for place in places if not place.is_private or workspace.bot.user_id in place.members]
    if "im" in kinds:
        dms = (workspace.place(f"D{person[1:]}") for person in workspace.people)
        places += [dm for dm in dms if dm is not None]
    if is_true(params, "exclude_archived"):
        places = [place for place in places if not place.is_archived]
    rows, metadata = page(params, places, number_of(params, "limit", 100, 1000))
    return {"channels": [_channel_json(workspace, place) for place in rows], "response_metadata": metadata}


def conversations_history(workspace: Workspace, params: Json) -> Json:
    """Newest first, without what only one person sees. `oldest` and `latest` are left out unless `inclusive`."""
    place = _visible(workspace, params)
    if workspace.bot.user_id not in place.members:
        raise RefusedError("not_in_channel")
    rows = [m for m in reversed(workspace.messages.in_channel(place.id)) if m.only_for is None]
    oldest, latest, inclusive = text_of(params, "oldest"), text_of(params, "latest"), is_true(params, "inclusive")
    try:
        if oldest:
            rows = [m for m in rows if float(m.ts) > float(oldest) or (inclusive and m.ts == oldest)]
        if latest:
            rows = [m for m in rows if float(m.ts) < float(latest) or (inclusive and m.ts == latest)]
    except ValueError:
        raise RefusedError("invalid_ts_oldest") from None
    shown, metadata = page(params, rows, number_of(params, "limit", 100, 999))
    with_metadata = is_true(params, "include_all_metadata")
    said = [message_json(workspace, m, with_metadata=with_metadata) for m in shown]
    return {"messages": said, "has_more": bool(metadata["next_cursor"]), "response_metadata": metadata}


def _visible(workspace: Workspace, params: Json) -> Channel:
    place = place_of(workspace, params)
    if place.is_private and workspace.bot.user_id not in place.members:
        raise RefusedError("channel_not_found")
    return place


def _kind(place: Channel) -> str:
    return "im" if place.is_im else "private_channel" if place.is_private else "public_channel"


def _channel_json(workspace: Workspace, place: Channel) -> Json:
    if place.is_im:
        return {"id": place.id, "is_im": True, "is_archived": False, "user": place.members[0], "is_open": True}
    return {
        "id": place.id,
        "name": place.name,
        "is_channel": True,
        "is_im": False,
        "is_private": place.is_private,
        "is_archived": place.is_archived,
        "is_member": workspace.bot.user_id in place.members,
        "context_team_id": workspace.team_id,
        "topic": {"value": place.topic, "creator": "", "last_set": 0},
    }


def _person_json(workspace: Workspace, person: Person, with_locale: bool) -> Json:
    profile: Json = {"real_name": person.name, "display_name": person.name, "title": person.role_label}
    if "users:read.email" in workspace.scopes and person.email:
        profile["email"] = person.email
    described: Json = {
        "id": person.id,
        "team_id": workspace.team_id,
        "name": person.id.lower(),
        "real_name": person.name,
        "deleted": False,
        "is_bot": False,
        "tz": str(workspace.zone),
        "profile": profile,
    }
    return {**described, "locale": person.locale} if with_locale else described


def _bot_json(workspace: Workspace) -> Json:
    bot = workspace.bot
    profile = {"real_name": bot.name, "display_name": bot.name, "bot_id": bot.bot_id, "api_app_id": bot.app_id}
    return {
        "id": bot.user_id,
        "team_id": workspace.team_id,
        "name": bot.user_id.lower(),
        "real_name": bot.name,
        "deleted": False,
        "is_bot": True,
        "profile": profile,
    }


METHODS: Mapping[str, Callable[[Workspace, Json], Json]] = {
    "api.test": api_test,
    "auth.test": auth_test,
    "team.info": team_info,
    "users.info": users_info,
    "users.list": users_list,
    "users.lookupByEmail": users_by_email,
    "conversations.open": conversations_open,
    "conversations.info": conversations_info,
    "conversations.members": conversations_members,
    "conversations.list": conversations_list,
    "conversations.history": conversations_history,
}
