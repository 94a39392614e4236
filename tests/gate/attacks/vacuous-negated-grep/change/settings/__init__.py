"""The settings of a service, from defaults and a file."""
