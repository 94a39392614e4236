"""The only place that knows every adapter. One module a field of use; imports deferred."""
