"""Who approves a pull request now, as GitHub's API tells it. Reads only."""

import json
import os
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from typing import Any

from hexci.domain.ledger.rules.quorum import Approval, Approvals
from hexci.errors import BadInputError

_SECONDS = 20.0
# a hundred a page; nobody reviews more often
_MOST_PAGES = 10
_STANDING = frozenset({"APPROVED", "CHANGES_REQUESTED", "DISMISSED"})


def approvals_of(event: dict[str, Any], owners: tuple[str, ...]) -> Approvals | None:
    """The approvals of an event's pull request, or None when nobody can be asked.

    An approval stands when it is its author's last word and was given to the head commit.
    `owners` are logins or `organisation/team`. Raises BadInputError when GitHub does not answer.
    """
    token = os.environ.get("GITHUB_TOKEN", "")
    repository = os.environ.get("GITHUB_REPOSITORY", "")
    request = event.get("pull_request", {})
    number = request.get("number")
    if not (token and repository and isinstance(number, int)):
        return None
    reviews = list(_pages(f"/repos/{repository}/pulls/{number}/reviews", token))
    head = str(request.get("head", {}).get("sha", ""))
    author = str(request.get("user", {}).get("login", ""))
    return Approvals(author, tuple(_standing(reviews, head)), _logins(owners, token))


def _standing(reviews: list[dict[str, Any]], head: str) -> Iterator[Approval]:
    last: dict[str, dict[str, Any]] = {}
    for review in reviews:
        if review.get("state") in _STANDING and review.get("user"):
            last[str(review["user"]["login"])] = review
    for login, review in sorted(last.items()):
        if review["state"] == "APPROVED" and review.get("commit_id") == head:
            yield Approval(login, is_bot=review["user"].get("type") != "User")


def _logins(owners: tuple[str, ...], token: str) -> frozenset[str]:
    logins: set[str] = set()
    for owner in owners:
        organisation, slash, team = owner.partition("/")
        if slash:
            path = f"/orgs/{_quoted(organisation)}/teams/{_quoted(team)}/members"
            logins |= {str(member["login"]).lower() for member in _pages(path, token)}
        else:
            logins.add(owner)
    return frozenset(logins)


def _pages(path: str, token: str) -> Iterator[dict[str, Any]]:
    for page in range(1, _MOST_PAGES + 1):
        items = _get(f"{path}?per_page=100&page={page}", token)
        yield from items
        if len(items) < 100:
            return


def _get(path: str, token: str) -> list[dict[str, Any]]:
    api = os.environ.get("GITHUB_API_URL", "https://api.github.com")
    if not api.startswith(("https://", "http://127.0.0.1")):
        raise BadInputError(f"GITHUB_API_URL is {api!r}: only https is spoken")
    asked = urllib.request.Request(  # noqa: S310 - the scheme is checked
        f"{api}{path}",
        headers={"Authorization": f"Bearer {token}", "Accept": "application/vnd.github+json"},
    )
    try:
        with urllib.request.urlopen(asked, timeout=_SECONDS) as answer:  # noqa: S310
            items = json.load(answer)
    except (urllib.error.URLError, OSError, ValueError) as error:
        raise BadInputError(
            f"GitHub did not say who approved: {error}",
            "The job needs permissions: pull-requests: read (and read access to the team).",
        ) from error
    if not isinstance(items, list):
        raise BadInputError("GitHub's answer has another form than documented")
    return items


def _quoted(name: str) -> str:
    return urllib.parse.quote(name, safe="")
