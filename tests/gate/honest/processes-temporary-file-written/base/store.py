from pathlib import Path


def store(folder, name, text):
    """Write `text` to `folder/name`, and leave nothing else behind."""
    path = Path(folder) / (name + ".new")
    path.write_text(text)
