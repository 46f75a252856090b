import {execFileSync} from 'node:child_process';
import {readFileSync, readdirSync, writeFileSync} from 'node:fs';
import {request} from 'node:https';
import {join} from 'node:path';
import test from 'ava';
import {startMetrics} from '../../agent/metrics/start.ts';
import {read, send} from '../helpers/agent/client.ts';
import {selfSigned} from '../helpers/agent/tls.ts';
import {tempDir} from '../helpers/archives.ts';
import {netMetrics} from '../helpers/probes/net-metrics.ts';
import {probedFleet} from '../helpers/probing.ts';
import {startLab} from './lab.ts';
import {buildForTest} from './parts/build.ts';

test('the API server decides who may scrape an agent', async t => {
  const lab = await startLab();
  t.teardown(() => lab.stop());
  const tls = selfSigned(t);
  const tokenFile = join(tls.folder, 'token');
  writeFileSync(tokenFile, `${lab.tokens.admin}\n`);
  const running = await startMetrics(
    {
      host: '127.0.0.1',
      port: 0,
      certFile: tls.cert,
      keyFile: tls.key,
      api: {url: new URL(lab.server), caFile: join(lab.root, 'pki', 'apiserver.crt'), tokenFile},
    },
    () => performance.now(),
  );
  t.teardown(() => running.close());
  const scrape = async (token: string): Promise<number> =>
    (
      await read(
        await send(
          request({
            host: '127.0.0.1',
            port: running.port,
            path: '/metrics',
            ca: readFileSync(tls.cert),
            agent: false,
            headers: {authorization: `Bearer ${token}`},
          }),
        ),
      )
    ).status;
  t.is(await scrape(lab.tokens.admin), 200);
  t.is(await scrape(lab.tokens.nobody), 403);
  t.is(await scrape('stranger'), 401);
});

// Its parser is built from its Go module, which takes a while: with `scripts/test --full` only.
if (process.env['KUBECTL_WIN_FULL'] === '1') {
  test('Prometheus reads the alert rules, every expression of the dashboard, and the metrics of a run', async t => {
    t.timeout(600_000);
    const schedule = join(import.meta.dirname, '../../windows/schedule');
    const reader = join(await buildForTest('prometheus', line => console.error(line)), 'prometheus');
    const metrics = join(tempDir(t), 'net.openmetrics');
    const run = probedFleet(p => p.fail(q => q.to.node === 'win-2' && q.from.node !== 'win-2'));
    writeFileSync(metrics, netMetrics(run).join('\n'));
    const files = readdirSync(schedule).filter(name => /alerts\.yaml$|\.json$/.test(name));
    t.true(files.includes('alerts.yaml') && files.includes('dashboard.json'));
    const args = [...files.map(name => join(schedule, name)), metrics];
    const lines = execFileSync(reader, args, {encoding: 'utf8'}).trim().split('\n');
    t.deepEqual(
      lines.filter(line => line.startsWith('wrong')),
      [],
    );
    t.deepEqual(
      lines.filter(line => !/ [1-9]\d*$/.test(line)),
      [],
    );
    t.is(lines.length, args.length);
  });
}
