import test from 'ava';
import type {EventQuery} from '../../../agent/logs/events/wevtutil.ts';
import {logSources} from '../../../agent/logs/sources.ts';

const SYSTEM = {id: 'system', component: 'system', name: 'System'};
const event = (id: number, message = 'x'): string =>
  `<Event xmlns='e'>\r\n  <System><EventRecordID>${id}</EventRecordID></System>\r\n<Message>${message}</Message></Event>`;
const line = (id: number, message = 'x'): string =>
  `<Event xmlns='e'><System><EventRecordID>${id}</EventRecordID></System><Message>${message}</Message></Event>\n`;

/** A channel that answers each question with the next list of events. */
function channel(...answers: readonly string[][]) {
  const asked: EventQuery[] = [];
  const sources = logSources({
    places: [],
    channels: [SYSTEM],
    eventLog: query => {
      const answer = answers[asked.length] ?? [];
      asked.push(query);
      return Promise.resolve(`<Events>${answer.join('\r\n')}</Events>`);
    },
  });
  const open = async (
    opening: {tail?: number; since?: number; follow?: boolean},
    lines = Infinity,
  ): Promise<string> => {
    const end = new AbortController();
    const [source] = await sources.list();
    if (!source) throw new Error('not listed');
    let text = '';
    for await (const part of sources.open(source, {follow: false, signal: end.signal, ...opening})) {
      text += String(part);
      if (text.split('\n').length > lines) end.abort();
    }
    return text;
  };
  return {sources, asked, open};
}

test('a channel is a source by its id, with its name told', async t => {
  t.deepEqual(await channel().sources.list(), [
    {id: 'system', kind: 'channel', component: 'system', files: ['System']},
  ]);
});

test('events come as a line each, the oldest first, line ends inside kept as references', async t => {
  const {open} = channel([event(2, 'two\r\nlines'), event(1)]);
  t.is(await open({}), line(1) + line(2, 'two&#10;lines'));
});

test('tail asks for so many, at most 1,000; none is none', async t => {
  const {asked, open} = channel([event(5)], [event(6)], [event(7)]);
  t.is(await open({tail: 1}), line(5));
  t.is(await open({tail: 0}), '');
  await open({tail: 100_000});
  t.deepEqual(
    asked.map(({count}) => count),
    [1, 1, 1000],
  );
});

test('since asks for a time before now', async t => {
  const {asked, open} = channel([]);
  await open({since: Date.now() - 60_000});
  const within = asked[0]?.withinMs ?? 0;
  t.true(within >= 60_000 && within < 120_000);
});

test('a followed channel asks for what is newer than the last event it has seen', async t => {
  const {asked, open} = channel([event(7), event(6)], [], [event(9), event(8)]);
  t.is(await open({follow: true}, 4), line(6) + line(7) + line(8) + line(9));
  t.deepEqual(
    asked.map(({afterId}) => afterId),
    [undefined, 7, 7],
  );
});
