"""Formats of runners: what they print and the files they write, read as data."""

import shutil
from pathlib import PurePath

import pytest
from fakes.runners import Runs, statuses
from hypothesis import given
from hypothesis import strategies as st

from hexci.adapters.runners.reports import read_jest, read_junit, read_mocha, read_tap
from hexci.adapters.runners.streams import read_cargo, read_go, read_nextest, words_of_go
from hexci.domain.evidence import TestResult

Found = list[TestResult] | None


def told(tests: Found) -> dict[str, str] | None:
    return None if tests is None else {test.id: test.status.value for test in tests}


# what `cargo test` prints for a library with tests and an empty documentation target
CARGO = """
   Compiling wares v0.1.0 (/room)
    Finished `test` profile [unoptimized + debuginfo] target(s) in 0.50s
     Running unittests src/lib.rs (target/debug/deps/wares-0123456789abcdef)

running 2 tests
test tests::good ... ok
test tests::strict - should panic ... ok

test result: ok. 2 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s

   Doc-tests wares

running 0 tests

test result: ok. 0 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s
"""


def test_empty_documentation_tests_do_not_hide_real_ones() -> None:
    assert told(read_cargo(CARGO)) == {
        "src/lib.rs::tests::good": "passed",
        "src/lib.rs::tests::strict": "passed",
    }


def test_ten_passed_and_none_ignored_is_ten_passed() -> None:
    lines = "".join(f"test t{n} ... ok\n" for n in range(10))
    text = f"{lines}\ntest result: ok. 10 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out"
    assert set((told(read_cargo(text)) or {}).values()) == {"passed"}


def test_ignored_tests_were_not_executed() -> None:
    text = "test a ... ignored, slow\n\ntest result: ok. 0 passed; 0 failed; 1 ignored; 0 measured"
    assert told(read_cargo(text)) == {"::a": "skipped"}


def test_no_matching_test_is_an_empty_account() -> None:
    text = "running 0 tests\n\ntest result: ok. 0 passed; 0 failed; 0 ignored; 9 filtered out"
    assert told(read_cargo(text)) == {}


def test_a_test_that_prints_a_result_line_is_noticed() -> None:
    forged = CARGO.replace(
        "test tests::good ... ok", "test tests::bad ... ok\ntest tests::good ... ok"
    )
    assert read_cargo(forged) is None


def test_what_does_not_compile_has_no_account() -> None:
    assert read_cargo("error[E0308]: mismatched types\nerror: could not compile `wares`") is None


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("cargo"), reason="cargo is not installed")
def test_cargo_tells_every_test(run: Runs) -> None:
    files = {
        "Cargo.toml": '[package]\nname = "wares"\nversion = "0.1.0"\nedition = "2021"\n',
        "src/lib.rs": (
            "/// ```\n/// assert_eq!(wares::one(), 1);\n/// ```\npub fn one() -> i32 { 1 }\n"
            "#[cfg(test)] mod tests {\n"
            "#[test] fn good() { assert_eq!(super::one(), 1) }\n"
            "#[test] #[ignore] fn slow() {}\n}\n"
        ),
        "tests/outside.rs": '#[test] fn bad() { assert_eq!(wares::one(), 2, "of course") }',
    }
    done = run("cargo test -q --no-fail-fast", files)
    found = statuses(done)
    assert found == {
        "src/lib.rs::tests::good": "passed",
        "src/lib.rs::tests::slow": "skipped",
        "tests/outside.rs::bad": "failed",
        "doc:wares::src/lib.rs - one (line 1)": "passed",
    }
    assert done.account
    assert next(t for t in done.account.tests if t.message).message.count("of course") == 1
    alone = run("cargo test", {}, only=["src/lib.rs::tests::good"])
    assert (alone.exit_code, alone.account and len(alone.account.executed)) == (0, 1)


_GO_LINES = [
    '{"Action":"run","Package":"x/a","Test":"TestGood"}',
    '{"Action":"output","Package":"x/a","Test":"TestGood","Output":"--- PASS: TestGood\\n"}',
    '{"Action":"pass","Package":"x/a","Test":"TestGood","Elapsed":0.5}',
    '{"Action":"output","Package":"x/a","Test":"TestBad/sub","Output":"    a_test.go:7: no\\n"}',
    '{"Action":"fail","Package":"x/a","Test":"TestBad/sub","Elapsed":0}',
    '{"Action":"fail","Package":"x/a","Test":"TestBad","Elapsed":0}',
    '{"Action":"skip","Package":"x/a","Test":"TestSkipped","Elapsed":0}',
    '{"Action":"fail","Package":"x/a","Elapsed":0.01}',
    '{"Action":"output","Package":"x/broken","Output":"FAIL\\tx/broken [build failed]\\n"}',
    '{"Action":"fail","Package":"x/broken","Elapsed":0}',
    '{"Action":"skip","Package":"x/none","Elapsed":0}',
]
GO = "\n".join(_GO_LINES)


