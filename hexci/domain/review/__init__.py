"""What a review claims, what proves a claim, and what is left of it."""
