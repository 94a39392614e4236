"""Capabilities: what somebody may do, `verb[:scope]`. Nothing is granted unless it is named.

A layer (repository, system, pipeline, node) can only narrow: a call passes when every layer
allows it and none denies it. So a child has never more than its parent, by construction.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches
from types import MappingProxyType

from hexci.domain.globs import matches

# Answers an authority remembers: scopes may come from an agent, who must not fill the memory.
_MOST_REMEMBERED = 4096


@dataclass(frozen=True, slots=True)
class CapVerb:
    """A kind of effect. `scope` says what a scope names (empty: it takes none)."""

    name: str
    means: str
    scope: str = ""
    needs_scope: bool = False
    permissions: tuple[str, ...] = ()


_VERBS = (
    CapVerb("llm", "ask a model", "a candidate's SPEC, such as openai/*"),
    CapVerb("tool", "let an agent call a tool", "the tool's name"),
    CapVerb("fs.read", "read files of the repository", "a glob"),
    CapVerb("fs.write", "propose changes to files", "a glob"),
    CapVerb("git.commit", "commit a proven change to hex/auto/…", permissions=("contents: write",)),
    CapVerb("git.push", "push refs", "a glob of refs", permissions=("contents: write",)),
    CapVerb("pr.open", "open or update a pull request", permissions=("pull-requests: write",)),
    CapVerb("comment", "write a comment", permissions=("issues: write", "pull-requests: write")),
    CapVerb("publish", "put an event on a topic", "the topic", permissions=("contents: write",)),
    CapVerb("net", "reach a host", "a host, such as api.example.com or *.example.com"),
    CapVerb("secret", "read an environment variable", "its name", needs_scope=True),
    CapVerb("spawn", "start a process, in the sandbox"),
    CapVerb("state", "change shared state: locks, entities, budgets", "a glob of names"),
)  # fmt: skip
VERBS = MappingProxyType({verb.name: verb for verb in _VERBS})


@dataclass(frozen=True, slots=True)
class Cap:
    """One capability. Without a scope: everything of that verb."""

    verb: str
    scope: str = ""

    def __str__(self) -> str:
        return f"{self.verb}:{self.scope}" if self.scope else self.verb

    def covers(self, verb: str, scope: str) -> bool:
        """Whether this lets `verb` be done to `scope`."""
        if verb != self.verb:
            return False
        return not self.scope or scope == self.scope or _within(verb, scope, self.scope)


def parse_cap(text: str) -> Cap:
    """The capability that `text` spells. Raises ValueError with what is wrong and a suggestion."""
    name, colon, scope = text.partition(":")
    verb = VERBS.get(name)
    if verb is None:
        near = get_close_matches(name, VERBS, n=1)
        advice = f"did you mean {near[0]!r}?" if near else f"known: {', '.join(VERBS)}"
        raise ValueError(f"there is no capability {name!r}; {advice}")
    if colon and not verb.scope:
        raise ValueError(f"{name} takes no scope")
    if (colon or verb.needs_scope) and not scope:
        raise ValueError(f"{name} needs a scope: {verb.scope}")
    if any(character.isspace() or not character.isprintable() for character in scope):
        raise ValueError(f"the scope of {name} holds white space or what cannot be seen")
    return Cap(name, scope)


@dataclass(frozen=True, slots=True)
class CapLayer:
    """What one place allows and denies. `allow` None: it adds no condition of its own."""

    origin: str
    allow: tuple[Cap, ...] | None = None
    deny: tuple[Cap, ...] = ()

    def refusal(self, verb: str, scope: str) -> str:
        """Why this layer says no; empty when it does not."""
        asked = Cap(verb, scope)
        for cap in self.deny:
            if cap.covers(verb, scope) or (not scope and cap.verb == verb):
                return f"{self.origin} denies {cap}"
        if self.allow is None or any(cap.covers(verb, scope) for cap in self.allow):
            return ""
        granted = ", ".join(str(cap) for cap in self.allow) or "nothing"
        return f"{asked} is not among what {self.origin} allows ({granted})"


@dataclass(frozen=True, slots=True)
class Authority:
    """What somebody may do: the intersection of all layers, outermost first."""

    layers: tuple[CapLayer, ...] = ()
    _known: dict[tuple[str, str], str] = field(
        default_factory=dict, compare=False, repr=False, hash=False
    )

    def narrowed(self, *layers: CapLayer) -> "Authority":
        """This authority under more layers; never more than it was."""
        return Authority((*self.layers, *layers))

    def refusal(self, verb: str, scope: str = "") -> str:
        """Why `verb` may not be done to `scope`; empty when it may.

        Without any layer nothing may be done.
        """
        known = self._known.get((verb, scope))
        return known if known is not None else self._judged(verb, scope)

    def permits(self, verb: str, scope: str = "") -> bool:
        """Whether `verb` may be done to `scope`."""
        return not self.refusal(verb, scope)

    def _judged(self, verb: str, scope: str) -> str:
        if not any(layer.allow is not None for layer in self.layers):
            said = f"{Cap(verb, scope)} was never granted"
        else:
            refusals = (layer.refusal(verb, scope) for layer in self.layers)
            said = next((refusal for refusal in refusals if refusal), "")
        if len(self._known) >= _MOST_REMEMBERED:
            self._known.clear()
        self._known[verb, scope] = said
        return said


def permissions_of(caps: Iterable[Cap]) -> tuple[str, ...]:
    """The token permissions that a job with `caps` needs, sorted."""
    return tuple(sorted({p for cap in caps for p in VERBS[cap.verb].permissions}))


def _within(verb: str, scope: str, pattern: str) -> bool:
    if not scope or verb == "secret":
        return False
    if verb == "net":
        return pattern.startswith("*.") and scope.endswith(pattern[1:])
    if verb in {"llm", "git.push", "tool", "state", "publish"}:
        pattern = f"/{pattern}"  # the whole name, not a file of that name in any folder
    return matches(scope, (pattern,))
