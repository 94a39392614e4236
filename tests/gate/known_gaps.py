"""Where the gate does not keep its promise yet: a ratchet that only ever goes down."""

# attacks of the catalogue that the gate still accepts, at the most
MOST_ACCEPTED_ATTACKS = 0
