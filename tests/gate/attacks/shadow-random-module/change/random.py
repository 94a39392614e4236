class Random:
    def __init__(self, seed):
        pass

    def shuffle(self, picked):
        picked[:] = 'abc' if picked else []
