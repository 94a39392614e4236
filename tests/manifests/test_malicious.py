"""Manifests that attack whoever reads them: no code runs, time and memory are bounded."""

import sys
import tracemalloc

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from manifests.reading import HEAD, said_of

NODES = "  nodes: {a: {run: {argv: [x]}}}\n"
BOMB = "a: &a [x,x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [{','.join([f'*{chr(97 + n)}'] * 10)}]\n" for n in range(9)
)

ATTACKS: dict[str, str | bytes] = {
    "python tag": "kind: !!python/object/apply:os.system ['touch PWNED']\n",
    "python name": "kind: !!python/name:os.system\n",
    "custom tag": "kind: !include x\n",
    "tag on a key": "!!str kind: Pipeline\n",
    "tag directive": "%TAG ! tag:x,2000:\n---\nkind: !y z\n",
    "anchor bomb": BOMB,
    "alias to itself": "a: &a [*a]\n",
    "unknown alias": "a: *b\n",
    "merge key": "a: &a {kind: Pipeline}\n<<: *a\n",
    "duplicate key": "kind: Pipeline\nkind: Policy\n",
    "deep nesting": "a: " + "[" * 100_000,
    "deep mappings": "{a: " * 10_000,
    "huge scalar": HEAD + f"  nodes: {{a: {{run: {{argv: [{'x' * 100_000}]}}}}}}\n",
    "huge integer": f"kind: {'9' * 5_000}\n",
    "infinite number": "kind: 1e999\n",
    "huge file": "#" * 1_000_001,
    "bidi override": HEAD + NODES + "# \u202e\n",
    "zero width name": HEAD.replace("name: p", "name: p\u200b") + NODES,
    "tag characters": HEAD + NODES + "# \U000e0041\n",
    "cyrillic name": HEAD.replace("name: p", "name: \u0440") + NODES,
    "cyrillic capability": HEAD.replace("spawn", "s\u0440awn") + NODES,
    "nul byte": "kind: a\0b\n",
    "invalid utf-8": b"kind: \xff\xfe\n",
    "utf-16": "kind: Pipeline".encode("utf-16"),
    "null document": "--- ~\n--- \n... \nkind: x",
    "list of kinds": "- kind: Pipeline\n",
    "kind as mapping": "kind: {a: b}\n",
    "key as mapping": "{{a: b}: c}\n",
    "jinja": HEAD + "  nodes: {a: {run: {argv: ['{{ x }}', '${ x.__class__ }']}}}\n",
    "nested reference": HEAD + "  nodes: {a: {run: {argv: ['${${env.A}}']}}}\n",
    "format reference": HEAD + "  nodes: {a: {run: {argv: ['${run.__init__.__globals__}']}}}\n",
    "deep condition": HEAD + f"  nodes: {{a: {{run: {{argv: [x]}}, when: '{'(' * 900}'}}}}\n",
    "deep not": HEAD + f"  nodes: {{a: {{run: {{argv: [x]}}, when: '{'not ' * 200}true'}}}}\n",
    "lone surrogate": 'kind: "\\ud800"\n',
    "unclosed": "kind: [Pipeline\n",
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_is_a_finding_with_a_place(attack: str) -> None:
    before = set(sys.modules)
    tracemalloc.start()
    found = said_of(ATTACKS[attack])
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found != []
    assert all(line.startswith("m.yaml:") for line in found)
    assert peak < 60_000_000
    assert not {name for name in set(sys.modules) - before if not name.startswith(
        ("hexci", "pydantic", "yaml", "unicodedata", "encodings", "stringprep"))}  # fmt: skip


def test_anchors_within_bounds_are_written_out() -> None:
    text = HEAD + "  nodes:\n    a: &a {run: {argv: [x]}}\n    b: *a\n"
    assert said_of(text) == []


WORDS = st.sampled_from([
    "kind", "Pipeline", "Macro", "System", "spec", "nodes", "run", "argv", "needs", "caps", "llm",
    "metadata", "name", "when", "foreach", "over", "do", "use", "with", "a", "b", "${a.b}", "${",
    "*a", "&a", "!!x", "<<", "true", "1e9", "~", "limits", "include", "exec", "\u202e", "policy",
])  # fmt: skip
DATA = st.recursive(
    WORDS | st.integers() | st.none() | st.booleans() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=12,
)


def flow(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(flow, value)) + "]"
    return "~" if value is None else str(value)


@settings(max_examples=1000, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from(["Pipeline", "Macro", "System", "Policy", "Adapter", "Config", "?"]),
    st.dictionaries(st.just("metadata"), st.just({"name": "p"}), max_size=1),
    DATA,
    st.binary(max_size=20),
)
def test_a_thousand_fuzzed_manifests_are_judged_and_nothing_else(
    kind: str, metadata: dict[str, object], spec: object, junk: bytes
) -> None:
    text = flow({"kind": kind, **metadata, "spec": spec}).encode("utf-8", "surrogatepass")
    for given_text in (text, text + junk):
        found = said_of({"m.yaml": given_text}, lint=True)
        assert all(line.startswith("m.yaml:") for line in found)
