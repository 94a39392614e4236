"""What model calls may cost: the worst case is set aside before a call, the rest given back after.

Bytes bound tokens: no tokeniser in use makes more than one token of one byte.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from hexci.domain.agent.conversation import Reply, Request, Usage
from hexci.domain.canonical import canonical
from hexci.domain.law.limits import Ceiling

# Tokens that a provider's template may add to each message and to the whole.
_PER_MESSAGE = 16
_WHOLE = 64
# A reply shorter than this is not worth a call.
LEAST_OUTPUT = 256


@dataclass(frozen=True, slots=True)
class Price:
    """US dollars for a million tokens."""

    input: float
    output: float

    def of(self, usage: Usage) -> float:
        """Dollars; cached tokens are counted as dear as others."""
        return (usage.prompt * self.input + usage.completion * self.output) / 1e6


FREE = Price(0.0, 0.0)


@dataclass(frozen=True, slots=True)
class PriceList:
    """Prices by SPEC, with the day and the place they are from."""

    date: str
    source: str
    prices: Mapping[str, Price]

    def of(self, spec: str) -> Price | None:
        """The price of a model, a dated release by its family's name; None when not known."""
        if spec.startswith(("ollama/", "local")):
            return FREE
        if spec in self.prices:
            return self.prices[spec]
        head, _, tail = spec.rpartition("-")
        dated = tail.isdigit() and len(tail) in {4, 8}
        if not dated and spec[-11:-10] == "-" and spec[-10:].replace("-", "").isdigit():
            head, dated = spec[:-11], True  # openai/gpt-x-2026-01-31
        return self.prices.get(head) if dated else None


@dataclass(frozen=True, slots=True)
class Ceilings:
    """The most a run may use of each; None: no limit."""

    usd: float | None = None
    tokens: int | None = None
    calls: int | None = None

    def within(self, left: Ceiling, spent: "Spent") -> "Ceilings":
        """These, and what the law leaves beyond `spent`: the smaller of each."""
        usd = None if left.usd is None else left.usd + spent.usd
        tokens = None if left.tokens is None else left.tokens + spent.tokens
        calls = None if left.calls is None else left.calls + spent.calls
        return Ceilings(
            min((v for v in (self.usd, usd) if v is not None), default=None),
            min((v for v in (self.tokens, tokens) if v is not None), default=None),
            min((v for v in (self.calls, calls) if v is not None), default=None),
        )


@dataclass(frozen=True, slots=True)
class Spent:
    """What has been used, with what is set aside for calls under way."""

    usd: float = 0.0
    tokens: int = 0
    calls: int = 0

    def __add__(self, other: "Spent") -> "Spent":
        return Spent(self.usd + other.usd, self.tokens + other.tokens, self.calls + other.calls)

    def __sub__(self, other: "Spent") -> "Spent":
        return Spent(self.usd - other.usd, self.tokens - other.tokens, self.calls - other.calls)


def prompt_bound(request: Request) -> int:
    """The most tokens that the prompt of `request` can be."""
    tools = canonical([(t.name, t.description, t.parameters) for t in request.tools])
    said = sum(
        len(m.text.encode("utf-8", "surrogatepass"))
        + sum(len(c.name) + len(canonical(dict(c.arguments))) for c in m.calls)
        for m in request.messages
    )
    # 3: some templates print the tools with keywords of their own round each field
    return said + 3 * len(tools) // 2 + _PER_MESSAGE * len(request.messages) + _WHOLE


def affordable(
    request: Request, prompt: int, price: Price | None, ceilings: Ceilings, spent: Spent
) -> tuple[Request | None, str]:
    """`request` with the longest reply that the ceilings can pay for, or None and the reason."""
    if ceilings.calls is not None and spent.calls + 1 > ceilings.calls:
        return None, f"--max-calls {ceilings.calls} is reached"
    output = request.max_output
    if ceilings.tokens is not None:
        left = ceilings.tokens - spent.tokens
        output = min(output, left - prompt)
        if output < LEAST_OUTPUT:
            return None, (f"--max-tokens {ceilings.tokens}: {left} are left, and the next call "
                          f"could use {prompt + LEAST_OUTPUT}")  # fmt: skip
    if ceilings.usd is not None and price is not None:
        dollars = ceilings.usd - spent.usd
        if price.output > 0:
            output = min(output, int((dollars * 1e6 - prompt * price.input) / price.output))
        least = price.of(Usage(prompt, LEAST_OUTPUT))
        if output < LEAST_OUTPUT or least > dollars:
            return None, (f"--max-usd {ceilings.usd:g}: ${max(0.0, dollars):.4f} are left, and "
                          f"the next call could cost ${least:.4f}")  # fmt: skip
    return replace(request, max_output=output), ""


def worst(request: Request, prompt: int, price: Price | None) -> Spent:
    """The most that one call of `request` can use."""
    usage = Usage(prompt, request.max_output)
    return Spent(price.of(usage) if price else 0.0, usage.tokens, 1)


def used(reply: Reply, reserved: Spent, price: Price | None) -> Spent:
    """What a call used; a server that tells no usage is taken to have used all of it."""
    if reply.usage is None:
        return reserved
    return Spent(price.of(reply.usage) if price else 0.0, reply.usage.tokens, 1)
