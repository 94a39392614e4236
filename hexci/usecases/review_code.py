"""An adversarial review: lenses hunt in parallel, reproducers decide, nothing is taken on trust."""

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor

from hexci.domain.evidence import EvidenceRun, EvidenceSpec
from hexci.domain.review.claim import Judged, LensReport, LensStatus
from hexci.domain.review.proving import enclosing_function
from hexci.domain.review.review import Review, fold
from hexci.errors import HexciError
from hexci.ports.lens import Lens, Scene
from hexci.ports.progress import Progress
from hexci.ports.repo import Objects
from hexci.usecases.prove_claims import Means, prove_claims

# Lenses that look at the same time: models wait for their endpoints, searches for the machine.
_AT_ONCE = 4


def gate_run(tree: str, gate: EvidenceSpec, means: Means) -> EvidenceRun:
    """The gate on the code as it is, in a clean clone."""
    means.progress.stage("gate", gate.command)
    with means.rooms.clone(tree) as room:
        return means.runner.run(gate, room)


def review_code(scene: Scene, lenses: Sequence[Lens], means: Means) -> Review:
    """Hunts, proves and folds. Nothing of the repository is changed."""
    means.progress.stage("review", ", ".join(lens.name for lens in lenses))
    with ThreadPoolExecutor(max_workers=_AT_ONCE) as pool:
        reports = tuple(pool.map(lambda lens: _hunt(lens, scene, means.progress), lenses))
    claims = (claim for report in reports for claim in report.claims)
    judged = prove_claims(claims, scene, means)
    return Review(reports, fold(judged, sites_of(judged, scene, means.objects)))


def sites_of(judged: Iterable[Judged], scene: Scene, objects: Objects) -> tuple[str, ...]:
    """Where each claim sits: by the place of the crash, or the claimed line, in its function.

    Line numbers are left out for the text of the line, so that a site is the same after edits
    above it.
    """
    return tuple(_site(one, scene, objects) for one in judged)


def _site(one: Judged, scene: Scene, objects: Objects) -> str:
    path, _, number = one.place.rpartition(":")
    line = int(number) if path == one.claim.path and number.isdigit() else one.claim.line
    text = (objects.read(scene.tree, one.claim.path) or b"").decode("utf-8", "replace")
    lines = text.splitlines()
    shown = lines[line - 1].strip() if 0 < line <= len(lines) else ""
    return f"{one.claim.path}\0{enclosing_function(text, line)}\0{shown}"


def _hunt(lens: Lens, scene: Scene, progress: Progress) -> LensReport:
    """One lens; whatever goes wrong in it is its status."""
    try:
        report = lens.hunt(scene, progress=progress)
    except HexciError as error:
        report = LensReport(lens.name, lens.name, LensStatus.INVALID, told=str(error))
    except Exception as error:  # noqa: BLE001 - the plug-in boundary: others must still be heard
        report = LensReport(lens.name, lens.name, LensStatus.INVALID, told=f"a bug: {error!r}")
    progress.note(f"lens {lens.name}: {report.status} {report.told}".rstrip())
    return report
