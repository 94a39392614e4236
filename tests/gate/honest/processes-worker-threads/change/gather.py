from concurrent.futures import ThreadPoolExecutor


def gather(jobs):
    """What each of `jobs` returns, in order."""
    with ThreadPoolExecutor(4) as pool:
        return list(pool.map(lambda job: job(), jobs))
