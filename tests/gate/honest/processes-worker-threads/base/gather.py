def gather(jobs):
    """What each of `jobs` returns, in order."""
    return [job for job in jobs]
