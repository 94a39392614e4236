"""Whether a local model may start: what the machine has left, against what the model needs."""

from dataclasses import dataclass

_MIB = 2**20
# Beside the mapped weights: caches and buffers of the engine, and room for everybody else.
_ENGINE = 0.15
_HEADROOM = 512 * _MIB


@dataclass(frozen=True, slots=True)
class MemoryClaim:
    """Figures in bytes: the weights, what is available, what other runs have reserved."""

    weights: int
    available: int
    reserved: int = 0

    @property
    def need(self) -> int:
        """What the model may come to use."""
        return int(self.weights * (1 + _ENGINE))

    @property
    def refusal(self) -> str:
        """Why it may not start, with the figures; empty when it may."""
        left = self.available - self.reserved - _HEADROOM
        if self.need <= left:
            return ""
        return (
            f"it needs {self.need // _MIB} MiB; of {self.available // _MIB} MiB available, "
            f"{self.reserved // _MIB} MiB are reserved by other runs and "
            f"{_HEADROOM // _MIB} MiB stay free"
        )
