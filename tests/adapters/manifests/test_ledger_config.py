import pytest

from hexci.adapters.manifests.config import parse_config
from hexci.adapters.manifests.ledger_config import parse_ledger
from hexci.domain.ledger.policy import Epoch, LedgerPolicy
from hexci.errors import BadInputError

START = b"kind: Config\nspec:\n  ledger:\n"


def test_no_ledger_part_means_the_defaults() -> None:
    assert parse_ledger(b"kind: Config\nspec: {}\n") == LedgerPolicy()


def test_every_key_is_read() -> None:
    text = START + (
        b"    folder: adr\n    ignore: [x.md]\n    index: LIST.md\n    quorum: 2\n    ids: number\n"
        b"    epochs: [{name: one, since: 2026-01-01, capstone: x}]\n    bulk_limit: 5\n"
        b"    bulk_label: many\n    breadth: 50\n    uncited: [t/**]\n"
    )
    assert parse_ledger(text) == LedgerPolicy(
        folder="adr",
        ignore=("x.md",),
        index="LIST.md",
        epochs=(Epoch("one", "2026-01-01", "x"),),
        ids="number",
        breadth=50,
        bulk_limit=5,
        bulk_label="many",
        quorum=2,
        uncited=("t/**",),
    )


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b"    foldr: x\n", "config.yaml:4:5: spec.ledger.foldr: unknown key; did you mean 'fol"),
        (b"    folder: ../x\n", "config.yaml:4:5: spec.ledger.folder: '../x' is not of the form"),
        (b"    breadth: true\n", "spec.ledger.breadth: a number from 1 to 100 belongs here"),
        (b"    quorum: -1\n", "a number from 0 to 100"),
        (b"    ignore: x\n", "a list of texts"),
        (b"    adopted: HEAD\n", "is not of the form"),
        (b"    epochs: [{since: 2026-01-01}]\n", "spec.ledger.epochs.0: the name is missing"),
        (b"    epochs: [{name: a, since: now}]\n", "a date belongs here"),
    ],
)
def test_mistakes_are_told_with_their_place(line: bytes, said: str) -> None:
    for parse in (parse_ledger, parse_config):
        with pytest.raises(BadInputError) as caught:
            parse(START + line)
        assert said in str(caught.value)
