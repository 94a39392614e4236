"""Adds up what a customer owes."""

from till.cart import Cart

__all__ = ["Cart"]
