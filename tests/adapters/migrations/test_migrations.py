"""Other tools' configs, turned and read back by our own strict reader."""

from pathlib import Path

import pytest

from hexci.adapters.manifests.boundaries import parse_boundaries
from hexci.adapters.migrations.reading import boundaries_from
from hexci.domain.boundaries.settings import Acyclic, External, Forbidden, Matrix, Protected
from hexci.errors import BadInputError

IMPORT_LINTER = """\
[importlinter]
root_package = shop
[importlinter:contract:one]
name = Layers
type = layers
layers =
    shop.api
    shop.db | shop.mail
ignore_imports =
    shop.db.x -> shop.api.y
[importlinter:contract:two]
name = No django
type = forbidden
source_modules = shop.db
forbidden_modules =
    django
    shop.api
[importlinter:contract:three]
name = Own
type = custom
"""
TACH = """\
source_roots = ["src"]
layers = ["ui", "core"]
forbid_circular_dependencies = true
[[modules]]
path = "shop.ui"
layer = "ui"
depends_on = ["shop.core"]
[[modules]]
path = "shop.core"
layer = "core"
depends_on = []
visibility = ["shop.ui"]
"""
CRUISER = """\
/** @type {x} */
module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'warn', from: {}, to: { circular: true } }, // why
    { name: "domain", severity: "error", from: { path: '^src/domain' }, to: { path: "^src/db" } },
    { name: 'odd', from: { path: "[a-z]+" }, to: { path: 'x' } },
  ],
};
"""
DEPTRAC = """\
deptrac:
  layers:
    - {name: Domain, collectors: [{type: directory, value: src/Domain/.*}]}
    - {name: Db, collectors: [{type: directory, value: src/Db/.*}]}
  ruleset: {Domain: ~, Db: [Domain]}
"""
CASES = {
    "import-linter": (".importlinter", IMPORT_LINTER, [Matrix, External, Forbidden]),
    "tach": ("tach.toml", TACH, [Matrix, Forbidden, Protected, Acyclic]),
    "dependency-cruiser": (".dependency-cruiser.js", CRUISER, [Acyclic, Forbidden]),
    "deptrac": ("deptrac.yaml", DEPTRAC, [Forbidden]),
}


@pytest.mark.parametrize("tool", CASES)
def test_what_is_turned_is_a_config_of_ours(tool: str, tmp_path: Path) -> None:
    name, text, expected = CASES[tool]
    (tmp_path / name).write_text(text)
    settings = parse_boundaries(boundaries_from(tool, str(tmp_path)).encode())
    assert [type(rule) for rule in settings.rules] == expected


@pytest.mark.parametrize(
    ("tool", "said"), [("import-linter", "'Own' of type 'custom'"), ("dependency-cruiser", "'odd'")]
)
def test_what_has_no_counterpart_is_said(tool: str, said: str, tmp_path: Path) -> None:
    name, text, _ = CASES[tool]
    (tmp_path / name).write_text(text)
    assert said in boundaries_from(tool, str(tmp_path))


def test_ignored_imports_come_along(tmp_path: Path) -> None:
    (tmp_path / ".importlinter").write_text(IMPORT_LINTER)
    settings = parse_boundaries(boundaries_from("import-linter", str(tmp_path)).encode())
    assert [(i.source, i.target) for i in settings.ignores] == [("shop.db.x", "shop.api.y")]


@pytest.mark.parametrize("tool", CASES)
def test_no_config_is_bad_input(tool: str, tmp_path: Path) -> None:
    with pytest.raises(BadInputError):
        boundaries_from(tool, str(tmp_path))
