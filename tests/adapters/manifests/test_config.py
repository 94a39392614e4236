import pytest
from hypothesis import given
from hypothesis import strategies as st

from hexci.adapters.manifests.config import parse_config
from hexci.adapters.manifests.yaml_nodes import read
from hexci.domain.evidence import EvidenceSpec
from hexci.errors import BadInputError

FULL = b"""\
kind: Config
spec:
  evidence:
    default: {command: pytest -q, timeout: 60}
    lint: {command: ruff check ., report: out/*.xml}
  candidates: [repair, openai/gpt-x]
  limits: {timeout: 900, max_steps: 5, max_usd: 0.5}
  paths: {protect: ["docs/**"]}
  require_account: true
"""


def test_a_full_config_becomes_domain_values() -> None:
    config = parse_config(FULL)
    assert config.evidence == {
        "default": EvidenceSpec("pytest -q", 60),
        "lint": EvidenceSpec("ruff check .", 600, "out/*.xml"),
    }
    assert config.candidates == ("repair", "openai/gpt-x")
    assert (config.limits.max_steps, config.limits.max_usd) == (5, 0.5)
    assert config.paths.protect == ("docs/**",)
    assert config.require_account is True


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            b"kind: Config\nspec:\n  evidense: {}\n",
            "c.yaml:3:3: spec.evidense: unknown key; did you",
        ),
        (b"kind: Config\nspec:\n  limits: {tymeout: 3}\n", "did you mean 'timeout'?"),
        (b"kind: Config\nspec: {evidence: {a: {comand: x}}}\n", "did you mean 'command'?"),
        (b"kind: Konfig\n", "c.yaml:1:1: kind:"),
        (b"kind: Config\nspec: {limits: {max_steps: '5'}}\n", "c.yaml:2:17: spec.limits.max_steps"),
        (b"kind: Config\nkind: Config\n", "c.yaml:2:1: the key 'kind' stands here twice"),
        (b"kind: !!python/object:os.system Config\n", "c.yaml:1:7: a tag"),
        (b"a: &x 1\nb: *x\n", "c.yaml:1:4: anchors and aliases are not allowed"),
        (b"kind: [Config\n", "c.yaml:2:1: "),
        (b"\xff", "c.yaml:1:1: the file is not UTF-8"),
        (b"", "c.yaml:1:1: the document:"),
        (b"[" * 60 + b"]" * 60, "nested deeper"),
        (b"x" * 1_000_001, "larger than"),
    ],
)
def test_a_broken_config_says_where_and_what(text: bytes, said: str) -> None:
    with pytest.raises(BadInputError) as caught:
        parse_config(text, "c.yaml")
    assert said in caught.value.message


def test_all_problems_are_told_at_once() -> None:
    with pytest.raises(BadInputError) as caught:
        parse_config(b"kind: Config\nspec: {a: 1, b: 2}\n", "c.yaml")
    assert caught.value.message.count("unknown key") == 2


def test_words_stay_words() -> None:
    document = read(b"a: on\nb: no\nc: 0777\nd: 1e3\ne: '1'\nf: true\n", "x")
    assert document.data == {"a": "on", "b": "no", "c": 777, "d": 1000.0, "e": "1", "f": True}


@given(st.binary(max_size=200))
def test_any_bytes_parse_or_are_bad_input(text: bytes) -> None:
    said = []
    try:
        parse_config(text)
    except BadInputError as error:
        said.append(error.message)
    assert all(message.startswith(".hexci/config.yaml:") for message in said)
