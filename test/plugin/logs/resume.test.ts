import test from 'ava';
import * as fc from 'fast-check';
import {Resume} from '../../../plugin/logs/resume.ts';
import type {TimedLine} from '../../../plugin/logs/timed-lines.ts';

function line(ms: number, text: string): TimedLine {
  return {time: new Date(Date.UTC(2026, 8, 1) + ms).toISOString(), bytes: Buffer.from(text), more: false};
}

const show = (lines: readonly TimedLine[]): string[] => lines.map(l => l.bytes.toString());

/** What a server sends of a log from a `sinceTime` on: it leaves out lines that are older, wherever they stand. */
function from(log: readonly TimedLine[], since: string | undefined): TimedLine[] {
  return since === undefined ? [...log] : log.filter(l => Date.parse(l.time) >= Date.parse(since));
}

test('a connection made anew shows no line twice and loses none', t => {
  const log = [
    line(100, 'a'),
    line(900, 'b'),
    line(1100, 'c'),
    line(1100, 'c'),
    line(1200, 'd'),
    line(2500, 'e'),
  ];
  const resume = new Resume();
  const first = log.slice(0, 4).filter(l => resume.isNew(l));
  t.is(resume.since, '2026-09-01T00:00:01Z');
  resume.reconnected();
  const second = from(log, resume.since).filter(l => resume.isNew(l));
  t.deepEqual(show([...first, ...second]), ['a', 'b', 'c', 'c', 'd', 'e']);
  t.deepEqual(resume.seam, {state: 'joined'});
});

test('lines that a rotation took away are said to be lost', t => {
  const resume = new Resume();
  t.true(resume.isNew(line(100, 'a')));
  resume.reconnected();
  t.true(resume.isNew(line(5000, 'after')));
  t.deepEqual(resume.seam, {
    state: 'gap',
    from: '2026-09-01T00:00:00.100Z',
    to: '2026-09-01T00:00:05.000Z',
  });
});

test('a connection that has brought nothing says nothing of what was lost', t => {
  const resume = new Resume();
  resume.isNew(line(100, 'a'));
  resume.reconnected();
  t.deepEqual(resume.seam, {state: 'open'});
});

test('the log of a container that was started anew is read from its beginning, less what was read of it', t => {
  const resume = new Resume();
  for (const early of [line(100, 'starting'), line(900, 'starting')]) resume.isNew(early);
  resume.restarted();
  t.is(resume.since, undefined);
  t.false(resume.isNew(line(900, 'starting')), 'the start was noticed late');
  t.true(resume.isNew(line(950, 'starting')));
  t.deepEqual(resume.seam, {state: 'open'});
});

test('a time zone is kept in what is asked for', t => {
  const resume = new Resume();
  resume.isNew({time: '2026-09-01T12:00:00.9+05:30', bytes: Buffer.from('x'), more: false});
  t.is(resume.since, '2026-09-01T12:00:00+05:30');
});

test('lines older than all that is remembered count as read', t => {
  const log = Array.from({length: 40_000}, (_, i) => line(i / 100, `line ${i}`));
  const resume = new Resume();
  const first = log.slice(0, 30_000).filter(l => resume.isNew(l));
  resume.reconnected();
  const second = from(log, resume.since).filter(l => resume.isNew(l));
  t.is(first.length + second.length, log.length);
});

test('however often it breaks and whatever the clock does, each line is shown once', t => {
  const steps = fc.array(
    fc.record({step: fc.integer({min: -3000, max: 3000}), text: fc.constantFrom('a', 'b')}),
    {
      maxLength: 60,
    },
  );
  fc.assert(
    fc.property(steps, fc.array(fc.nat(20), {maxLength: 6}), (made, breaks) => {
      let at = 10_000;
      const log = made.map(({step, text}, i) => {
        // No two lines are alike in time and text, as a runtime counts nanoseconds.
        at += step;
        return line(at, `${text}${i}`);
      });
      const resume = new Resume();
      const shown: TimedLine[] = [];
      let read = 0;
      for (const count of [...breaks, log.length]) {
        if (read > 0) resume.reconnected();
        read = Math.min(log.length, read + count);
        shown.push(...from(log.slice(0, read), resume.since).filter(l => resume.isNew(l)));
      }
      t.deepEqual(show(shown).sort(), [...new Set(show(shown))].sort(), 'none twice');
      if (isSorted(log)) t.deepEqual(show(shown), show(log), 'none lost');
    }),
  );
});

function isSorted(log: readonly TimedLine[]): boolean {
  return log.every((l, i) => i === 0 || l.time >= (log[i - 1]?.time ?? ''));
}
