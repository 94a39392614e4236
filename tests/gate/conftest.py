"""The catalogue's own projects hold tests, failing ones among them: they are data, not ours."""

collect_ignore = ["attacks", "honest", "projects"]
