import os


def config_dir(app):
    """Where settings lie: XDG_CONFIG_HOME or ~/.config."""
    return os.path.join("~", ".config", app)
