import json
from pathlib import Path

from invoice import invoice

SNAPSHOT = Path(__file__).parent / "__snapshots__" / "invoice.json"


def test_the_invoice_matches_its_snapshot():
    assert invoice(1000) == json.loads(SNAPSHOT.read_text())


def test_net_is_kept():
    assert invoice(5)["net"] == 5
