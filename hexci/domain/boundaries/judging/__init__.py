"""One file per kind of rule; `rulebook.judge` runs them."""
