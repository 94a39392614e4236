"""Which test files may speak of the code, and which could make anything fail."""

import pytest

from hexci.domain.review.dependence import depends
from hexci.domain.review.proving import enclosing_function
from hexci.domain.review.reproducer import objection, own_names

FILES = frozenset({"src/shop/cart.py", "src/shop/__init__.py", "tests/test_cart.py", "tool.py"})
CART = "src/shop/cart.py"

HONEST = {
    "plain": "from shop.cart import total\ndef test_x():\n    assert total([1]) == 1\n",
    "through the package": "import shop\ndef test_x():\n    assert shop.total([1]) == 1\n",
    "a class of tests": (
        "import unittest\nfrom shop.cart import Cart\nclass T(unittest.TestCase):\n"
        "    def setUp(self):\n        self.cart = Cart()\n"
        "    def test_x(self):\n        self.assertEqual(self.cart.total(), 0)\n"
    ),
    "a fixture of its own": (
        "import pytest\nfrom shop.cart import Cart\n@pytest.fixture\ndef cart():\n"
        "    return Cart()\ndef test_x(cart):\n    assert cart.total() == 0\n"
    ),
    "threads": (
        "import threading\nfrom shop.cart import Cart\ndef test_x():\n    cart = Cart()\n"
        "    t = threading.Thread(target=cart.add, args=(1,))\n    t.start(); t.join()\n"
        "    assert cart.total() == 1\n"
    ),
    "files of its own": (
        "from shop.cart import load\ndef test_x(tmp_path):\n"
        "    (tmp_path / 'a').write_text('1')\n    assert load(tmp_path / 'a') == [1]\n"
    ),
}


@pytest.mark.parametrize("text", HONEST.values(), ids=HONEST)
def test_an_honest_reproducer_is_heard(text: str) -> None:
    assert objection(text, CART, FILES) == ""


UNFIT = {
    "def test_x(:": "is not Python",
    "from shop.cart import total\nassert total([1]) == 2\n": "holds no test",
    "def test_x():\n    assert 1 == 2\n": "imports nothing of the repository",
    "import json\ndef test_x():\n    assert json.loads('1') == 2\n": "imports nothing",
    "import tool\ndef test_x():\n    assert tool.f() == 2\n": "nothing of what src/shop/cart.py",
    "import shop\ndef test_x():\n    assert 1 == 2\n": "no test of the reproducer uses",
    "from shop.cart import total\ndef test_x(monkeypatch):\n    assert total([1]) == 2\n": (
        "asks for `monkeypatch`"
    ),
    "from unittest import mock\nfrom shop.cart import total\n"
    "def test_x():\n    assert total([1]) == 2\n": "imports unittest.mock",
    "from unittest.mock import patch\nfrom shop.cart import total\n"
    "def test_x():\n    assert total([1]) == 2\n": "imports unittest.mock",
    "import shop.cart\ndef test_x():\n    shop.cart.RATE = 2\n    shop.cart.total()\n": (
        "changes what it imports"
    ),
    "import time\nfrom shop.cart import total\ndef test_x():\n    time.time = None\n"
    "    assert total([1]) == 2\n": "changes what it imports",
    "import sys\nfrom shop.cart import total\ndef test_x():\n    sys.modules['json'] = None\n"
    "    assert total([1]) == 2\n": "changes what it imports",
    "from shop.cart import total\ndef test_x():\n    total.__code__ = None\n"
    "    assert total([1]) == 2\n": "__code__",
    "from shop import cart\ndef test_x():\n    setattr(cart, 'RATE', 2)\n"
    "    assert cart.total([1]) == 2\n": "calls setattr()",
    "from shop.cart import total\ndef test_x():\n    exec('1/0')\n    total([1])\n": "calls exec()",
    "import importlib\nimport shop.cart\ndef test_x():\n    importlib.reload(shop.cart)\n"
    "    assert shop.cart.total([]) == 1\n": "importlib.reload",
    "from shop.cart import _total\ndef test_x():\n    assert _total([1]) == 2\n": "private: _total",
    "from shop.cart import Cart\ndef test_x():\n    assert Cart()._items == 1\n": "private: _items",
}


@pytest.mark.parametrize(("text", "said"), UNFIT.items(), ids=range(len(UNFIT)))
def test_what_proves_nothing_is_told_why(text: str, said: str) -> None:
    assert said in objection(text, CART, FILES)


DEPENDENT = {
    "    assert total([1]) == 2": True,
    "    x = total([1])\n    y = x + 1\n    assert y == 2": True,
    "    assert 1 == 2": False,
    "    x = 1\n    assert x == 2": False,
    "    total([1])\n    assert False": False,
    "    if total([1]) == 1:\n        raise AssertionError": True,
    "    try:\n        total([1])\n    except ValueError:\n        assert False": True,
    "    if 1 == 1:\n        raise AssertionError": False,
    "    seen = []\n    seen.append(total([1]))\n    assert seen == [2]": True,
    "    given = [1]\n    total(given)\n    assert given == []": True,
    "    for part in total([1]):\n        assert part == 2": True,
    "    with open(total([1])) as f:\n        assert f.read() == ''": True,
}


@pytest.mark.parametrize(("body", "expected"), DEPENDENT.items(), ids=range(len(DEPENDENT)))
def test_a_failing_line_must_hang_on_the_code(body: str, *, expected: bool) -> None:
    text = f"from shop.cart import total\ndef test_x():\n{body}\n"
    own = own_names(text, FILES)
    assert depends(text, text.count("\n"), own) is expected


def test_what_setup_keeps_in_self_is_followed_but_self_alone_is_not() -> None:
    text = HONEST["a class of tests"] + "        self.assertEqual(1, 2)\n"
    own = own_names(text, FILES)
    assert (depends(text, 7, own), depends(text, 8, own)) == (True, False)


def test_the_function_around_a_line_is_named() -> None:
    text = (
        "class A:\n    def f(self):\n        match 1:\n            case 1:\n                x = 1\n"
    )
    assert enclosing_function(text, 5) == "A.f"
    assert enclosing_function(text, 1) == ""
    assert enclosing_function("def (:", 1) == ""
