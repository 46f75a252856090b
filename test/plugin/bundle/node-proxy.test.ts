import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import type {ExecutionContext} from 'ava';
import test from 'ava';
import {Spool} from '../../../plugin/bundle/spool.ts';
import {ApiStatusError} from '../../../plugin/kube/api-error.ts';
import {proxyRequests, writeNodeProxy} from '../../../plugin/services/bundle/node-proxy.ts';
import type {ManifestGap} from '../../../src/capture/manifest.ts';
import type {Node} from '../../../src/kube/types.ts';
import {tempDir} from '../../helpers/archives.ts';

const NODE: Node = {
  metadata: {name: 'win-1'},
  spec: {},
  status: {nodeInfo: {operatingSystem: 'windows'}},
} as never;

async function* chunks(...texts: string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield Buffer.from(text);
}

/** What a kubelet's answers become. */
async function written(
  t: ExecutionContext,
  answer: (path: string) => AsyncIterable<Uint8Array>,
): Promise<{spool: Spool; gaps: ManifestGap[]; asked: string[]}> {
  const spool = new Spool(join(tempDir(t), 'b.tar.gz'));
  t.teardown(() => spool.close());
  const asked: string[] = [];
  const streams = {
    open: async (path: string) => {
      asked.push(path);
      return answer(path);
    },
  };
  const {signal} = new AbortController();
  const limits = {tail: 500, sinceTime: undefined, maxBytes: 1000};
  const gaps = await writeNodeProxy({
    streams,
    spool,
    nodes: [NODE],
    ...limits,
    signal,
    progress: () => undefined,
  });
  return {spool, gaps, asked};
}

const told = (gaps: readonly ManifestGap[]): string[] => gaps.map(({what, reason}) => `${what} ${reason}`);

test('what a kubelet tells is put down redacted, and only by reading', async t => {
  const {spool, gaps, asked} = await written(t, path =>
    path.includes('/logs/') ? chunks('one pass', 'word=canary7-Invented\n') : chunks('{"a":1}'),
  );
  t.deepEqual(
    spool.paths(),
    proxyRequests({tail: 1})
      .map(([, file]) => `host-collectors/win-1/windows/${file}`)
      .toSorted(),
  );
  const log = readFileSync(
    join(spool.folder, 'host-collectors/win-1/windows/logs/kubelet/kubelet.log'),
    'utf8',
  );
  t.is(log, 'one password=***\n');
  t.true(
    asked.every(path =>
      /^\/api\/v1\/nodes\/win-1\/proxy\/(?:healthz|configz|stats\/summary|pods|logs\/\?query=[a-z-]+&tailLines=500)$/.test(
        path,
      ),
    ),
  );
  t.deepEqual(told(gaps), ['node.agent not-requested']);
});

test('who may not is told so once, and is asked nothing more', async t => {
  const {spool, gaps, asked} = await written(t, path => {
    throw new ApiStatusError(path, 403, 'User "x" cannot get resource "nodes/proxy"');
  });
  t.is(asked.length, 1);
  t.deepEqual(spool.paths(), []);
  t.deepEqual(told(gaps), ['node.agent denied']);
  t.regex(gaps[0]?.detail ?? '', /needs verb get on resource nodes\/proxy/);
});

test('a log that is a file is asked for without options, and its end is kept; one that is not there is missing', async t => {
  const {spool, gaps} = await written(t, path => {
    if (path.includes('query=containerd')) return chunks('\nlog not found for containerd\n');
    if (path.includes('query=kube-proxy')) throw new ApiStatusError(path, 405, 'no');
    if (path.includes('&'))
      return chunks(
        '\noptions present and query resolved to log files for [kubelet]\ntry without specifying options',
      );
    return chunks('first\n'.repeat(200), 'last\n'.repeat(150));
  });
  const log = readFileSync(
    join(spool.folder, 'host-collectors/win-1/windows/logs/kubelet/kubelet.log'),
    'utf8',
  );
  t.true(log.endsWith('last\n') && log.length < 2000);
  t.deepEqual(told(gaps), [
    'logs.containerd.containerd unsupported',
    'logs.kube-proxy.kube-proxy unsupported',
    'node.agent not-requested',
  ]);
});
