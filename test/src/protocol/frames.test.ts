import test from 'ava';
import * as fc from 'fast-check';
import {
  END,
  FrameError,
  FrameReader,
  HEARTBEAT,
  MAX_FRAME_BYTES,
  frames,
} from '../../../src/protocol/frames.ts';

/** Cuts bytes at places that have nothing to do with frames. */
function chunksOf(bytes: Uint8Array, sizes: readonly number[]): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  let at = 0;
  for (const size of sizes) {
    chunks.push(bytes.subarray(at, at + size));
    at += size;
  }
  return [...chunks, bytes.subarray(at)];
}

const join = (parts: Iterable<Uint8Array>): Buffer => Buffer.concat([...parts]);

test('bytes come back as they were sent, wherever the stream is cut and heartbeats fall', t => {
  fc.assert(
    fc.property(
      fc.array(fc.uint8Array({maxLength: 500})),
      fc.array(fc.integer({min: 0, max: 50})),
      (writes, sizes) => {
        const sent = join([...writes.flatMap(bytes => [HEARTBEAT, ...frames(bytes)]), END]);
        const reader = new FrameReader();
        const got = join(chunksOf(sent, sizes).flatMap(chunk => [...reader.read(chunk)]));
        t.deepEqual(got, join(writes));
        t.true(reader.ended && reader.whole);
      },
    ),
  );
});

test('much is sent in several frames, each within the limit', t => {
  const sent = [...frames(new Uint8Array(3 * MAX_FRAME_BYTES + 1))];
  t.is(sent.length, 8);
  t.true(sent.every(part => part.length <= MAX_FRAME_BYTES));
});

test('a stream that ends within a frame is not whole', t => {
  const all = join(frames(Buffer.from('hello')));
  for (let length = 0; length <= all.length; length++) {
    const reader = new FrameReader();
    Array.from(reader.read(all.subarray(0, length)));
    t.is(reader.whole, length === 0 || length === all.length, `${length}`);
  }
});

test('a frame beyond the limit is refused before a byte of it comes', t => {
  for (const length of [MAX_FRAME_BYTES + 1, 0x7f_ff_ff_ff, 0xff_ff_ff_fe]) {
    const header = Buffer.alloc(4);
    header.writeUInt32BE(length);
    t.throws(() => Array.from(new FrameReader().read(header)), {
      instanceOf: FrameError,
      message: /announced|text/,
    });
  }
});

test('what a shell says in place of a frame is quoted', t => {
  t.throws(() => Array.from(new FrameReader().read(Buffer.from("'C:\\hpc' is not recognized"))), {
    message: 'a text that begins with "\'C:\\\\" came where a frame was expected',
  });
});

test('any bytes are read or refused, never more than came', t => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({maxLength: 200})), chunks => {
      const reader = new FrameReader();
      let got = 0;
      try {
        for (const chunk of chunks) for (const part of reader.read(chunk)) got += part.length;
      } catch (error) {
        t.true(error instanceof FrameError);
      }
      t.true(got <= join(chunks).length);
    }),
  );
});
