"""The rules of manifests: MAN0xx keep one from running, MAN1xx are what `lint` adds."""

from types import MappingProxyType

from hexci.domain.finding import Severity
from hexci.domain.rule import Rule


class ManifestRule(Rule):
    """A rule of manifests; those of `lint` only warn."""

    @property
    def severity(self) -> Severity:
        """How much it weighs."""
        return Severity.WARNING if self.id >= "MAN100" else Severity.ERROR


RULES = (
    ManifestRule(
        "MAN001", "syntax", "The file is plain YAML",
        "A manifest is data. Tags, merge keys, duplicate keys and what cannot be seen could make "
        "it mean something else than a reader thinks.",
        "Write it out plainly.",
        "kind: !!python/object:os.system Pipeline", "kind: Pipeline",
    ),
    ManifestRule(
        "MAN002", "known-kind", "Every document is of a known kind",
        "What hexci does not know it cannot judge, and does not skip.",
        "Say one of the kinds: hexci schema",
        "kind: Pipline", "kind: Pipeline",
    ),
    ManifestRule(
        "MAN003", "shape", "Keys are known and values of their type",
        "A key that is silently ignored is a limit that does not hold.",
        "See the fields: hexci explain Pipeline.spec",
        "spec: {limitz: {max_usd: 1}}", "spec: {limits: {max_usd: 1}}",
    ),
    ManifestRule(
        "MAN004", "known-capability", "Capabilities are spelled as the grammar has them",
        "An unknown capability would grant nothing, or be thought to.",
        "See the list: hexci explain caps",
        "caps: [lllm]", "caps: [llm]",
    ),
    ManifestRule(
        "MAN005", "known-need", "A node needs only nodes that are there",
        "It would wait for ever.",
        "Correct the name, or add the node.",
        "nodes: {b: {run: {argv: [b]}, needs: [aa]}}",
        "nodes: {a: {run: {argv: [a]}}, b: {run: {argv: [b]}, needs: [a]}}",
    ),
    ManifestRule(
        "MAN006", "acyclic", "Needs form no cycle",
        "Nodes that wait for each other never start.",
        "Remove one of the needs.",
        "nodes: {a: {run: {argv: [a]}, needs: [b]}, b: {run: {argv: [b]}, needs: [a]}}",
        "nodes: {a: {run: {argv: [a]}}, b: {run: {argv: [b]}, needs: [a]}}",
    ),
    ManifestRule(
        "MAN007", "known-reference", "References name what is there when the node starts",
        "A value that may not be there yet makes a pipeline that works by luck.",
        "Name an output of a node that is needed, an input, ${env.NAME} or ${run.head}.",
        'nodes: {b: {run: {argv: [echo, "${a.output}"]}}}',
        'nodes: {a: {run: {argv: [a]}}, b: {run: {argv: [echo, "${a.output}"]}, needs: [a]}}',
    ),
    ManifestRule(
        "MAN008", "jailed-include", "Includes stay in the repository",
        "What is included grants; it comes from the same commit or not at all.",
        "Give a path relative to this file, below the repository root.",
        "include: [/etc/passwd]", "include: [shared/macros.yaml]",
    ),
    ManifestRule(
        "MAN009", "known-macro", "Macros, policies and pipelines are known and given their inputs",
        "A macro without its inputs would leave holes in the graph.",
        "Include the file that has it, and give every required input.",
        "nodes: {a: {use: {macro: nowhere}}}", "nodes: {a: {use: {macro: check}}}",
    ),
    ManifestRule(
        "MAN010", "granted", "A node needs no more than its pipeline grants",
        "It would be denied when it runs; better to be told now.",
        "Grant it in spec.caps, or remove the node.",
        "spec: {nodes: {a: {run: {argv: [a]}}}}",
        "spec: {caps: [spawn], nodes: {a: {run: {argv: [a]}}}}",
    ),
    ManifestRule(
        "MAN011", "one-name", "Names are unique and not reserved",
        "A name that means two things means neither.",
        "Choose another name.",
        "nodes: {inputs: {run: {argv: [a]}}}", "nodes: {prepare: {run: {argv: [a]}}}",
    ),
    ManifestRule(
        "MAN012", "typed-pipe", "Pipes join an output and an input of one type",
        "A pipe that cannot be resolved is found by the night's run, or never.",
        "Name an output of the giving pipeline and an input of the taking one.",
        "pipes: [{from: scan, to: report, map: {found: scan.out.fond}}]",
        "pipes: [{from: scan, to: report, map: {found: scan.out.found}}]",
    ),
    ManifestRule(
        "MAN013", "can-be-done", "Every kind of node has something that carries it out",
        "hexci does not pretend: a node that nothing can carry out stops before the first starts.",
        "Remove the node, give it a `when`, or (comment, pr) set GITHUB_REPOSITORY, GITHUB_TOKEN.",
        "nodes: {a: {comment: {on: 1, body: hello}}}",
        "nodes: {a: {comment: {on: 1, body: hello}, when: \"${env.CI} == 'true'\"}}",
    ),
    ManifestRule(
        "MAN014", "can-be-started", "A system starts and goes on without anybody",
        "What starts by an event that strangers control, or stops for an answer in the middle of "
        "a workflow, works on a quiet day only.",
        "Start it by another event; run a pipeline that waits by itself: hexci run.",
        "init: {type: event, on: [pull_request_target]}", "init: {type: event, on: [pull_request]}",
    ),
    ManifestRule(
        "MAN015", "fresh-workflow", "Workflows are what their systems say",
        "A workflow that was edited, or left behind, runs under another law than the manifest.",
        "Write it anew: hexci system compile",
        "timeout-minutes: 300 # by hand, in .github/workflows/hexci-nightly.yml",
        "limits: {timeout: 17000} # in the manifest; then: hexci system compile",
    ),
    ManifestRule(
        "MAN101", "unused-input", "Every input is used",
        "An input that nothing reads promises a choice that is none.",
        "Remove it, or use it: ${inputs.NAME}",
        "inputs: {task: {}}", 'inputs: {task: {}}, nodes: {a: {agent: {task: "${inputs.task}"}}}',
    ),
    ManifestRule(
        "MAN102", "unused-capability", "Every capability is used",
        "What is granted and not used is only of use to somebody else.",
        "Remove it.",
        "caps: [comment], nodes: {a: {run: {argv: [a]}}}",
        "caps: [spawn], nodes: {a: {run: {argv: [a]}}}",
    ),
    ManifestRule(
        "MAN103", "limited-spending", "Who may ask models has a limit",
        "A loop that pays for each turn needs an end that does not depend on it.",
        "Set limits: {max_usd: …} or max_tokens.",
        "caps: [llm]", "caps: [llm], limits: {max_usd: 2}",
    ),
    ManifestRule(
        "MAN104", "limited-time", "A pipeline has a time limit",
        "Without one the platform's limit of hours applies.",
        "Set limits: {timeout: SECONDS}.",
        "spec: {nodes: {}}", "spec: {limits: {timeout: 900}, nodes: {}}",
    ),
    ManifestRule(
        "MAN105", "unused-definition", "Every macro, policy and adapter is used",
        "What nothing uses misleads whoever reads it.",
        "Remove it, or use it.",
        "kind: Macro", "nodes: {a: {use: {macro: check}}}",
    ),
    ManifestRule(
        "MAN106", "live-node", "Every node can run",
        "A condition that is never true is a node that was forgotten.",
        "Remove the node, or correct its condition.",
        "nodes: {a: {run: {argv: [a]}, when: false}}", "nodes: {a: {run: {argv: [a]}}}",
    ),
)  # fmt: skip

BY_ID = MappingProxyType({rule.id: rule for rule in RULES})
