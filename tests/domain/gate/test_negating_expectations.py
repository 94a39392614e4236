import pytest

from hexci.domain.gate.negation_expect import negate_expectations

NOTHING = "(globalThis.hexciReached=1,Symbol('negated by hexci'))"
BEGIN = "globalThis.hexciReached=0;"
END = ";if(!globalThis.hexciReached)throw new Error('negated by hexci');"


@pytest.mark.parametrize(
    ("check", "negated"),
    [
        ("expect(f(1)).toBe(2)", f"expect(f(1)).toBe({NOTHING})"),
        ("expect(f({a: [1]})).toEqual({b: (3)})", f"expect(f({{a: [1]}})).toEqual({NOTHING})"),
        ("expect(f(1)).not.toBe(2)", "expect(f(1))[globalThis.hexciReached=1,'toBe'](2)"),
        ("expect(f).toThrow('x')", "expect(f).not[globalThis.hexciReached=1,'toThrow']('x')"),
        ("expect(f).not.toThrow()", "expect(f)[globalThis.hexciReached=1,'toThrow']()"),
        ("await expect(p).resolves.toBe(1)", f"await expect(p).resolves.toBe({NOTHING})"),
        ("expect(a).to.deep.equal([1, 2])", f"expect(a).to.deep.equal({NOTHING})"),
        ("assert.equal(f(1, 2), 3, 'm')", f"assert.equal(f(1, 2),{NOTHING}, 'm')"),
        ("assert.strict.deepEqual(f(), [1])", f"assert.strict.deepEqual(f(),{NOTHING})"),
    ],
)
def test_a_check_is_turned_round(check: str, negated: str) -> None:
    source = f"it('x', async () => {{ {check}; }});\n"
    assert negate_expectations(source) == (f"it('x', async () => {{{BEGIN} {negated}; {END}}});\n")


@pytest.mark.parametrize(
    "declared",
    [
        "test('x', function () { BODY });",
        "test.only('x', (done) => { BODY });",
        "it.each([[1, 2]])('x', (a, b) => { BODY });",
        "test.each`a|b\n1|2`('x', ({a}) => { BODY });",
        "describe('s', () => { it('x', () => { BODY }) });",
    ],
)
def test_every_way_to_declare_a_test_ends_in_a_failure(declared: str) -> None:
    assert negate_expectations(declared) == declared.replace(" BODY ", f"{BEGIN} BODY {END}")


def test_what_stands_in_text_and_comments_is_no_check() -> None:
    source = "// expect(a).toBe(1)\nconst s = 'expect(a).toBe(1)';\ntest('it(', () => { f(s) });\n"
    assert negate_expectations(source).splitlines()[:2] == source.splitlines()[:2]


def test_a_file_without_tests_is_left_alone() -> None:
    source = "export const visit = (a) => a.toBe(1);\n"
    assert negate_expectations(source) == source


def test_a_named_function_is_wrapped_and_so_fails_too() -> None:
    negated = negate_expectations("test('x', verify);")
    assert negated.startswith("test('x',((f)=>typeof f!=='function'?f:async function(")
    assert negated.endswith("})( verify));")
