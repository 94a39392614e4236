"""The first message that a model gets, on a repository too large to be shown whole."""

import pytest
from fakes.command_line import EVIDENCE, hexci
from fakes.openai_server import Turn, scripted_openai
from fakes.repositories import repo_with

pytestmark = pytest.mark.slow


def many(prefix: str, count: int) -> str:
    """Functions that nobody calls."""
    return "".join(
        f"def {prefix}_{n}(value):\n    total = value + {n}\n    return total\n\n\n"
        for n in range(count)
    )


DISCOUNT = "def discount(price):\n    share = rate(price)\n    return price + price * share\n\n\n"
SHOP = {
    # the fault is no line of the traceback: only running the test tells where it is
    "shop/prices.py": "from shop.rates import rate\n\n\n"
    + many("before", 60) + DISCOUNT + many("after", 60),
    "shop/rates.py": many("table", 60)
    + "def rate(price):\n    return 0.1 if price > 50 else 0.0\n\n\n" + many("row", 60),
    "shop/basket.py": many("stock", 60)
    + "def total(prices):\n    from shop.prices import discount\n\n"
    "    return sum(discount(price) for price in prices)\n\n\n" + many("till", 60),
    "shop/__init__.py": "",
    "test_shop.py": "import unittest\n\nfrom shop import prices\n\n\n"
    "class ShopTest(unittest.TestCase):\n"
    "    def test_discount(self):\n        self.assertEqual(prices.discount(100), 90)\n",
    "docs/adr/2026-01-02-prices-are-floats.md": "---\nid: 2026-01-02-prices-are-floats\n"
    "status: accepted\ndate: 2026-01-02\ngoverns: [shop/prices.py]\n---\n\n"
    "# Keep prices as floats\n\n## Decision\n\nPrices are floats; no Decimal anywhere.\n",
}  # fmt: skip


@pytest.fixture(scope="module")
def first_message(tmp_path_factory: pytest.TempPathFactory) -> str:
    repo = repo_with(tmp_path_factory.mktemp("shop") / "r", SHOP)
    give_up = Turn(calls=[("give_up", {"reason": "only looking"})])
    with scripted_openai(give_up) as endpoint:
        hexci(
            repo, "do", "fix the discount", "--evidence", EVIDENCE, "--candidate", "openai/x",
            OPENAI_BASE_URL=endpoint.url, OPENAI_API_KEY="k",
        )  # fmt: skip
    text = endpoint.requests[0]["messages"][1]["content"]
    assert isinstance(text, str)
    return text


def test_the_window_is_round_what_the_failing_test_ran(first_message: str) -> None:
    shown = first_message.partition("shop/prices.py:\n")[2]
    assert "return price + price * share" in shown
    assert "def before_0(" not in shown
    assert "def after_59(" not in shown


def test_the_definitions_that_it_uses_are_in_sight(first_message: str) -> None:
    assert "return 0.1 if price > 50" in first_message


def test_its_callers_are_in_sight(first_message: str) -> None:
    assert "return sum(discount(price)" in first_message


def test_the_decisions_that_govern_it_are_told_as_data(first_message: str) -> None:
    before, card, _ = first_message.partition("Prices are floats; no Decimal anywhere.")
    assert card
    assert before.count("BEGIN DATA") == before.count("END DATA") + 1


def test_facts_come_before_the_task_and_code_after_it(first_message: str) -> None:
    order = [first_message.index(word) for word in ("6 files", "Task: ", "shop/prices.py:\n")]
    assert order == sorted(order)
