"""Work that cannot be interrupted, and may still run when its time is over."""

# The name of a thread in which an engine of this process is called.
LATE = "hexci-late"
