import importlib


def load(name):
    """The attribute that `package.module:attribute` names."""
    return importlib.import_module(name)
