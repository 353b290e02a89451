// The same as a JSON Schema, with formats asserted: once open, once with `additionalProperties: false`.
import Ajv2020 from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { payload } from "./faults.mjs";

function schema(additionalProperties) {
  return {
    type: "object",
    additionalProperties,
    required: ["parcelNumber", "status", "weightGrams", "shippedOn", "senderTown", "recipientTown", "stops"],
    properties: {
      parcelNumber: { type: "integer" },
      status: { enum: ["SENT", "DELIVERED"] },
      weightGrams: { type: "integer" },
      shippedOn: { type: "string", format: "date" },
      senderTown: { type: "string" },
      recipientTown: { type: "string" },
      note: { type: "string" },
      stops: {
        type: "array",
        items: {
          type: "object",
          additionalProperties,
          required: ["depot", "arrivedOn"],
          properties: { depot: { type: "string" }, arrivedOn: { type: "string", format: "date" } },
        },
      },
    },
  };
}

export function ajv(names) {
  const compile = (additional) => {
    const ajv = new Ajv2020({ allErrors: true });
    addFormats(ajv);
    return ajv.compile(schema(additional));
  };
  const [plain, strict] = [compile(true), compile(false)];
  return Object.fromEntries(
    names.map((name) => {
      const value = JSON.parse(payload(name));
      return [name, !plain(value) ? "caught" : !strict(value) ? "strict" : "missed"];
    }),
  );
}
