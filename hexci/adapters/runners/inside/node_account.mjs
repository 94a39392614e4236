// Runs inside the room, in node's own process: told by `node --test`, it tells test by test.
// ORDERS is filled in for each run.
import { relative } from "node:path";
const ORDERS = {};

const isSuite = (event) => event.details?.type === "suite";
const said = (error) => String(error?.cause?.stack ?? error?.cause?.message ?? error?.message ?? "");

function statusOf(type, event) {
  if (event.skip !== undefined && event.skip !== false) return "skipped";
  if (event.todo !== undefined && event.todo !== false) return type === "test:fail" ? "xfailed" : "skipped";
  return type === "test:pass" ? "passed" : "failed";
}

export default async function* account(events) {
  // results of children come before those of what holds them: kept by depth until it is known
  const waiting = [];
  for await (const { type, data } of events) {
    if (type !== "test:pass" && type !== "test:fail") continue;
    const depth = data.nesting;
    const below = (waiting[depth + 1] ?? []).map((test) => ({ ...test, names: [data.name, ...test.names] }));
    waiting[depth + 1] = [];
    const own = { names: [data.name], file: data.file, status: statusOf(type, data), message: said(data.details?.error), seconds: (data.details?.duration_ms ?? 0) / 1000 };
    const blames = isSuite(data) && (type === "test:pass" || below.some((test) => test.status === "failed"));
    const here = blames ? below : [...below, own];
    if (depth > 0) {
      waiting[depth] = [...(waiting[depth] ?? []), ...here];
      continue;
    }
    for (const test of here) {
      const file = test.file ? relative(ORDERS.root, test.file) : "";
      const name = test.names.map((part) => (part === test.file ? "" : part)).filter(Boolean).join(" > ");
      const line = { key: ORDERS.key, id: [file, name].filter(Boolean).join("::"), status: test.status, message: test.message.slice(0, 4000), seconds: test.seconds };
      yield JSON.stringify(line) + "\n";
    }
  }
  yield JSON.stringify({ key: ORDERS.key, end: 0 }) + "\n";
}
