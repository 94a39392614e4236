"""Where a repository keeps its settings. Alone here: the hooks import nothing else of them."""

CONFIG_PATH = ".hexci/config.yaml"
