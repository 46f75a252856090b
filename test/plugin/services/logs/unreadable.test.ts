import test from 'ava';
import {logsAgainst} from '../../../helpers/logs-against.ts';

const pods = Array.from({length: 9}, (_, n) => ({
  metadata: {name: `web-${n}`, namespace: 'shop', uid: `u${n}`},
  spec: {nodeName: 'win-1', containers: [{name: 'web', image: 'a'}]},
  status: {phase: 'Pending'},
}));

test('of many logs that cannot be read a few are told, and the number of the others', async t => {
  const run = await logsAgainst(
    t,
    ({pathname}, response) => {
      response.setHeader('content-type', 'application/json');
      if (!pathname.endsWith('/log')) {
        response.end(JSON.stringify({kind: 'PodList', apiVersion: 'v1', metadata: {}, items: pods}));
      } else if (pathname.includes('web-8')) response.end('2026-09-01T12:00:00Z here\n');
      else {
        response.statusCode = 400;
        response.end(JSON.stringify({kind: 'Status', message: 'container "web" is waiting to start'}));
      }
    },
    ['-n', 'shop', '-l', 'app=web'],
  );
  t.is(run.code, 0, run.stderr);
  t.is(run.stdout, '[pod/shop/web-8/web] here\n');
  t.is(run.stderr.match(/cannot be read: .*is waiting to start/g)?.length, 5);
  t.regex(run.stderr, /^note: 3 more logs cannot be read$/m);
});
