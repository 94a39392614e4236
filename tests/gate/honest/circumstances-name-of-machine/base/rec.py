def origin(n):
    """host:n."""
    return f"localhost:{n}"
