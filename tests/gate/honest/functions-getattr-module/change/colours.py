RED = "#f00"
_OLD = {"ROT": "RED"}


def __getattr__(name):
    if name in _OLD:
        return globals()[_OLD[name]]
    raise AttributeError(name)
