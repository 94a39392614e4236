from hexci.domain.agent.places import apart, function_round

SCRIPT = (
    "import x\n\nclass A:\n    async def first(self):\n        a = 1\n\n"
    "    def second(self):\n        return a\n"
)


def test_the_function_round_a_line_is_the_last_that_began() -> None:
    lines = SCRIPT.splitlines()
    found = [function_round(lines, number) for number in (1, 5, 8)]
    assert found == ["", "first", "second"]


def test_functions_of_go_rust_and_javascript_are_known() -> None:
    kinds = [
        "func (s *Set) Add(n int) {",
        "pub fn area(r: f64) -> f64 {",
        "export function sum() {",
    ]
    assert [function_round([line], 1) for line in kinds] == ["Add", "area", "sum"]


def test_suspicious_lines_are_told_once_for_each_window() -> None:
    blame = {("a.py", 10): 0.5, ("a.py", 12): 0.9, ("a.py", 90): 0.4, ("b.py", 12): 0.8}
    assert apart(blame, 3) == (("a.py", 12), ("b.py", 12), ("a.py", 90))
