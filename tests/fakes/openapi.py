"""GitHub's own OpenAPI description: a validator for what is sent, a filler for what is answered."""

import json
from functools import cache
from typing import Any

from fakes.registry import DESCRIPTION, npm_package
from openapi_core import OpenAPI
from openapi_core.testing import MockRequest, MockResponse

HOST = "https://api.github.com"
_REPO = "/repos/{owner}/{repo}"
# What hexci calls; anything else is a violation.
OPERATIONS = {
    "/user": ("get",),
    f"{_REPO}/collaborators/{{username}}/permission": ("get",),
    f"{_REPO}/issues/{{issue_number}}/comments": ("get", "post"),
    f"{_REPO}/issues/{{issue_number}}/labels": ("post",),
    f"{_REPO}/issues/comments/{{comment_id}}": ("patch", "delete"),
    f"{_REPO}/issues/comments/{{comment_id}}/reactions": ("post",),
    f"{_REPO}/pulls/comments/{{comment_id}}/reactions": ("post",),
    f"{_REPO}/pulls": ("get", "post"),
    f"{_REPO}/pulls/{{pull_number}}": ("get", "patch"),
    f"{_REPO}/check-runs": ("post",),
    f"{_REPO}/check-runs/{{check_run_id}}": ("patch",),
    f"{_REPO}/commits/{{ref}}/check-runs": ("get",),
    f"{_REPO}/actions/runs/{{run_id}}/cancel": ("post",),
    f"{_REPO}/dispatches": ("post",),
}


@cache
def description() -> dict[str, Any]:
    """The description, cut down to OPERATIONS and the schemas they reach."""
    whole = json.loads((npm_package(*DESCRIPTION) / "generated/api.github.com.json").read_text())
    paths = {
        path: {
            **{verb: whole["paths"][path][verb] for verb in verbs},
            "parameters": whole["paths"][path].get("parameters", []),
        }
        for path, verbs in OPERATIONS.items()
    }
    components: dict[str, dict[str, Any]] = {}
    wanted = list(_references(paths))
    while wanted:
        _, _, kind, name = wanted.pop().split("/")
        if name in components.setdefault(kind, {}):
            continue
        components[kind][name] = whole["components"][kind][name]
        wanted += _references(components[kind][name])
    kept = {
        "openapi": whole["openapi"], "info": whole["info"], "servers": [{"url": HOST}],
        "paths": paths, "components": components,
    }  # fmt: skip
    return dict(_without_traps(kept))


def _references(part: Any) -> list[str]:
    if isinstance(part, dict):
        own = [part["$ref"]] if isinstance(part.get("$ref"), str) else []
        return own + [ref for key, v in part.items() if key != "examples" for ref in _references(v)]
    return [ref for v in part for ref in _references(v)] if isinstance(part, list) else []


def _without_traps(part: Any) -> Any:
    if isinstance(part, list):
        return [_without_traps(v) for v in part]
    if not isinstance(part, dict):
        return part
    # examples are prose that nobody checks; nullable enums forget to list null
    cut = {k: _without_traps(v) for k, v in part.items() if k not in {"examples", "example"}}
    if cut.get("nullable") and isinstance(cut.get("enum"), list) and None not in cut["enum"]:
        cut["enum"] = [*cut["enum"], None]
    return cut


@cache
def _api() -> OpenAPI:
    return OpenAPI.from_dict(description())


def _request(method: str, path: str, query: dict[str, str], body: bytes) -> MockRequest:
    return MockRequest(
        HOST, method.lower(), path, args=query, data=body or None, content_type="application/json"
    )


def request_violations(method: str, path: str, query: dict[str, str], body: bytes) -> list[str]:
    """What is wrong with a request by GitHub's description; path without the host."""
    errors = _api().iter_request_errors(_request(method, path, query, body))
    return [f"request {method} {path}: {_deep(e)}" for e in errors]


def answer_violations(method: str, path: str, status: int, answer: bytes) -> list[str]:
    """What is wrong with the answer to a request that was in order."""
    if status >= 400 or status == 204:
        return []
    response = MockResponse(answer, status_code=status, content_type="application/json")
    errors = _api().iter_response_errors(_request(method, path, {}, b""), response)
    return [f"response {method} {path}: {_deep(e)}" for e in errors]


def _deep(error: BaseException) -> str:
    inner = [str(e) for e in getattr(error, "schema_errors", ())]
    cause = f" <- {_deep(error.__cause__)}" if error.__cause__ else ""
    return f"{error} {inner[:3]}{cause}"[:600]


def filled(schema_name: str, given: dict[str, Any], base: str) -> Any:
    """`given` with every required member of the schema that it lacks; links point to `base`."""
    schema = {"$ref": f"#/components/schemas/{schema_name}"}
    return _filled(schema, given, base)


def _filled(schema: dict[str, Any], given: Any, base: str) -> Any:
    if "$ref" in schema:
        _, _, kind, name = schema["$ref"].split("/")
        schema = description()["components"][kind][name]
        return _filled(schema, given, base)
    if given is not None and not isinstance(given, dict):
        return given
    if given is None and schema.get("nullable"):
        return None
    for joined in ("allOf", "oneOf", "anyOf"):
        if joined in schema:
            parts = schema[joined] if joined == "allOf" else schema[joined][:1]
            made = [_filled(part, given, base) for part in parts]
            if isinstance(made[0], dict):
                return {key: value for one in made for key, value in one.items()}
            return made[0]
    if "enum" in schema:
        return schema["enum"][0]
    if schema.get("type") == "object" or "properties" in schema:
        known = schema.get("properties", {})
        given = given or {}
        names = {*schema.get("required", ()), *given}
        return {n: _filled(known.get(n, {}), given.get(n), base) for n in sorted(names)}
    return given if given is not None else _plain(schema, base)


def _plain(schema: dict[str, Any], base: str) -> Any:
    if schema.get("format") == "date-time":
        return "2026-01-02T03:04:05Z"
    if schema.get("format") == "uri":
        return f"{base}/x"
    if schema.get("type") == "array":
        few = range(schema.get("minItems", 0))
        return [_filled(schema.get("items", {}), None, base) for _ in few]
    plain = {"integer": 1, "number": 1.0, "boolean": False}
    return plain.get(schema.get("type", ""), "x")
