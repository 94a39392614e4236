"""What other open pull requests add to a folder: one question to GitHub's GraphQL interface."""

import json
import os
import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import Any

_SECONDS = 20.0
# the newest open requests and the first files of each: a warning may miss what lies beyond
QUERY = """\
query($owner: String!, $name: String!) {
  repository(owner: $owner, name: $name) {
    pullRequests(states: OPEN, first: 100, orderBy: {field: CREATED_AT, direction: DESC}) {
      nodes { number files(first: 100) { nodes { path changeType } } }
    }
  }
}
"""


def rivals_of(event: dict[str, Any]) -> tuple[tuple[int, str], ...]:
    """(number, path) of each file that another open request adds; empty when nobody can be asked.

    It serves a warning: a forge that does not answer is no error.
    """
    token = os.environ.get("GITHUB_TOKEN", "")
    owner, _, name = os.environ.get("GITHUB_REPOSITORY", "").partition("/")
    number = event.get("pull_request", {}).get("number")
    if not (token and name and isinstance(number, int)):
        return ()
    try:
        answer = _asked({"query": QUERY, "variables": {"owner": owner, "name": name}}, token)
        return tuple(_added(answer, number))
    except (urllib.error.URLError, OSError, ValueError, KeyError, TypeError):
        return ()


def _added(answer: Any, own: int) -> Iterator[tuple[int, str]]:
    for request in answer["data"]["repository"]["pullRequests"]["nodes"]:
        if request["number"] != own:
            for file in (request["files"] or {"nodes": []})["nodes"]:
                if file["changeType"] == "ADDED":
                    yield int(request["number"]), str(file["path"])


def _asked(question: object, token: str) -> Any:
    url = os.environ.get("GITHUB_GRAPHQL_URL", "https://api.github.com/graphql")
    if not url.startswith(("https://", "http://127.0.0.1")):
        raise ValueError(url)
    asked = urllib.request.Request(  # noqa: S310 - the scheme is checked
        url,
        data=json.dumps(question).encode(),
        headers={"Authorization": f"Bearer {token}", "Content-Type": "application/json"},
    )
    with urllib.request.urlopen(asked, timeout=_SECONDS) as answer:  # noqa: S310
        return json.load(answer)
