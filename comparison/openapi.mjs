// Two specifications are compared, not payloads: the agreed one, and the one that the changed service would publish. By
// hand, as springdoc makes them: what it does not see leaves the specification as it is.
import { createRequire } from "node:module";

const { diffSpecs } = createRequire(import.meta.url)("openapi-diff");

function specification(change = () => {}) {
  const text = { type: "string" };
  const date = { type: "string", format: "date" };
  const parcel = {
    type: "object",
    required: ["parcelNumber", "status", "weightGrams", "shippedOn", "senderTown", "recipientTown", "stops"],
    properties: {
      parcelNumber: { type: "integer", format: "int64" },
      status: { type: "string", enum: ["SENT", "DELIVERED"] },
      weightGrams: { type: "integer", format: "int32" },
      shippedOn: date,
      senderTown: text,
      recipientTown: text,
      note: text,
      stops: {
        type: "array",
        items: { type: "object", required: ["depot", "arrivedOn"], properties: { depot: text, arrivedOn: date } },
      },
    },
  };
  change(parcel);
  const content = { "application/json": { schema: parcel } };
  return JSON.stringify({
    openapi: "3.0.0",
    info: { title: "depot", version: "1" },
    paths: { "/parcels/{id}": { get: { responses: { 200: { description: "a parcel", content } } } } },
  });
}

function drop(parcel, key) {
  delete parcel.properties[key];
  parcel.required = parcel.required.filter((required) => required !== key);
}

const CHANGES = {
  "key-renamed": (parcel) => {
    parcel.properties.weight = parcel.properties.weightGrams;
    parcel.required.push("weight");
    drop(parcel, "weightGrams");
  },
  "key-dropped": (parcel) => drop(parcel, "recipientTown"),
  "unknown-key-added": (parcel) => (parcel.properties.colour = { type: "string" }),
  "number-as-text": (parcel) => (parcel.properties.weightGrams = { type: "string" }),
  "enum-value-added": (parcel) => parcel.properties.status.enum.push("RETURNED"),
};

export async function openapi(names) {
  const results = {};
  for (const name of names) {
    const spec = (content, location) => ({ content, location, format: "openapi3" });
    const diff = await diffSpecs({
      sourceSpec: spec(specification(), "agreed.json"),
      destinationSpec: spec(specification(CHANGES[name]), "changed.json"),
    });
    const listed = diff.nonBreakingDifferences.length + diff.unclassifiedDifferences.length > 0;
    results[name] = diff.breakingDifferencesFound ? "caught" : listed ? "listed" : "missed";
  }
  return results;
}
