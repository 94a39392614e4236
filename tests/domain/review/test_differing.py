import ast

from hexci.domain.review.differing import Question, differences, question_of
from hexci.domain.review.differing import test_that as check_that

MERGE = Question("spans.py", 3, "spans", "merge", "merge", ("spans = [(0, 9)]",), "merge(spans)")
LONGER = Question("spans.py", 3, "spans", "merge", "merge", ("spans = [(0, 9), (1, 2)]",), "merge(spans)")  # fmt: skip  # noqa: E501


def test_the_shortest_difference_of_each_name_is_told() -> None:
    found = list(differences([LONGER, MERGE], ["[1]", "[1]"], ["[2]", "[2]"]))
    assert [one.question for one in found] == [MERGE]


def test_what_only_rounds_otherwise_or_was_called_wrongly_is_no_difference() -> None:
    here = ["0.30000000000000004", "raises TypeError", "-0.0", "[1]"]
    there = ["0.3", "1", "0.0", None]
    assert list(differences([MERGE] * 4, here, there)) == []


def test_a_test_holds_the_code_to_an_answer() -> None:
    text = check_that(MERGE, "[(0, 9)]", "[]")
    ast.parse(text)
    assert text.endswith("self.assertEqual('[(0, 9)]', repr(merge(spans)))\n")


def test_an_exception_of_one_version_is_compared_too() -> None:
    text = check_that(MERGE, "[(0, 9)]", "raises IndexError")
    ast.parse(text)
    assert "except Exception as error:" in text


def test_a_question_that_names_no_module_is_none() -> None:
    body = {
        "path": "a.py", "line": 1, "module": "a; import os", "import": "f", "name": "f",
        "lines": [], "ask": "f()",
    }  # fmt: skip
    assert question_of(body) is None  # type: ignore[arg-type]
