"""Values to try, drawn by hypothesis: of any type that can be written down again."""

import inspect
import typing

EXAMPLES = 150


class Unfit(Exception):
    """No input of this type is made."""


def strategy(hint):
    """Plain values only: what is made must be written down in a reproducer."""
    from hypothesis import strategies as st

    plain = {
        int: st.one_of(st.integers(-1000, 1000), st.sampled_from([5_000, 100_000])),
        float: st.floats(-1e6, 1e6, allow_nan=False, width=32),
        str: st.text(st.characters(codec="utf-8"), max_size=12),
        bytes: st.binary(max_size=12),
        bool: st.booleans(),
        type(None): st.none(),
    }
    if hint in plain:
        return plain[hint]
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (list, set, frozenset, tuple, dict) or str(origin).startswith(
        "<class 'collections.abc"
    ):
        return collection(st, origin, arguments)
    if origin is typing.Literal:
        return st.sampled_from(arguments)
    if origin is typing.Union or type(hint).__name__ == "UnionType":
        return st.one_of([strategy(one) for one in arguments])
    raise Unfit(hint)


def collection(st, origin, arguments):
    name = origin.__name__
    if origin is tuple and (len(arguments) != 2 or arguments[1] is not Ellipsis):
        return st.tuples(*[strategy(one) for one in arguments])
    if origin is dict or name in ("Mapping", "MutableMapping"):
        return st.dictionaries(strategy(arguments[0]), strategy(arguments[1]), max_size=5)
    inner = strategy(arguments[0])
    if origin in (set, frozenset) or name in ("Set", "MutableSet"):
        return (
            st.frozensets(inner, max_size=6) if origin is frozenset else st.sets(inner, max_size=6)
        )
    made = st.lists(inner, max_size=6)
    return made.map(tuple) if origin is tuple else made


def arguments_of(function, skip=0):
    """A strategy for the keyword arguments that a function needs."""
    from hypothesis import strategies as st

    hints = typing.get_type_hints(function)
    wanted = {}
    for parameter in list(inspect.signature(function).parameters.values())[skip:]:
        if parameter.kind in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD):
            raise Unfit("it hands on whatever it is given")
        if parameter.kind is parameter.POSITIONAL_ONLY or parameter.name not in hints:
            if parameter.default is parameter.empty:
                raise Unfit(parameter.name)
            continue
        try:
            wanted[parameter.name] = strategy(hints[parameter.name])
        except Unfit:
            if parameter.default is parameter.empty:
                raise
    return st.fixed_dictionaries(wanted)


def smallest(kit, made, breaks):
    """The smallest input that breaks in one way, by hypothesis; None when none was found."""
    found = {}

    def once(value):
        key = breaks(value)
        if key is not None:
            found[key] = value
            raise AssertionError

    body = drawn(kit, made, once, EXAMPLES)
    try:
        body()
    except BaseException as error:
        if isinstance(error, (KeyboardInterrupt, SystemExit)):
            raise
    # the last one written is the one that shrinking ended with
    return list(found.items())[-1] if found else None


def drawn(kit, made, once, examples):
    """A test of hypothesis that hands `once` that many values."""
    import hypothesis
    from hypothesis import HealthCheck, Phase, settings

    body = hypothesis.given(made)(once)
    body = hypothesis.seed(kit.ORDERS["seed"])(body)
    return settings(
        max_examples=examples,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate, Phase.shrink],
        report_multiple_bugs=False,
        print_blob=False,
    )(body)


def gather(kit, made, seen, most):
    """Fills `seen` with that many values."""

    def once(value):
        seen.append(value)

    drawn(kit, made, once, most)()
