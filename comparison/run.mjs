// Prints the table: a row for each payload, a column for each tool. What the tools say themselves goes to out/.
import { spawnSync } from "node:child_process";
import { mkdirSync, openSync, readFileSync, writeSync } from "node:fs";
import { CONTROLS, FAULTS, PAYLOADS } from "./faults.mjs";

mkdirSync("out", { recursive: true });

function ran(command, args, statuses) {
  const done = spawnSync(command, args, { encoding: "utf8", maxBuffer: 1 << 26 });
  if (done.error || !statuses.includes(done.status)) throw new Error(`${command} did not run: ${done.stderr}`);
  return done.stdout;
}

function dtogate() {
  const results = {};
  for (const name of PAYLOADS) {
    const args = ["check", "--mapping", "parcel-tracking", "--format", "json", `payloads/${name}.json`];
    const report = JSON.parse(ran(`${process.env.CARGO_TARGET_DIR}/debug/parcels`, args, [0, 1]));
    const rules = (severity) => [...new Set(report.findings.filter((one) => one.severity === severity).map((one) => one.rule))];
    const [worst, found] = ["error", "warning", "note"].map((one) => [one, rules(one)]).find(([, found]) => found.length) ?? [];
    results[name] = !worst ? "missed" : `${worst === "error" ? "caught" : worst}: ${found.join(", ")}`;
  }
  return results;
}

function zod() {
  const report = JSON.parse(ran("node_modules/.bin/vitest", ["run", "--reporter", "json", "zod.test.mjs"], [0, 1]));
  const tests = report.testResults.flatMap((file) => file.assertionResults);
  const passed = (title) => {
    const test = tests.find((test) => test.title === title);
    if (!["passed", "failed"].includes(test?.status)) throw new Error(`${title} did not run`);
    return test.status === "passed";
  };
  return Object.fromEntries(
    PAYLOADS.map((name) => [name, !passed(`plain ${name}`) ? "caught" : !passed(`strict ${name}`) ? "strict" : "missed"]),
  );
}

function insta() {
  const lines = ran("cargo", ["test", "--locked", "-p", "snapshots", "--no-fail-fast"], [0, 101]).split("\n");
  return Object.fromEntries(
    PAYLOADS.map((name) => {
      const line = lines.find((line) => line.startsWith(`test ${name.replaceAll("-", "_")} ... `));
      if (!line) throw new Error(`${name} did not run`);
      return [name, line.endsWith("ok") ? "missed" : "caught"];
    }),
  );
}

// Pact's native part writes to standard output by itself: it has a process of its own.
if (process.argv[2] === "pact") {
  const { pact } = await import("./pact.mjs");
  writeSync(openSync("out/pact.json", "w"), JSON.stringify(await pact(PAYLOADS)));
  process.exit(0);
}
function pact() {
  ran("node", ["run.mjs", "pact"], [0]);
  return JSON.parse(readFileSync("out/pact.json", "utf8"));
}

const { ajv } = await import("./ajv.mjs");
const { openapi } = await import("./openapi.mjs");
const tools = {
  dtogate: dtogate(),
  "zod, Vitest": zod(),
  ajv: ajv(PAYLOADS),
  Pact: pact(),
  "openapi-diff": await openapi(PAYLOADS),
  insta: insta(),
};
// Who sees nothing wrong in a payload without a fault is right.
for (const [name] of CONTROLS) {
  for (const results of Object.values(tools)) results[name] = results[name] === "missed" ? "silent" : "**false alarm**";
}
const names = Object.keys(tools);
const row = (cells) => `| ${cells.join(" | ")} |`;
console.log(row(["what is sent", ...names]));
console.log(row(Array(names.length + 1).fill("---")));
for (const [name, what] of [...FAULTS, ...CONTROLS]) {
  console.log(row([what, ...names.map((tool) => tools[tool][name].replace(/^missed$/, "**missed**"))]));
}
