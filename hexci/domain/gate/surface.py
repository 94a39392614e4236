"""The evidence surface: which paths decide what the evidence says, and in which way.

Judged by name here, and by what the base commit says about its tests; files that are production
and harness at once (manifests) are judged section by section in `manifests`.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath

from hexci.domain.globs import matches


class Role(StrEnum):
    """What a path is to the evidence."""

    PRODUCTION = "production"
    TEST = "test"
    FIXTURE = "fixture"
    HARNESS = "harness"
    MANIFEST = "manifest"
    LOCK = "lock"
    BYPRODUCT = "byproduct"


_TEST_NAMES = re.compile(
    r"test_.*\.pyi?|.*_test\.py|tests?\.py"
    r"|.*[._-](?:test|spec|tests|specs|e2e)\.(?:[cm]?[jt]sx?)|(?:test|tests|spec)\.[cm]?[jt]sx?"
    r"|.*_test\.go"
    r"|.*_tests?\.rs|tests?\.rs"
    r"|(?:Test.+|.+Tests?|.+TestCase|.+IT|.+Spec)\.(?:java|kt|groovy|scala|cs|swift|php)"
    r"|.*_(?:test|spec)\.(?:rb|exs?|cc|cpp|c|sh|bats|dart|lua)|test_.*\.(?:c|cc|cpp|rb|sh)|.*\.bats"
    r"|.*\.t"
)
_CODE = re.compile(
    r".*\.(?:pyi?|[cm]?[jt]sx?|go|rs|java|kt|groovy|scala|cs|swift|php|rb|exs?|sh|t)"
)
_TEST_FOLDERS = frozenset({"tests", "test", "__tests__", "__test__", "e2e"})
_TOP_TEST_FOLDERS = frozenset({"spec", "specs", "t", "integration_tests", "integration-tests"})
_FIXTURE_FOLDERS = frozenset({"testdata", "test_data", "test-data", "__snapshots__", "__mocks__",
                              "__fixtures__", "test_fixtures", "test-fixtures"})  # fmt: skip
_SNAPSHOTS = re.compile(r".*\.(?:snap|ambr|golden|approved\.\w+)")

_HARNESS_NAMES = frozenset({
    "conftest.py", "sitecustomize.py", "usercustomize.py", "pytest.ini", ".pytest.ini",
    "pytest.toml", ".pytest.toml", "noxfile.py", ".coveragerc", "pytest_plugins.py",
    "karma.conf.js", ".babelrc", ".npmrc", ".yarnrc", ".yarnrc.yml", ".pnp.cjs", ".pnp.loader.mjs",
    ".node-version", ".nvmrc", ".python-version", ".tool-versions", "mise.toml", ".envrc", ".env",
    "rust-toolchain", "rust-toolchain.toml", "nextest.toml", "go.work", "pytest", "py.test",
    "Makefile", "makefile", "GNUmakefile", "justfile", "Justfile", ".justfile", "Taskfile.yml",
    "Taskfile.yaml", "Rakefile", "CMakeLists.txt", "CTestTestfile.cmake", "meson.build", "BUILD",
    "BUILD.bazel", "WORKSPACE", "MODULE.bazel", ".bazelrc", "SConstruct", "wscript", "tasks.py",
    "build.rs", "build.gradle", "build.gradle.kts", "settings.gradle", "settings.gradle.kts",
    "gradle.properties", "gradlew", "gradlew.bat", "mvnw", "mvnw.cmd", ".mvn",
    "hatch_build.py", "Dockerfile", "docker-compose.yml", "docker-compose.yaml", "compose.yaml",
    "Jenkinsfile", ".travis.yml", ".gitlab-ci.yml", "azure-pipelines.yml", "appveyor.yml",
    ".appveyor.yml", "bitbucket-pipelines.yml", ".drone.yml", "action.yml", "action.yaml",
    ".pre-commit-config.yaml", ".pre-commit-hooks.yaml", "CODEOWNERS", "AGENTS.md", "CLAUDE.md",
    ".gitattributes", ".gitmodules", ".importlinter", "codecov.yml", ".codecov.yml", ".nycrc",
    ".nycrc.json", ".c8rc.json", "bunfig.toml", "deno.json", "deno.jsonc", "phpunit.xml",
    "phpunit.xml.dist", ".rspec", "dune-project", "tsconfig.json", ".swcrc", "lerna.json",
    "nx.json", "turbo.json", "pnpm-workspace.yaml",
})  # fmt: skip
_HARNESS_FOLDED = frozenset(name.casefold() for name in _HARNESS_NAMES)
_HARNESS_SHAPES = re.compile(
    r".*\.pth|.*\.egg-link|.*_virtualenv\.py|(?:jest|vitest|vite|ava|nyc|cypress|playwright|wdio|"
    r"web-test-runner|babel|webpack|rollup|tsup|esbuild)\.(?:config|setup|workspace|preset)\..+"
    r"|jest\.?(?:setup|config).*|vitest\.?(?:setup|config).*|setup-?tests?\.[cm]?[jt]sx?"
    r"|\.mocharc.*|tsconfig\..*\.json|\.taprc|\.jasmine\.json|.*\.mk|node\.config\.json"
    r"|entry_points\.txt|pyvenv\.cfg|distutils-precedence.*|_distutils_hack.*|__editable__.*"
)
_HARNESS_FOLDERS = frozenset({
    ".github", ".gitlab", ".circleci", ".buildkite", ".hexci", ".husky", ".githooks", ".config",
    ".cargo", "node_modules", "site-packages", ".venv", "venv", ".tox", ".nox", ".pnpm", ".yarn",
    ".mvn", ".claude", ".gemini", ".cursor", ".codex", ".devcontainer", ".vscode", ".idea",
})  # fmt: skip
_MANIFESTS = frozenset({
    "pyproject.toml", "package.json", "setup.cfg", "tox.ini", "Cargo.toml", "go.mod", "pom.xml",
    "composer.json", "setup.py",
})  # fmt: skip
_LOCKS = frozenset({
    "package-lock.json", "npm-shrinkwrap.json", "yarn.lock", "pnpm-lock.yaml", "bun.lockb",
    "bun.lock", "poetry.lock", "uv.lock", "pdm.lock", "Pipfile.lock", "pylock.toml", "Cargo.lock",
    "go.sum", "go.work.sum", "composer.lock", "Gemfile.lock", "gradle.lockfile", "flake.lock",
    "mix.lock", "deno.lock",
})  # fmt: skip
_BYPRODUCTS = re.compile(
    r"(?:.*/)?(?:__pycache__|\.pytest_cache|\.mypy_cache|\.ruff_cache|\.hypothesis|\.nyc_output"
    r"|htmlcov)/.*|.*\.py[co]|(?:.*/)?\.coverage(?:\..*)?|(?:.*/)?\.DS_Store"
)


@dataclass(frozen=True, slots=True)
class Conventions:
    """What the base commit and the operator say about where the evidence lies.

    `doctests`: the evidence runs examples in docstrings. `named` are base paths that the evidence
    command itself names (a script, a test file); `testpaths` are folders of tests, and
    `test_globs` patterns of test files, that it or the runner's configuration in base names;
    `protect` are the operator's globs.
    """

    named: frozenset[str] = frozenset()
    testpaths: tuple[str, ...] = ()
    test_globs: tuple[str, ...] = ()
    protect: tuple[str, ...] = ()
    doctests: bool = False


def role_of(path: str, conventions: Conventions) -> Role:
    """What `path` is to the evidence."""
    pure = PurePosixPath(path)
    if _BYPRODUCTS.fullmatch(path):
        return Role.BYPRODUCT
    if _is_harness(pure) or matches(path, conventions.protect):
        return Role.HARNESS
    if pure.name in _MANIFESTS:
        return Role.MANIFEST
    if pure.name in _LOCKS:
        return Role.LOCK
    if path in conventions.named and not _is_test(pure, conventions):
        return Role.HARNESS
    if _is_test(pure, conventions):
        return Role.TEST if _CODE.fullmatch(pure.name) else Role.FIXTURE
    return Role.PRODUCTION


def _is_harness(pure: PurePosixPath) -> bool:
    folded = pure.name.casefold()  # some file systems do not tell CONFTEST.PY from conftest.py
    if folded in _HARNESS_FOLDED or _HARNESS_SHAPES.fullmatch(folded):
        return True
    if any(part.endswith((".dist-info", ".egg-info", ".egg")) for part in pure.parts):
        return True  # metadata beside the code: an entry point in it is a plug-in of the runner
    return pure.parts[0] == "vendor" or bool(_HARNESS_FOLDERS.intersection(pure.parts))


def _is_test(pure: PurePosixPath, conventions: Conventions) -> bool:
    path = str(pure)
    if matches(path, conventions.test_globs):
        return True
    if any(path == place or path.startswith(f"{place}/") for place in conventions.testpaths):
        return True
    folders = set(pure.parts[:-1])
    if folders & (_TEST_FOLDERS | _FIXTURE_FOLDERS) or pure.parts[0] in _TOP_TEST_FOLDERS - {path}:
        return True
    return bool(_TEST_NAMES.fullmatch(pure.name) or _SNAPSHOTS.fullmatch(pure.name))
