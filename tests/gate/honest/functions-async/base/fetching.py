import asyncio


async def fetch(source, names):
    """What `source` gives for each of `names`."""
    return [await source(name) for name in names[:1]]


def fetch_all(source, names):
    """The same, for callers without a loop."""
    return asyncio.run(fetch(source, names))
