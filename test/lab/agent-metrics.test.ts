import {readFileSync, writeFileSync} from 'node:fs';
import {request} from 'node:https';
import {join} from 'node:path';
import test from 'ava';
import {startMetrics} from '../../agent/metrics/start.ts';
import {read, send} from '../helpers/agent/client.ts';
import {selfSigned} from '../helpers/agent/tls.ts';
import {startLab} from './lab.ts';

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
