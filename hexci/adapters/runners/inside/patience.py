"""What the accounts of pytest and unittest share: its text takes the place of their import."""

import signal
import time


class PresumedEndless(BaseException):
    """Not for the program to catch: its test used the processor for too long."""


class Patience:
    """Ends a test that uses the processor for too long: more than the others by far.

    By an alarm of the wall clock, which looks what was used: that of the processor's time is not
    heard on every busy machine.
    """

    def __init__(self, least):
        self.least = least
        self.longest = 0.0

    def begin(self):
        """Sets the alarm; whether there is one to set."""
        if not self.least or not hasattr(signal, "SIGALRM"):
            return False
        if signal.getsignal(signal.SIGALRM) is not signal.SIG_DFL:
            return False  # the program has its own
        self.begun = time.process_time()
        self.wait = max(self.least, 10 * self.longest)
        try:
            signal.signal(signal.SIGALRM, self._look)
        except ValueError:
            return False  # tests run in a thread
        signal.setitimer(signal.ITIMER_REAL, self.wait, 0.5)
        return True

    def end(self):
        """Takes the alarm away, unless the test has set one of its own."""
        if signal.getsignal(signal.SIGALRM) == self._look:
            signal.setitimer(signal.ITIMER_REAL, 0.0)
            signal.signal(signal.SIGALRM, signal.SIG_DFL)
        used = time.process_time() - self.begun
        if used < self.wait:
            self.longest = max(self.longest, used)

    def _look(self, *_):
        if time.process_time() - self.begun >= self.wait:
            told = "timed out after {:g} s of processor time: it seems to be endless"
            raise PresumedEndless(told.format(self.wait))
