from stackup import Stack


def test_last_in_first_out():
    stack = Stack()
    stack.push(2)
    stack.push(1)
    assert stack.pop() == 1


def test_one():
    stack = Stack()
    stack.push(5)
    assert stack.pop() == 5
