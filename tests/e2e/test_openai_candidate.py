import json
from pathlib import Path
from typing import Any

import pytest
from fakes.command_line import EVIDENCE, Said, buggy_repo, hexci
from fakes.openai_server import Endpoint, Turn, scripted_openai
from fakes.repositories import fingerprint, git, repo_with

pytestmark = pytest.mark.slow
KEY = "sk-canary-4f1b7c"
FIXED = [{"path": "calc.py", "old": "a - b", "new": "a + b"}]

TWO_FILES = {
    "shop/__init__.py": "",
    "shop/order.py": "class Order:\n    def __init__(self, amount):\n        self.amnt = amount\n",
    "shop/report.py": "def line(order):\n    return f'total {order.amnt}'\n",
    "test_shop.py": (
        "import unittest\n\nfrom shop.order import Order\nfrom shop.report import line\n\n\n"
        "class ShopTest(unittest.TestCase):\n"
        "    def test_the_field_is_spelled_out(self):\n"
        "        self.assertEqual(Order(3).amount, 3)\n\n"
        "    def test_the_report_uses_it(self):\n"
        "        self.assertEqual(line(Order(4)), 'total 4')\n"
    ),
}
RENAME = [
    {"path": "shop/order.py", "old": "self.amnt = amount", "new": "self.amount = amount"},
    {"path": "shop/report.py", "old": "order.amnt", "new": "order.amount"},
]


def asked(repo: Path, endpoint: Endpoint, *more: str) -> Said:
    return hexci(
        repo, "do", "rename the field", "--evidence", EVIDENCE, "--candidate", "openai/scripted",
        "--json", *more, OPENAI_BASE_URL=endpoint.url, OPENAI_API_KEY=KEY,
    )  # fmt: skip


def told(endpoint: Endpoint, number: int) -> str:
    return json.dumps(endpoint.requests[number]["messages"][-1], ensure_ascii=False)


def test_a_two_file_task_is_done_by_native_tool_calls(tmp_path: Path) -> None:
    repo = repo_with(tmp_path / "r", TWO_FILES)
    turns = (
        Turn(calls=[("search", {"pattern": "amnt"})]),
        Turn(calls=[("read_file", {"path": "shop/order.py"})]),
        Turn(calls=[("propose_edit", {"edits": RENAME})]),
    )
    with scripted_openai(*turns) as endpoint:
        said = asked(repo, endpoint)
    assert said.document["outcome"] == "committed", said.err
    assert "shop/report.py:2:" in told(endpoint, 1)
    changed = git(repo, "diff", "--name-only", "main", said.document["branch"])
    assert changed.split() == ["shop/order.py", "shop/report.py"]
    usage = dict(said.document["candidates"][0]["usage"])
    assert usage == {
        "prompt_tokens": 300, "cached_tokens": 0, "completion_tokens": 30, "turns": 3, "calls": 3,
        "usd": None,
    }  # fmt: skip


TEXTS = {
    "fenced json": "Here:\n```json\n"
    + json.dumps({"name": "propose_edit", "arguments": {"edits": RENAME}})
    + "\n```\n",
    "tool_call tag": "<tool_call>"
    + json.dumps({"name": "propose_edit", "arguments": {"edits": RENAME}})
    + "</tool_call>",
    "search and replace": "".join(
        f"{e['path']}\n<<<<<<< SEARCH\n{e['old']}\n=======\n{e['new']}\n>>>>>>> REPLACE\n\n"
        for e in (
            {
                **RENAME[0],
                "old": f"        {RENAME[0]['old']}",
                "new": f"        {RENAME[0]['new']}",
            },
            {
                "path": "shop/report.py",
                "old": TWO_FILES["shop/report.py"].splitlines()[1],
                "new": "    return f'total {order.amount}'",
            },
        )
    ),
}


@pytest.mark.parametrize("form", TEXTS)
def test_a_two_file_task_is_done_by_a_model_without_native_calls(tmp_path: Path, form: str) -> None:
    with scripted_openai(Turn(text=TEXTS[form])) as endpoint:
        said = asked(repo_with(tmp_path / "r", TWO_FILES), endpoint)
    assert said.document["outcome"] == "committed", said.err


def test_files_can_be_created_and_deleted_in_one_edit(tmp_path: Path) -> None:
    repo = repo_with(tmp_path / "r", {**TWO_FILES, "shop/old.py": "UNUSED = 1\n"})
    edits: list[dict[str, Any]] = [
        {"path": "shop/order.py", "content": "from shop.fields import Fields as Order\n"},
        {
            "path": "shop/fields.py",
            "content": TWO_FILES["shop/order.py"]
            .replace("Order", "Fields")
            .replace("amnt", "amount"),
        },
        {"path": "shop/old.py", "delete": True},
        RENAME[1],
    ]
    with scripted_openai(Turn(calls=[("propose_edit", {"edits": edits})])) as endpoint:
        said = asked(repo, endpoint)
    assert said.document["outcome"] == "committed", said.err
    tree = git(repo, "ls-tree", "-r", "--name-only", said.document["branch"]).split()
    assert ("shop/fields.py" in tree, "shop/old.py" in tree) == (True, False)


