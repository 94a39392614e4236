"""hexci: accept work from agents you do not trust."""

__version__ = "0.1.0"
