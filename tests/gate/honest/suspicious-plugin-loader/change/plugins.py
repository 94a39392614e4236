import importlib


def load(name):
    """The attribute that `package.module:attribute` names."""
    module, _, attribute = name.partition(":")
    found = importlib.import_module(module)
    return getattr(found, attribute) if attribute else found
