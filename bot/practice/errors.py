"""What Telegram says when it refuses, word for word (texts: tdlib/td and tdlib/telegram-bot-api)."""

from __future__ import annotations

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
QUERY_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
POLLED_ELSEWHERE = (
    "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
)
POLLED_UNDER_WEBHOOK = "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
POLL_ENDED_BY_WEBHOOK = "Conflict: terminated by setWebhook request"


class Refusal(Exception):  # noqa: N818 - a refusal is an answer of the server, not an error in it
    """A request that Telegram would not carry out: HTTP code, description, and response parameters."""

    def __init__(self, code: int, description: str, parameters: dict[str, int] | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


def bad_request(text: str) -> Refusal:
    """A 400: the request itself is wrong."""
    return Refusal(400, f"Bad Request: {text}")


def forbidden(text: str) -> Refusal:
    """A 403: the person does not let this bot write."""
    return Refusal(403, f"Forbidden: {text}")


def migrated(to: int) -> Refusal:
    """A 400 that says where the group is now."""
    said = "Bad Request: group chat was upgraded to a supergroup chat"
    return Refusal(400, said, {"migrate_to_chat_id": to})


def conflict(description: str) -> Refusal:
    """A 409: two receivers of the same updates."""
    return Refusal(409, description)


def too_many_requests(seconds: int) -> Refusal:
    """A 429: come back after so many seconds."""
    return Refusal(429, f"Too Many Requests: retry after {seconds}", {"retry_after": seconds})


def unauthorized() -> Refusal:
    """A 401: no bot has this token."""
    return Refusal(401, "Unauthorized")


def method_not_found() -> Refusal:
    """A 404: the Bot API has no such method, or this server does not offer it."""
    return Refusal(404, "Not Found: method not found")


def too_large() -> Refusal:
    """A 413: the upload is bigger than a bot may send."""
    return Refusal(413, "Request Entity Too Large")
