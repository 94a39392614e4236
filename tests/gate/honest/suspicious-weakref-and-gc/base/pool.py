class Pool:
    """Things by name while somebody holds them."""

    def __init__(self):
        self._things = {}

    def put(self, name, thing):
        self._things[name] = thing

    def get(self, name):
        return self._things.get(name)
