import gc

from pool import Pool


class Thing:
    pass


def test_let_go():
    pool = Pool()
    pool.put("a", Thing())
    gc.collect()
    assert pool.get("a") is None


def test_held():
    pool, thing = Pool(), Thing()
    pool.put("a", thing)
    assert pool.get("a") is thing
