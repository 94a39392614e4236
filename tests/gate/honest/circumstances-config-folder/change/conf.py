import os


def config_dir(app):
    """Where settings lie: XDG_CONFIG_HOME or ~/.config."""
    root = os.environ.get("XDG_CONFIG_HOME") or os.path.expanduser("~/.config")
    return os.path.join(root, app)
