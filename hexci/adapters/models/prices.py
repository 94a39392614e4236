"""The price list that comes with hexci: `prices.json`, with its date and source."""

import json
from importlib import resources

from hexci.domain.agent.budget import Price, PriceList


def price_list() -> PriceList:
    """Prices by SPEC."""
    text = resources.files("hexci.adapters.models").joinpath("prices.json").read_text("utf-8")
    body = json.loads(text)
    prices = {spec: Price(*pair) for spec, pair in body["models"].items()}
    return PriceList(body["date"], body["source"], prices)
