// The gateway's mapper of 2023-12-29 in Node, for `dtogate probe --batch`: JSON text sequences both ways (RFC 7464).
// Bytes are taken for characters, so that nothing but the key changes; the spaces are those of Java's \s. Each answer is
// written before the next payload is read: the time limit is one for each.
import { writeSync } from "node:fs";

function answer(text) {
  const renamed = text.replace(/"traineeInfo"[ \t\n\x0B\f\r]?:/g, '"recommendationInfo" :');
  const bytes = Buffer.from(`\x1e${renamed}`, "latin1");
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(1, bytes, at);
    } catch (error) {
      if (error.code !== "EAGAIN") throw error;
    }
  }
}

// What stands before the first separator is no text; the last one is whole at the end of the input.
let open = [];
let begun = false;
for await (let chunk of process.stdin) {
  for (let at = chunk.indexOf(0x1e); at >= 0; at = chunk.indexOf(0x1e)) {
    open.push(chunk.subarray(0, at));
    if (begun && Buffer.concat(open).length > 0) answer(Buffer.concat(open).toString("latin1"));
    open = [];
    begun = true;
    chunk = chunk.subarray(at + 1);
  }
  open.push(chunk);
}
if (begun) answer(Buffer.concat(open).toString("latin1"));
