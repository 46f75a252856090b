import ava from 'ava';
import {headerLines} from '../../plugin/verbosity.ts';
import {folderWith, win} from '../helpers/cli.ts';
import {ApiDouble} from './kube/api-double.ts';

const test = ava.serial;
const TOKEN = 'invented-token-of-the-test';

async function told(t: Parameters<typeof folderWith>[0], level: string): Promise<string> {
  const api = await new ApiDouble([]).start();
  t.teardown(() => api.stop());
  const {stderr} = await win(['doctor', '-s', api.url, '--token', TOKEN, '--agent', 'never', '-v', level]);
  return stderr;
}

test('levels of -v: nothing, steps, requests, their headers, headers of answers; never a credential', async t => {
  const [none = '', steps = '', requests = '', sent = '', answered = ''] = await Promise.all(
    ['0', '1', '6', '7', '8'].map(level => told(t, level)),
  );
  t.notRegex(none, /reading|GET/);
  t.regex(steps, /^reading http/m);
  t.notRegex(steps, /GET/);
  t.regex(requests, /^GET \/api\/v1\/nodes\?\S* 200 in \d+ ms, \d+ bytes$/m);
  t.notRegex(requests, /user-agent/);
  t.regex(sent, /^ {2}> authorization: Bearer <hidden>$/m);
  t.regex(sent, /^ {2}> user-agent: kubectl-win\//m);
  t.notRegex(sent, /^ {2}</m);
  t.regex(answered, /^ {2}< content-type: application\/json$/m);
  for (const text of [none, steps, requests, sent, answered]) t.false(text.includes(TOKEN));
});

test('headers that hold credentials are masked, whatever their case and form', t => {
  t.deepEqual(
    headerLines({
      Authorization: 'Bearer abc',
      'Proxy-Authorization': 'Basic abc',
      'set-cookie': ['a=1', 'b=2'],
      'X-Api-Key': 'k',
      accept: ['a', 'b'],
    }),
    [
      'Authorization: Bearer <hidden>',
      'Proxy-Authorization: Basic <hidden>',
      'set-cookie: <hidden>',
      'X-Api-Key: <hidden>',
      'accept: a, b',
    ],
  );
});
