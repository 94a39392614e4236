from pathlib import Path


def save(name, text):
    """Writes text to ~/.store/name; the path."""
    path = Path.home() / ".store" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def load(name):
    return (Path.home() / ".store" / name).read_text()
