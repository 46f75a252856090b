import {setTimeout as sleep} from 'node:timers/promises';
import test from 'ava';
import * as fc from 'fast-check';
import {cap} from '../../../agent/collect/cap.ts';
import {merge} from '../../../agent/collect/merge.ts';
import {plan} from '../../../agent/collect/plan.ts';
import {COLLECTORS} from '../../../src/protocol/collectors.ts';
import {big} from '../../helpers/agent/collectors.ts';

test('no more sources run at once than allowed, and everything comes once', async t => {
  let running = 0;
  let most = 0;
  const sources = Array.from(
    {length: 10},
    (_, i) =>
      async function* () {
        most = Math.max(most, ++running);
        for (let j = 0; j < 3; j++) {
          await sleep((i * 7) % 5);
          yield `${i}.${j}`;
        }
        running--;
      },
  );
  const got: string[] = [];
  for await (const item of merge(sources, 3, () => undefined)) got.push(item);
  t.is(most, 3);
  t.is(new Set(got).size, 30);
});

test('a reader that leaves early ends the sources', async t => {
  const stop = new AbortController();
  let ended = 0;
  const source = async function* (): AsyncGenerator<number> {
    try {
      yield 1;
      await sleep(10_000, undefined, {signal: stop.signal}).catch(() => undefined);
    } finally {
      ended++;
    }
  };
  for await (const _ of merge([source, source], 2, () => stop.abort())) break;
  t.is(ended, 2);
});

async function* failing(): AsyncGenerator<number> {
  yield 1;
  throw new Error('broken');
}

test('what a source throws ends the others and is thrown', async t => {
  const stop = new AbortController();
  const waiting = async function* (): AsyncGenerator<number> {
    await sleep(10_000, undefined, {signal: stop.signal});
    yield 2;
  };
  await t.throwsAsync(
    async () => {
      for await (const _ of merge([failing, waiting], 2, () => stop.abort()));
    },
    {message: 'broken'},
  );
});

test('a text is cut between characters, never longer than allowed, never shorter than need be', t => {
  fc.assert(
    fc.property(fc.string({unit: 'grapheme', maxLength: 50}), fc.nat(120), (text, most) => {
      const {text: cut, bytes, whole} = cap(text, most);
      const all = Buffer.byteLength(text);
      t.is(Buffer.byteLength(cut), bytes);
      t.true(text.startsWith(cut) && bytes <= most);
      t.is(whole, all > most ? all : undefined);
      // A character takes at most four bytes.
      if (all > most) t.true(bytes > most - 4);
    }),
  );
});

test('every collector of the table is run or named as missing', t => {
  for (const os of ['windows', 'linux'] as const) {
    const {run, missing} = plan(os, [big(1)]);
    const wanted = COLLECTORS.filter(spec => (spec.os as readonly string[]).includes(os)).map(
      ({name}) => name,
    );
    t.deepEqual(
      [...run.map(({spec}) => spec.name), ...missing.map(({name}) => name)].sort(),
      wanted.toSorted(),
    );
  }
});

test('a name that is unknown, of another system or not built in is missing in words', t => {
  const {run, missing} = plan('linux', [big(1)], ['hns.networks', 'nonsense', 'tasks', 'services', 'system']);
  t.deepEqual(
    run.map(({spec}) => spec.name),
    ['system'],
  );
  t.deepEqual(missing, [
    {name: 'services', detail: 'this version of the agent has no collector services'},
    {name: 'hns.networks', detail: 'hns.networks is collected on windows nodes only'},
    {name: 'tasks', detail: 'tasks is collected on windows nodes only'},
    {name: 'nonsense', detail: 'this version of the agent knows no collector nonsense'},
  ]);
});
