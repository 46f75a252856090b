import test from 'ava';
import type {ExecutionContext} from 'ava';
import type {CollectorLine} from '../../../src/protocol/lines.ts';
import {putWevtutil, wevtutilCalls} from '../../helpers/wevtutil.ts';
import {runExe, winePrefix} from '../../helpers/wine.ts';

const event = (id: number, message: string): string =>
  `<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='Service Control Manager'/>` +
  `<EventID>7036</EventID><EventRecordID>${id}</EventRecordID><Channel>System</Channel></System>` +
  `<EventData><Data Name='param1'>${message}</Data></EventData><RenderingInfo Culture='en-US'><Message>${message}</Message></RenderingInfo></Event>`;
const events = (...list: readonly string[]): string => `<Events>${list.join('\r\n')}</Events>`;

/** What the packaged agent collects of the event logs in a Windows that answers so. */
async function collect(t: ExecutionContext, answers: Record<string, string>) {
  const prefix = await winePrefix(t);
  await putWevtutil(prefix, answers);
  const {code, stdout, stderr} = await runExe(prefix, [
    'snapshot',
    '--collectors',
    'eventlog',
    '--node-name',
    'win-1',
  ]);
  t.is(code, 0, stderr);
  const lines = stdout
    .trim()
    .split('\n')
    .map(line => JSON.parse(line) as CollectorLine);
  return {calls: wevtutilCalls(prefix), byKey: new Map(lines.map(line => [line.key, line]))};
}

test('events of a channel become one document, in UTF-8 and without secrets', async t => {
  const {byKey} = await collect(t, {
    'System.xml': events(
      event(2, 'dienst läuft'),
      event(1, 'sas=&quot;x&quot; password=&quot;hunter2&quot;'),
    ),
  });
  const line = byKey.get('eventlog.System');
  t.like(line, {ok: true, file: 'eventlog/System.xml', source: 'wevtutil qe System', reason: undefined});
  const body = line?.ok === true ? line.body : '';
  t.regex(body, /^<Events><Event [\s\S]*<\/Event><\/Events>\n$/);
  t.true(body.includes('dienst läuft'));
  t.false(body.includes('hunter2'));
});

test('each call is bounded in time and number, and never names the Security channel', async t => {
  const {calls} = await collect(t, {'System.xml': events()});
  t.true(calls.length > 10);
  for (const [command, channel, query, ...rest] of calls) {
    t.is(command, 'qe');
    t.not(channel, 'Security');
    t.is(query, '/q:*[System[TimeCreated[timediff(@SystemTime) <= 86400000]]]');
    t.deepEqual(rest, ['/f:RenderedXml', '/e:Events', '/uni:true', '/rd:true', '/c:1000']);
  }
});

test('a channel that Windows lacks, one that is closed and one that fails are told apart; others go on', async t => {
  const {byKey} = await collect(t, {
    'Application.exit': '5',
    'Microsoft-Windows-Host-Network-Service-Admin.exit': '1722',
    'Microsoft-Windows-Containers-CCG-Admin.xml': events(event(1, 'x')),
  });
  t.like(byKey.get('eventlog.System'), {ok: false, reason: 'unsupported'});
  t.like(byKey.get('eventlog.Application'), {ok: false, reason: 'denied'});
  t.like(byKey.get('eventlog.Microsoft-Windows-Host-Network-Service-Admin'), {
    ok: false,
    reason: 'failed',
    detail:
      'wevtutil ended with 1722 for Microsoft-Windows-Host-Network-Service-Admin: Failed to read events.',
  });
  t.like(byKey.get('eventlog.Microsoft-Windows-Containers-CCG-Admin'), {ok: true});
});

test('a channel with more than fits keeps its newest events and says so', async t => {
  const many = Array.from({length: 400}, (_, i) => event(1000 - i, `${i} ${'x'.repeat(4000)}`));
  const {byKey} = await collect(t, {'System.xml': events(...many)});
  const line = byKey.get('eventlog.System');
  t.like(line, {ok: true, reason: 'not-requested'});
  t.true((line?.ok === true ? line.bytes : Infinity) <= 2 << 20);
  t.regex(
    line?.ok === true ? line.body : '',
    /<EventRecordID>1000<\/EventRecordID>[\s\S]*<\/Event><\/Events>\n$/,
  );
});
