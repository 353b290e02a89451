// A small gateway for the tests of `probe --target`: it asks its producer for a body and answers with what it makes
// of it. node gateway.mjs PORT MODE; the producer's URL is in DTOGATE_PRODUCER.
import http from 'node:http';

const [port, mode] = process.argv.slice(2);
const producer = process.env.DTOGATE_PRODUCER;

const ask = (path) =>
  new Promise((resolve, reject) => {
    http
      .get(producer + path, (answer) => {
        const parts = [];
        answer.on('data', (part) => parts.push(part));
        answer.on('end', () => resolve({ status: answer.statusCode, text: Buffer.concat(parts).toString('utf8') }));
      })
      .on('error', reject);
  });

const page = async () => (await ask('/revalidation/api/v1/doctors?pageNumber=0')).text;

// The expressions of 2022-06-23 and 2023-12-29.
const narrow = (text) => text.replaceAll('"traineeInfo":', '"recommendationInfo":');
const regex = (text) => text.replace(/"traineeInfo"\s?:/g, '"recommendationInfo" :');

// The keys as they were captured, each under the name that it has today.
const RENAMED = Object.fromEntries((process.env.DTOGATE_TEST_RENAMED ?? '').split(',').map((pair) => pair.split(':')));
const today = (keys) => keys.map((key) => RENAMED[key] ?? key);
const DATES = today(['submissionDate', 'dateAdded', 'lastUpdatedDate', 'curriculumEndDate']);
const TEXTS = today([
  'gmcReferenceNumber', 'doctorFirstName', 'doctorLastName', 'underNotice', 'sanction', 'doctorStatus', 'gmcOutcome',
  'admin', 'designatedBody', 'connectionStatus', 'programmeName', 'programmeMembershipType',
]);
const COUNTS = today(['countTotal', 'countUnderNotice', 'totalPages', 'totalResults']);

const two = (number) => String(number).padStart(2, '0');
const date = (value) =>
  Array.isArray(value) ? `${String(value[0]).padStart(4, '0')}-${two(value[1])}-${two(value[2])}` : (value ?? null);
const doctor = (value) =>
  value && {
    ...Object.fromEntries(TEXTS.map((key) => [key, value[key] ?? null])),
    ...Object.fromEntries(DATES.map((key) => [key, date(value[key])])),
  };
// As by class: known keys only, dates as text, the list under its new name.
const typed = (text) => {
  const { traineeInfo, recommendationInfo, ...rest } = JSON.parse(text.replace(/^\uFEFF/, ''));
  const list = traineeInfo ?? recommendationInfo;
  const counts = Object.fromEntries(COUNTS.map((key) => [key, rest[key] ?? 0]));
  return JSON.stringify({ ...counts, recommendationInfo: list?.map(doctor) ?? null });
};

// The page, and for each doctor whether core has notes.
const withNotes = async () => {
  const body = JSON.parse(await page());
  for (const row of body.traineeInfo ?? []) {
    const { status, text } = await ask(`/revalidation/api/trainee/${encodeURIComponent(row.gmcReferenceNumber)}/notes`);
    row.notes = status === 200 && (JSON.parse(text).notes ?? []).length > 0;
  }
  const { traineeInfo, ...rest } = body;
  return JSON.stringify({ ...rest, recommendationInfo: traineeInfo });
};

const json = (response, text, type = 'application/json') => {
  response.writeHead(200, type ? { 'content-type': type } : {});
  response.end(text);
};

const MODES = {
  narrow: async (response) => json(response, narrow(await page())),
  regex: async (response) => json(response, regex(await page())),
  typed: async (response) => json(response, typed(await page())),
  notes: async (response) => json(response, await withNotes()),
  slow: async (response) => setTimeout(async () => json(response, regex(await page())), 60_000).unref(),
  'not-found': async (response) => response.writeHead(404).end(),
  fails: async (response) => response.writeHead(500, { 'content-type': 'text/plain' }).end('NullPointerException'),
  html: async (response) => json(response, regex(await page()), 'text/html'),
  'no-type': async (response) => json(response, regex(await page()), null),
  'error-page': async (response) => json(response, '<html>sorry</html>', 'text/html'),
  reset: async (response) => response.socket.resetAndDestroy(),
  closes: async (response) => response.socket.destroy(),
  truncated: async (response) => {
    const body = Buffer.from(regex(await page()));
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length });
    response.write(body.subarray(0, body.length / 2), () => response.socket.destroy());
  },
  'truncated-chunk': async (response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.write(regex(await page()).slice(0, 20), () => response.socket.destroy());
  },
  silent: async (response) => json(response, ''),
  floods: async (response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    const flood = () => response.destroyed || response.write('x'.repeat(1 << 16), flood);
    flood();
  },
  // From a cache: it never asks for the page.
  cached: async (response) => {
    await ask('/health');
    json(response, '{"countTotal":0,"recommendationInfo":[]}');
  },
  exits: async () => process.exit(3),
};

if (mode === 'never') process.exit(7);
http
  .createServer((request, response) => {
    MODES[mode](response).catch((error) => response.writeHead(502).end(String(error)));
  })
  .listen(Number(port), '127.0.0.1');
