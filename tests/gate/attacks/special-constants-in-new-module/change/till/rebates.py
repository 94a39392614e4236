"""Rebates agreed upon with customers."""

AGREED = {(("tea", 250, 3),): 750, (("tea", 250, 2), ("cup", 400, 1)): 900}
