import asyncio

ZERO = 0


async def later(n):
    """Twice `n`, a little later."""
    await asyncio.sleep(0)
    return n * 2
