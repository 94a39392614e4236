from server import Server


def test_a_stopped_server_ends():
    seen = []

    def step(server):
        seen.append(1)
        server.stop()
        return len(seen) < 5

    assert Server().run(step) == 1


def test_a_server_ends_with_its_steps():
    assert Server().run(lambda server: False) == 0
