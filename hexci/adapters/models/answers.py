"""What an endpoint's status means for the call, and its body as a JSON object."""

import json
import time
from collections.abc import Sequence
from email.message import Message
from email.utils import parsedate_to_datetime

from hexci.adapters.models.wire import Answer
from hexci.domain.canonical import Json
from hexci.ports.model import ModelFault

_AGAIN = frozenset({408, 409, 425, 429})
_TOO_LONG = (
    "context_length_exceeded", "maximum context length", "prompt is too long", "context size",
    "context window", "too many tokens", "exceed_context_size",
)  # fmt: skip
_SAID = 300


def object_of(answer: Answer, *, key_name: str, secrets: Sequence[str]) -> dict[str, Json]:
    """The reply's JSON object. Raises ModelFault for every other answer.

    `key_name` is the variable a person should look at; `secrets` are left out of messages.
    """
    if answer.status != 200:
        raise _refusal(answer, key_name, secrets)
    try:
        body = json.loads(answer.body)
    except (ValueError, RecursionError) as error:
        said = "the endpoint's reply is cut short or not JSON"
        raise ModelFault(said, again=True, charged=True) from error
    if not isinstance(body, dict):
        raise ModelFault("the endpoint's reply is no JSON object", again=True, charged=True)
    return body


def _refusal(answer: Answer, key_name: str, secrets: Sequence[str]) -> ModelFault:
    said = f"status {answer.status}: {_message(answer.body, secrets)}"
    low = answer.body[:20_000].decode("utf-8", "replace").lower()
    if answer.status in {401, 403}:
        return ModelFault(f"the endpoint does not accept the key ({said})",
                          f"Check the variable {key_name}.")  # fmt: skip
    if answer.status in {400, 413, 422} and any(words in low for words in _TOO_LONG):
        return ModelFault(f"the conversation is too long for the model ({said})", overflow=True)
    if answer.status == 429 and "insufficient_quota" in low:
        return ModelFault(f"the account has no quota left ({said})", "See the provider's billing.")
    if answer.status in _AGAIN or answer.status >= 500:
        return ModelFault(said, again=True, wait=retry_after(answer.headers))
    return ModelFault(said)


def retry_after(headers: Message) -> float | None:
    """Seconds that the endpoint asks us to wait: `retry-after-ms`, or a number, or a date."""
    for name, scale in (("retry-after-ms", 1000.0), ("retry-after", 1.0)):
        text = str(headers.get(name, "")).strip()
        if text.replace(".", "", 1).isdigit():
            return float(text) / scale
    try:
        moment = parsedate_to_datetime(str(headers.get("retry-after", "")))
    except (ValueError, TypeError):
        return None
    return max(0.0, moment.timestamp() - time.time())


def _message(body: bytes, secrets: Sequence[str]) -> str:
    """The endpoint's own words, bounded; some endpoints repeat the key in them."""
    text = body[:20_000].decode("utf-8", "replace")
    try:
        error = json.loads(text).get("error")
        text = error["message"] if isinstance(error, dict) else str(error or text)
    except (ValueError, AttributeError, KeyError, TypeError):
        pass
    for secret in secrets:
        text = text.replace(secret, "…") if secret else text
    return " ".join(str(text).split())[:_SAID]
