// Every payload of payloads/ with what is wrong in it. The last two are true, and only look like the first.
import { readFileSync } from "node:fs";

export const AGREED = "as-agreed";

export const FAULTS = [
  ["space-before-colon", "other white space: `indent_output` came on"],
  ["key-order", "two keys in another order"],
  ["key-renamed", "`weightGrams` is `weight`"],
  ["key-dropped", "`recipientTown` is gone"],
  ["unknown-key-added", "a key `colour` more"],
  ["key-repeated", "`weightGrams` twice, with two values"],
  ["date-as-array", "`[2026,1,30]` for a date"],
  ["date-other-pattern", "`30/01/2026` for a date"],
  ["number-as-text", "`\"1200\"` for a number"],
  ["null-for-missing-key", "`\"note\": null`, where the key was left out"],
  ["null-for-list", "null for a list that the page iterates"],
  ["enum-value-added", "a status that the page does not know"],
  ["large-number", "a whole number beyond 2^53"],
  ["other-unit", "kilograms under `weightGrams`"],
  ["towns-swapped", "sender and recipient swapped"],
];

export const CONTROLS = [
  [AGREED, "control: nothing is wrong"],
  ["another-parcel", "control: another parcel, nothing is wrong"],
];

export const PAYLOADS = [...FAULTS, ...CONTROLS].map(([name]) => name);

export function payload(name) {
  return readFileSync(new URL(`payloads/${name}.json`, import.meta.url), "utf8");
}
