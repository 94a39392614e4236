import asyncio

from waits import later


def test_it_comes_later():
    assert asyncio.run(later(7)) == 14
    assert asyncio.run(later(0)) == 0
