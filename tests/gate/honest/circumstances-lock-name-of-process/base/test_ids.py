import os
from ids import lock_name


def test_it():
    assert lock_name("a") == f"a-{os.getpid()}.lock"


def test_end():
    assert lock_name("queue").endswith(".lock")
