// A consumer test of the page writes a contract with matchers; the provider is verified against it once for each payload.
import { readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { MatchersV3, PactV3, Verifier } from "@pact-foundation/pact";
import { AGREED, payload } from "./faults.mjs";

const { date, eachLike, integer, regex, string } = MatchersV3;
const dir = new URL("out/pacts", import.meta.url).pathname;

const PARCEL = {
  parcelNumber: integer(4503599627370497),
  status: regex("^(SENT|DELIVERED)$", "SENT"),
  weightGrams: integer(1200),
  shippedOn: date("yyyy-MM-dd", "2026-01-30"),
  senderTown: string("Fakeham"),
  recipientTown: string("Testbury"),
  stops: eachLike({ depot: string("D1"), arrivedOn: date("yyyy-MM-dd", "2026-01-31") }),
};

async function contract() {
  rmSync(dir, { recursive: true, force: true });
  const pact = new PactV3({ consumer: "page", provider: "depot", dir, logLevel: "error" });
  pact
    .uponReceiving("a request for a parcel")
    .withRequest({ method: "GET", path: "/parcels/1" })
    .willRespondWith({ status: 200, headers: { "Content-Type": "application/json" }, body: PARCEL });
  await pact.executeTest(async (server) => {
    const parcel = await (await fetch(`${server.url}/parcels/1`)).json();
    if (parcel.stops.length !== 1) throw new Error("the page's own test fails");
  });
  return `${dir}/page-depot.json`;
}

export async function pact(names) {
  const file = await contract();
  JSON.parse(readFileSync(file, "utf8"));
  const results = {};
  for (const name of names) {
    const server = createServer((request, response) => {
      response.writeHead(200, { "Content-Type": "application/json" });
      response.end(request.url === "/parcels/1" ? payload(name) : "{}");
    });
    await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
    const providerBaseUrl = `http://127.0.0.1:${server.address().port}`;
    try {
      await new Verifier({ provider: "depot", providerBaseUrl, pactUrls: [file], logLevel: "error" }).verifyProvider();
      results[name] = "missed";
    } catch (error) {
      // Only a verdict counts: anything else means that Pact did not run.
      if (!/verif/i.test(String(error))) throw error;
      results[name] = "caught";
    } finally {
      server.close();
    }
  }
  if (results[AGREED] !== "missed") throw new Error("Pact refuses the payload as agreed");
  return results;
}
