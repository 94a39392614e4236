"""A system of three processes: hyphens in every name, a foreach, pipes small and large."""

COUNT = """\
kind: Pipeline
metadata: {name: count}
spec:
  caps: [spawn]
  limits: {timeout: 120}
  nodes:
    list-it:
      run: {argv: [python3, -c, "import json; print(json.dumps({'n': 4, 'long': 'x' * 20000}))"],
            parse: json}
      outputs: {n: integer, long: string}
  outputs: {how-many: "${list-it.n}", long-one: "${list-it.long}"}
"""
LOOK = """\
kind: Pipeline
metadata: {name: look}
spec:
  inputs: {folder: {required: true}}
  caps: [spawn]
  limits: {timeout: 120}
  nodes: {look: {run: {argv: [cat, "${inputs.folder}/x.txt"]}}}
  outputs: {said: "${look.output}"}
"""
REPORT = """\
kind: Pipeline
metadata: {name: report}
spec:
  inputs:
    files: {type: integer, required: true}
    long: {required: true}
    verdicts: {type: list, required: true}
    key: {default: none}
  caps: [spawn, "secret:DEPLOY_KEY"]
  limits: {timeout: 120}
  nodes:
    write: {run: {argv: [echo, "${inputs.files} ${inputs.verdicts}"]}}
    size: {run: {argv: [python3, -c, "import sys; print(len(sys.argv[1]))", "${inputs.long}"]}}
  outputs: {report: "${write.output}", size: "${size.output}"}
"""
NIGHT = """\
kind: System
metadata: {name: night-watch}
spec:
  init: {type: schedule, cron: "17 3 * * *"}
  processes:
    count-files: {exec: deep/down/count.yaml}
    look-at: {exec: deep/look.yaml, foreach: [a, b], with: {folder: "${item}"}}
    report: {exec: report.yaml}
  pipes:
    - {from: count-files, to: report, map: {files: count-files.out.how-many,
                                            long: count-files.out.long-one}}
    - {from: look-at, to: report, map: {verdicts: look-at.out.said}}
"""
FILES = {
    ".hexci/night.yaml": NIGHT,
    ".hexci/deep/down/count.yaml": COUNT,
    ".hexci/deep/look.yaml": LOOK,
    ".hexci/report.yaml": REPORT,
    "a/x.txt": "from a\n",
    "b/x.txt": "from b\n",
}
