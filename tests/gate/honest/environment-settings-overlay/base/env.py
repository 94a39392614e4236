import os


def setting(name, default):
    """The setting `name` of the environment (APP_NAME), or `default`."""
    return default