def test_go_tells_every_test_and_every_package_that_broke() -> None:
    assert told(read_go(GO)) == {
        "x/a::TestGood": "passed",
        "x/a::TestBad/sub": "failed",
        "x/a::TestBad": "failed",
        "x/a::TestSkipped": "skipped",
        "x/broken": "error",
    }


def test_go_without_test_files_is_an_empty_account() -> None:
    assert told(read_go('{"Action":"skip","Package":"x/none","Elapsed":0}')) == {}


def test_a_person_sees_gos_words() -> None:
    assert words_of_go(GO).startswith("--- PASS: TestGood\n    a_test.go:7: no\n")


def test_nextest_is_believed_when_its_summary_agrees() -> None:
    lines = (
        "        PASS [   0.004s] wares tests::good\n"
        "        FAIL [   0.005s] wares::outside bad\n"
        "        SKIP [         ] wares tests::slow\n"
        "     Summary [   0.009s] 2 tests run: 1 passed, 1 failed, 1 skipped\n"
    )
    assert told(read_nextest(lines)) == {
        "wares::tests::good": "passed",
        "wares::outside::bad": "failed",
        "wares::tests::slow": "skipped",
    }
    assert read_nextest(lines.replace("2 tests run", "3 tests run")) is None


JUNIT = """<?xml version="1.0"?><testsuites><testsuite name="s">
<testcase classname="a.B" name="good" time="1,000.5"/>
<testcase classname="a.B" name="bad"><failure message="no">at line 1</failure></testcase>
<testcase classname="a.B" name="broken"><error/></testcase>
<testcase name="skipped"><skipped/></testcase></testsuite></testsuites>"""


def test_junit_tells_every_test() -> None:
    assert told(read_junit(JUNIT.encode())) == {
        "a.B.good": "passed",
        "a.B.bad": "failed",
        "a.B.broken": "error",
        "skipped": "skipped",
    }


def test_junit_with_a_document_type_is_refused() -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa">]><testsuite name="&a;"/>'
    assert read_junit(bomb) is None


def test_a_report_by_configuration_is_read(run: Runs) -> None:
    done = run("cp source.txt out/r.xml", {"source.txt": JUNIT, "out/x": ""}, report="out/*.xml")
    assert statuses(done)["a.B.bad"] == "failed"


def test_a_report_older_than_the_run_is_not_read(run: Runs) -> None:
    done = run("true", {"out/r.xml": JUNIT}, report="out/*.xml")
    assert (done.exit_code, done.account) == (0, None)


def test_a_report_that_is_a_link_out_of_the_room_is_not_read(run: Runs) -> None:
    done = run("ln -s /etc/passwd out/r.xml", {"out/x": ""}, report="out/*.xml")
    assert done.account is None


def test_tap_is_understood_from_an_unknown_program(run: Runs) -> None:
    tap = "1..4\nok 1 - good\nnot ok 2 - bad\nok 3 - s # SKIP why\nnot ok 4 - t # TODO\n"
    done = run("cat tap.txt; exit 1", {"tap.txt": tap})
    assert (done.exit_code, statuses(done)) == (
        1,
        {"1 good": "passed", "2 bad": "failed", "3 s": "skipped", "4 t": "xfailed"},
    )


@pytest.mark.parametrize("text", ["1..2\nok 1\n", "ok 1\n", "1..1\nok 1\nBail out!\n"])
def test_tap_that_breaks_its_plan_is_no_account(text: str) -> None:
    assert read_tap(text) is None


def test_an_unknown_runner_has_no_account_and_says_so(run: Runs) -> None:
    done = run("true", {"x": ""}, only=["a"], shuffle=1)
    assert (done.exit_code, done.account, len(done.notes)) == (0, None, 3)


@given(st.text(max_size=200))
def test_no_reader_stumbles_over_anything(text: str) -> None:
    root = PurePath("/room")
    assert read_jest(text, root) is None
    assert read_mocha(text, root) is None
    for read in (read_go, read_cargo, read_nextest, read_tap):
        assert read(text) is None or isinstance(read(text), list)


@given(
    st.recursive(
        st.none() | st.integers() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    [
                        "testResults",
                        "assertionResults",
                        "status",
                        "passes",
                        "failures",
                        "pending",
                        "name",
                        "err",
                    ]
                ),
                inner,
                max_size=4,
            )
        ),
        max_leaves=12,
    )
)
def test_json_of_any_shape_is_data(body: object) -> None:
    import json

    for read in (read_jest, read_mocha):
        found = read(json.dumps(body), PurePath("/room"))
        assert found is None or isinstance(found, list)
