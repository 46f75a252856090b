import type {CollectorLine} from '../../src/protocol/lines.ts';

/** Characters of a body that are encoded at a time. */
const PIECE = 32 * 1024;

/**
 * A line as JSON, in pieces: a file of megabytes never stands in memory a second time as one text and a third time as bytes.
 * A pair of surrogates that a cut parts is written as two escapes, which JSON puts together again (RFC 8259 §7).
 */
export function* encodeLine(line: CollectorLine): Generator<Buffer> {
  if (!line.ok) {
    yield Buffer.from(`${JSON.stringify(line)}\n`);
    return;
  }
  const {body, ...facts} = line;
  yield Buffer.from(`${JSON.stringify(facts).slice(0, -1)},"body":"`);
  for (let start = 0; start < body.length; start += PIECE)
    yield Buffer.from(JSON.stringify(body.slice(start, start + PIECE)).slice(1, -1));
  yield Buffer.from('"}\n');
}
