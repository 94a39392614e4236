import pytest

from hexci.domain.building.cast import cast_of
from hexci.domain.building.frozen import frozen
from hexci.domain.building.order import BuildOrder, order_of
from hexci.domain.law.caps import Authority, CapLayer, parse_cap
from hexci.errors import BadInputError

ORDER = BuildOrder("a kit", "src/kit", 2)
TWO = ("openai/a", "openai/b")


@pytest.mark.parametrize("target", ["/abs", "../up", "a/../b", "src/*", "a\nb"])
def test_a_target_that_is_no_folder_of_the_repository_is_refused(target: str) -> None:
    with pytest.raises(BadInputError, match="--target"):
        order_of("a kit", target, 3)


@pytest.mark.parametrize("designs", [0, 5, -1])
def test_there_are_one_to_four_designs(designs: int) -> None:
    with pytest.raises(BadInputError, match="--designs"):
        order_of("a kit", ".", designs)


def test_an_order_is_brought_into_one_form() -> None:
    assert order_of("  a kit ", "./src//kit/", 2) == ORDER
    assert ORDER.below == ("src/kit", "src/kit/**")
    assert order_of("a kit", "", 1).below == ()


def test_critic_and_tester_are_other_models_where_there_are_two() -> None:
    cast = cast_of(ORDER, TWO, TWO)
    for architect, critic in zip(cast.architects, cast.critics, strict=True):
        assert architect.by != critic.by
    assert cast.tester.by != cast.builders[0].by
    assert {role.by for role in cast.skeptics} == set(TWO)
    assert cast.needed == 2


def test_every_role_has_a_name_of_its_own() -> None:
    names = [role.name for role in cast_of(ORDER, TWO, (*TWO, "cmd:x")).everybody]
    assert len(names) == len(set(names))


def test_only_builders_write_code_and_only_below_the_target() -> None:
    cast = cast_of(ORDER, TWO, TWO, {"openai/a": "a.example"})
    for role in (*cast.architects, *cast.critics, cast.lead, *cast.skeptics):
        assert not _may(role.caps, "fs.write", "src/kit/x.py"), role.name
    builder = cast.builders[0].caps
    assert _may(builder, "fs.write", "src/kit/x.py")
    assert not _may(builder, "fs.write", "src/other.py")
    assert _may(builder, "net", "a.example")
    assert not _may(builder, "net", "b.example")


def _may(caps: tuple[str, ...], verb: str, scope: str) -> bool:
    layer = CapLayer("role", tuple(parse_cap(cap) for cap in caps))
    return Authority((layer,)).permits(verb, scope)


def test_a_frozen_file_that_is_changed_or_gone_is_named() -> None:
    files = {"tests/a.py": b"a", "tests/b.py": b"b"}
    sealed = frozen("tree", files)
    assert sealed.broken(files.get) == ""
    assert sealed.broken({"tests/a.py": b"a", "tests/b.py": b"c"}.get) == "tests/b.py"
    assert sealed.broken({"tests/b.py": b"b"}.get) == "tests/a.py"
