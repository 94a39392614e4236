"""What a repository has decided about hexci, as read from its base commit."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from hexci.domain.asking.quota import Quota
from hexci.domain.evidence import EvidenceSpec
from hexci.domain.law.caps import CapLayer
from hexci.domain.law.governance import Governance
from hexci.domain.machine import MACHINES, Machine
from hexci.domain.plan import AskedLimits, PathRules


@dataclass(frozen=True, slots=True)
class Config:
    """The repository's own settings; every field has the default of an absent file.

    `evidence` maps names to commands; the one named `default` is used when none is asked for.
    `require_account` refuses evidence whose runner gives no test-by-test report. `caps`
    is what pipelines may do at most here (None: what they grant themselves). `governance`
    is who may have what done, `machines` the kinds of entities. `digest` is
    over the file's bytes (empty: there is no file).
    """

    evidence: Mapping[str, EvidenceSpec] = field(default_factory=dict)
    candidates: tuple[str, ...] = ()
    limits: AskedLimits = field(default_factory=AskedLimits)
    paths: PathRules = field(default_factory=PathRules)
    require_account: bool | None = None
    quota: Quota = field(default_factory=Quota)
    caps: CapLayer | None = None
    governance: Governance = field(default_factory=Governance)
    machines: Mapping[str, Machine] = field(default_factory=lambda: MACHINES)
    digest: str = ""
