import pytest
from hypothesis import given
from hypothesis import strategies as st

from hexci.domain.law.caps import VERBS, Authority, Cap, CapLayer, parse_cap, permissions_of

SCOPES = st.sampled_from(["", "a", "a/b", "src/**", "*.py", "src/x.py", "openai/gpt", "openai/*"])
CAPS = st.builds(Cap, st.sampled_from(sorted(VERBS)), SCOPES)
LAYERS = st.builds(
    CapLayer,
    st.sampled_from(["config", "pipeline", "node"]),
    st.none() | st.lists(CAPS, max_size=4).map(tuple),
    st.lists(CAPS, max_size=2).map(tuple),
)


@given(st.lists(LAYERS, max_size=3), LAYERS, CAPS)
def test_a_child_never_exceeds_its_parent(
    layers: list[CapLayer], layer: CapLayer, asked: Cap
) -> None:
    parent = Authority(tuple(layers))
    child = parent.narrowed(layer)
    grants_beyond = any(entry.allow is not None for entry in layers) and (
        child.permits(asked.verb, asked.scope) and not parent.permits(asked.verb, asked.scope)
    )
    assert not grants_beyond


@given(st.lists(LAYERS, min_size=1, max_size=4), st.integers(0, 3), CAPS)
def test_deny_wins_at_every_layer(layers: list[CapLayer], at: int, asked: Cap) -> None:
    denying = CapLayer("somebody", None, (asked,))
    at = min(at, len(layers))
    authority = Authority((*layers[:at], denying, *layers[at:]))
    assert not authority.permits(asked.verb, asked.scope)


def test_nothing_is_granted_by_default() -> None:
    assert Authority().refusal("spawn") == "spawn was never granted"
    assert not Authority((CapLayer("node", None),)).permits("spawn")


@pytest.mark.parametrize(
    ("cap", "verb", "scope", "covered"),
    [
        ("llm", "llm", "openai/gpt-x", True),
        ("llm:openai/*", "llm", "openai/gpt-x", True),
        ("llm:openai/*", "llm", "anthropic/x", False),
        ("llm:openai/*", "llm", "x/openai/y", False),
        ("llm:openai/*", "llm", "", False),
        ("fs.write:src/**", "fs.write", "src/a/b.py", True),
        ("fs.write:src/**", "fs.write", "tests/a.py", False),
        ("fs.write:*.py", "fs.write", "deep/down/a.py", True),
        ("net:*.example.com", "net", "api.example.com", True),
        ("net:*.example.com", "net", "example.com.evil.org", False),
        ("net:example.com", "net", "api.example.com", False),
        ("secret:KEY", "secret", "KEY", True),
        ("secret:KEY", "secret", "KEY2", False),
        ("secret:*", "secret", "KEY", False),
        ("tool:run_evidence", "tool", "run_evidence", True),
        ("spawn", "llm", "", False),
    ],
)
def test_what_a_capability_covers(cap: str, verb: str, scope: str, *, covered: bool) -> None:
    assert parse_cap(cap).covers(verb, scope) == covered


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("lllm", "did you mean 'llm'?"),
        ("quantum", "known: llm, tool"),
        ("secret", "needs a scope: its name"),
        ("secret:", "needs a scope"),
        ("spawn:x", "takes no scope"),
        ("llm:a b", "white space"),
        ("llm:a\u202eb", "cannot be seen"),
    ],
)
def test_an_unknown_capability_is_an_error_with_a_suggestion(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=r"there is no|needs a|takes no|holds") as caught:
        parse_cap(text)
    assert said in str(caught.value)


def test_a_refusal_names_the_layer_and_what_it_allows() -> None:
    authority = Authority((CapLayer("config", (Cap("llm"), Cap("spawn"))),))
    said = "fs.write:a.py is not among what config allows (llm, spawn)"
    assert authority.refusal("fs.write", "a.py") == said


def test_a_flood_of_scopes_does_not_fill_the_memory() -> None:
    authority = Authority((CapLayer("config", (Cap("fs.read"),)),))
    for number in range(10_000):
        authority.refusal("fs.read", str(number))
    assert len(authority._known) <= 4096


def test_permissions_follow_from_capabilities() -> None:
    assert permissions_of([Cap("llm"), Cap("git.commit"), Cap("comment")]) == (
        "contents: write", "issues: write", "pull-requests: write",
    )  # fmt: skip
