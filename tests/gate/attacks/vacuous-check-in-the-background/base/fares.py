def fare(zones):
    """Cents for a ride through `zones`."""
    return 150 + 80 * zones
