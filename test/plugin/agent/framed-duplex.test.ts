import {Duplex, PassThrough} from 'node:stream';
import test from 'ava';
import * as fc from 'fast-check';
import {FramedDuplex} from '../../../plugin/agent/transport/framed-duplex.ts';
import {END, FrameReader, HEARTBEAT, frames} from '../../../src/protocol/frames.ts';

/** Two streams: what is written to `near` is read from `out`, what is written to `back` is read from `near`. */
function wire(): {near: FramedDuplex; out: PassThrough; back: PassThrough} {
  const out = new PassThrough();
  const back = new PassThrough();
  return {near: new FramedDuplex(Duplex.from({readable: back, writable: out})), out, back};
}

test('bytes come out of frames as they went in, however they are cut', async t => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({maxLength: 5000}), fc.integer({min: 1, max: 700}), async (bytes, cut) => {
      const {near, back} = wire();
      const framed = Buffer.concat([HEARTBEAT, ...frames(bytes), HEARTBEAT, END]);
      for (let i = 0; i < framed.length; i += cut) back.write(framed.subarray(i, i + cut));
      const read: Buffer[] = [];
      // A stream without an encoding gives buffers.
      for await (const chunk of near as AsyncIterable<Buffer>) read.push(chunk);
      t.deepEqual(Buffer.concat(read), Buffer.from(bytes));
    }),
    {numRuns: 30},
  );
});

test('what is written is framed, and the end is said', async t => {
  const {near, out} = wire();
  near.end(Buffer.from('hello'));
  const reader = new FrameReader();
  let text = '';
  for await (const chunk of out as AsyncIterable<Buffer>) {
    for (const part of reader.read(chunk)) text += Buffer.from(part).toString();
    if (reader.ended) break;
  }
  t.is(text, 'hello');
  near.destroy();
});

test('a message of a shell in place of a frame is told in words', async t => {
  const {near, back} = wire();
  const failed = new Promise<Error>(resolve => near.on('error', resolve));
  back.write("'kubectl-win-agent.exe' is not recognized");
  near.resume();
  t.regex((await failed).message, /a text that begins with/);
});

test('an end without the last frame is a cut', async t => {
  const {near, back} = wire();
  const failed = new Promise<Error>(resolve => near.on('error', resolve));
  near.resume();
  back.end();
  t.regex((await failed).message, /ended in the middle/);
});
