import pytest

from hexci.adapters.models.prices import price_list
from hexci.domain.agent.budget import FREE, Price


def test_the_list_says_from_when_and_where_it_is() -> None:
    prices = price_list()
    assert prices.date == "2026-11-21"
    assert "litellm" in prices.source


@pytest.mark.parametrize(
    ("spec", "price"),
    [
        ("openai/gpt-4o-mini", Price(0.15, 0.6)),
        ("openai/gpt-4o-mini-2024-07-18", Price(0.15, 0.6)),
        ("anthropic/claude-haiku-4-5-20251001", Price(1.25, 5.0)),
        ("ollama/qwen3", FREE),
        ("local", FREE),
        ("local:/models/x.gguf", FREE),
        ("openai/never-heard-of-it", None),
        ("openai/gpt-4o-mini-turbo", None),
    ],
)
def test_prices_are_found_by_family_and_never_guessed(spec: str, price: Price | None) -> None:
    assert price_list().of(spec) == price


def test_every_price_is_plausible() -> None:
    assert [spec for spec, p in price_list().prices.items() if not 0 < p.input <= p.output] == []
