pytest_plugins = ["settings.tuning"]