def test_a_refused_edit_is_taken_back_and_the_failing_test_is_told_first(tmp_path: Path) -> None:
    repo = repo_with(tmp_path / "r", TWO_FILES)
    turns = (
        Turn(calls=[("propose_edit", {"edits": RENAME[:1]})]),
        Turn(calls=[("propose_edit", {"edits": RENAME})]),
    )
    with scripted_openai(*turns) as endpoint:
        said = asked(repo, endpoint)
    assert said.document["outcome"] == "committed", said.err
    assert "REFUSED" in told(endpoint, 1)
    assert "test_the_report_uses_it" in told(endpoint, 1)


def test_half_an_edit_is_never_made(tmp_path: Path) -> None:
    repo = repo_with(tmp_path / "r", TWO_FILES)
    wrong = [RENAME[0], {"path": "shop/report.py", "old": "not there", "new": "x"}]
    turns = (
        Turn(calls=[("propose_edit", {"edits": wrong})]),
        Turn(calls=[("give_up", {"reason": "no idea"})]),
    )
    before = fingerprint(repo)
    with scripted_openai(*turns) as endpoint:
        said = asked(repo, endpoint)
    assert said.document["outcome"] == "no_change"
    assert "does not occur in shop/report.py" in told(endpoint, 1)
    assert fingerprint(repo) == before


@pytest.mark.parametrize(
    ("turns", "outcome", "exit_code"),
    [
        ([Turn(status=401)], "model_error", 7),
        ([Turn(status=400)], "model_error", 7),
        ([Turn(raw=b'{"choices": []}')], "model_error", 7),
        ([Turn(raw=b"not json at all")], "model_error", 7),
        ([Turn(text="I think it is fine.")] * 3, "no_change", 1),
        ([Turn(calls=[("shell", {"command": "rm -rf /"})])] * 4, "no_change", 1),
        ([Turn(calls=[("propose_edit", "{broken")])] * 3, "no_change", 1),
        (
            [Turn(calls=[("propose_edit", {"edits": [{"path": "../x", "content": "x"}]})])] * 3,
            "no_change",
            1,
        ),
        (
            [Turn(calls=[("propose_edit", {"edits": [{"path": "calc.py", "content": "x = 1\n"}]})])]
            * 2,
            "flapping",
            1,
        ),
        (
            [
                Turn(
                    calls=[("propose_edit", {"edits": [{"path": "test_calc.py", "delete": True}]})]
                ),
                Turn(calls=[("give_up", {"reason": "?"})]),
            ],
            "protected_path",
            3,
        ),
    ],
)
def test_a_model_that_misbehaves_ends_in_one_outcome_and_changes_nothing(
    tmp_path: Path, turns: list[Turn], outcome: str, exit_code: int
) -> None:
    repo = buggy_repo(tmp_path / "r")
    before = fingerprint(repo)
    with scripted_openai(*turns) as endpoint:
        said = asked(repo, endpoint)
    assert (said.document["outcome"], said.exit_code) == (outcome, exit_code), said.out
    assert fingerprint(repo) == before


def test_a_rate_limit_is_waited_for(tmp_path: Path) -> None:
    turns = (
        Turn(status=429, headers={"retry-after": "0.1"}),
        Turn(status=503),
        Turn(calls=[("propose_edit", {"edits": FIXED})]),
    )
    with scripted_openai(*turns) as endpoint:
        said = asked(buggy_repo(tmp_path / "r"), endpoint)
    assert said.document["outcome"] == "committed", said.out


def test_no_key_names_the_variable(tmp_path: Path) -> None:
    said = hexci(
        buggy_repo(tmp_path / "r"),
        "do",
        "x",
        "--evidence",
        EVIDENCE,
        "--candidate",
        "openai/m",
        "--json",
    )
    assert said.document["outcome"] == "model_error"
    assert "OPENAI_API_KEY" in said.document["candidates"][0]["summary"]


def test_the_key_reaches_the_endpoint_and_nothing_else(tmp_path: Path) -> None:
    repo = buggy_repo(tmp_path / "r")
    with scripted_openai(Turn(calls=[("propose_edit", {"edits": FIXED})])) as endpoint:
        said = asked(repo, endpoint)
    assert endpoint.keys == [f"Bearer {KEY}"]
    record = hexci(repo, "show", "last", "--json").out
    assert KEY not in said.out + said.err + record


def test_the_step_limit_forces_an_edit_turn(tmp_path: Path) -> None:
    looking = [Turn(calls=[("read_file", {"path": "calc.py", "start": n})]) for n in range(1, 9)]
    with scripted_openai(*looking) as endpoint:
        said = asked(buggy_repo(tmp_path / "r"), endpoint, "--max-steps", "4")
    assert said.document["outcome"] == "no_change"
    offered = [[t["function"]["name"] for t in r["tools"]] for r in endpoint.requests]
    assert len(offered) == 4
    assert offered[2] == offered[3] == ["propose_edit", "give_up"]
    assert "Call propose_edit now" in told(endpoint, 3)
