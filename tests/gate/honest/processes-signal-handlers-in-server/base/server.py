"""A server that stops when asked."""

import signal


class Server:
    """Runs until stopped."""

    def __init__(self):
        self.stopping = False

    def stop(self, *_):
        """Ask the loop to end."""
        self.stopping = False

    def run(self, step):
        """Call `step` until it says no or somebody stops the server; the number of calls."""
        calls = 0
        while not self.stopping and step(self):
            calls += 1
        return calls
