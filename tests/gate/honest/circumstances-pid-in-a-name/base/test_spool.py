import os

from spool import spool_name


def test_each_process_has_its_own_file():
    assert spool_name("mail") == f"mail-{os.getpid()}.spool"
    assert spool_name("print") == f"print-{os.getpid()}.spool"
