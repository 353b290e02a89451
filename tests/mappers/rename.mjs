// The gateway's mapper of 2023-12-29 in Node, for `dtogate probe --batch`: JSON text sequences both ways (RFC 7464).
// Bytes are taken for characters, so that nothing but the key changes; the blanks are those of Java's \s.
const chunks = [];
for await (const chunk of process.stdin) chunks.push(chunk);
const texts = Buffer.concat(chunks).toString("latin1").split("\x1e").slice(1);
const renamed = texts.map((text) => text.replace(/"traineeInfo"[ \t\n\x0B\f\r]?:/g, '"recommendationInfo" :'));
process.stdout.write(Buffer.from(renamed.map((text) => `\x1e${text}`).join(""), "latin1"));
