from hexci.domain.repair.mentions import mentioned_lines

CODE = ["src/sum.js", "src/other.js"]
LENGTHS = {"src/sum.js": 4, "src/other.js": 3}


def test_places_that_the_output_names_are_the_most_suspect() -> None:
    said = "Error\n    at last (/room/src/sum.js:2:5)\n    at /room/sum.test.js:9:3"
    found = mentioned_lines(said, CODE, ["sum.test.js"], LENGTHS)
    assert found["src/sum.js", 2] == max(found.values())
    assert {path for path, _ in found} == {"src/sum.js"}


def test_without_places_the_namesake_of_the_test_is_taken() -> None:
    found = mentioned_lines("sum.test.js failed", CODE, ["sum.test.js"], LENGTHS)
    assert {path for path, _ in found} == {"src/sum.js"}


def test_without_anything_all_code_is() -> None:
    found = mentioned_lines("failed", CODE, ["check.sh"], LENGTHS)
    assert len(found) == 7
