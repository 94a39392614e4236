import os


def spool_name(job):
    """The name of a job's file, one for each process."""
    return f"{job}-{os.getpid()}.spool"
