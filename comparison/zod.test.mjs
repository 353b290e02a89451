// The page's own schema, as its team would write it, and a test for each payload. Once as `z.object`, which passes over
// unknown keys, and once as `z.strictObject`.
import { expect, test } from "vitest";
import { z } from "zod";
import { PAYLOADS, payload } from "./faults.mjs";

function schema(object) {
  return object({
    parcelNumber: z.int(),
    status: z.enum(["SENT", "DELIVERED"]),
    weightGrams: z.int(),
    shippedOn: z.iso.date(),
    senderTown: z.string(),
    recipientTown: z.string(),
    note: z.string().optional(),
    stops: z.array(object({ depot: z.string(), arrivedOn: z.iso.date() })),
  });
}

for (const [mode, object] of [["plain", z.object], ["strict", z.strictObject]]) {
  const Parcel = schema(object);
  for (const name of PAYLOADS) {
    test(`${mode} ${name}`, () => {
      expect(() => Parcel.parse(JSON.parse(payload(name)))).not.toThrow();
    });
  }
}
