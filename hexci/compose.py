"""The only place that knows every adapter. One `build_*` per use case, imports deferred."""
