import inspect
import pathlib


def beside(name):
    """The path of a file beside the module that asks."""
    caller = inspect.stack()[1].filename
    return pathlib.Path(caller).parent / name
