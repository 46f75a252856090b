import {execFileSync} from 'node:child_process';
import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import ava from 'ava';
import type {ExecutionContext} from 'ava';
import type {BundleManifest} from '../../../src/capture/manifest.ts';
import {tempDir} from '../../helpers/archives.ts';
import {bundleFolder} from '../../helpers/bundle-folder.ts';
import {win} from '../../helpers/cli.ts';
import {healthyWithAgents} from '../../helpers/cluster.ts';
import {eventXml} from '../../helpers/events-xml.ts';
import {event} from '../../helpers/raw.ts';

// One process at a time: each takes a core.
const test = ava.serial;

const NODE = 'host-collectors/win-1/windows';
const klog = (minute: number, text: string): string =>
  `E0901 11:${minute}:00.000000    4321 x.go:1] ${text}\n`;

/** Files of a node as its agent sends them, and where each was. */
const FILES: readonly [file: string, source: string, text: string | Uint8Array][] = [
  [
    'logs/kubelet/kubelet.err.log',
    'C:\\k/kubelet.err.log',
    klog(30, 'sandbox of web-0 failed') + klog(31, 'other'),
  ],
  [
    'logs/kubelet/kubelet-20260901T110000.000.err.log',
    'C:\\k/kubelet.err-20260901T110000.000.log',
    klog(10, 'older'),
  ],
  ['logs/kubelet/kubelet.log', 'C:\\k/kubelet.log', 'out\n'],
  [
    'logs/containerd/containerd.log',
    'GET nodes/win-1/proxy/logs/?query=containerd',
    'time="2026-09-01T11:20:00Z" level=error msg="x"\n',
  ],
  ['logs/cni/x.log', 'C:\\elsewhere/x.log', Buffer.from('\uFEFFwide\r\n', 'utf16le')],
];

function captured(t: ExecutionContext): string {
  const cluster = healthyWithAgents();
  const pod = cluster.get('Pod', 'shop/web-0');
  cluster.add({...event(pod, 'BackOff', 'back-off of the event'), lastTimestamp: '2026-09-01T11:40:00Z'});
  const folder = bundleFolder(t, cluster);
  const events = eventXml([
    {provider: 'later', id: 2, time: '2026-09-01T11:22:00Z', level: 2, data: {why: 'later'}},
    {provider: 'sooner', id: 1, time: '2026-09-01T11:21:00Z', level: 2, data: {why: 'sooner'}},
  ]);
  const manifest = join(folder, 'kubectl-win/manifest.json');
  // As the helper has just written it.
  const told = JSON.parse(readFileSync(manifest, 'utf8')) as BundleManifest;
  const files: typeof FILES = [...FILES, ['eventlog/System.xml', 'wevtutil qe System', events]];
  for (const [file, source, text] of files) {
    const at = join(folder, NODE, file);
    mkdirSync(dirname(at), {recursive: true});
    writeFileSync(at, text);
    told.files.push({path: `${NODE}/${file}`, source});
  }
  const log = join(folder, 'cluster-resources/pods/logs/shop/web-0/web.log');
  mkdirSync(dirname(log), {recursive: true});
  writeFileSync(log, '2026-09-01T11:35:00Z from the container\n');
  told.missing.push({what: 'node.agent', node: 'win-9', reason: 'denied', detail: 'it did not answer'});
  writeFileSync(manifest, JSON.stringify(told));
  return folder;
}

test('logs of a node are shown from a capture by the ids under which its agent lists them', async t => {
  const from = captured(t);
  const logs = async (...args: string[]): Promise<string> => {
    const {code, stdout, stderr} = await win(['logs', '--from', from, 'node/win-1', ...args]);
    t.is(code, 0, stderr);
    return stdout;
  };
  const listed = await logs('--list-sources');
  for (const row of [
    /^kubelet {2,}file {2,}kubelet\.err-20260901T110000\.000\.log, kubelet\.err\.log$/m,
    /^kubelet\.out {2,}file {2,}kubelet\.log$/m,
    /^containerd {2,}file {2,}containerd\.log$/m,
    /^cni\.x {2,}file {2,}x\.log$/m,
    /^system {2,}channel {2,}System$/m,
  ])
    t.regex(listed, row);
  t.is(
    await logs('--source', 'kubelet', '-o', 'raw'),
    klog(10, 'older') + klog(30, 'sandbox of web-0 failed') + klog(31, 'other'),
  );
  t.is(await logs('--source', 'kubelet', '--tail', '1', '-o', 'raw'), klog(31, 'other'));
  t.is(
    await logs('--source', 'kubelet', '--since-time', '2026-09-01T11:31:00Z', '-o', 'raw'),
    klog(31, 'other'),
  );
  t.is(await logs('--source', 'cni.x', '-o', 'raw'), 'wide\n');
  const events = (await logs('--source', 'system', '-o', 'template={{.eventId}} {{.provider}}')).trim();
  t.is(events, '1 sooner\n2 later', 'the oldest first, as live');
  t.is((await logs('--source', 'system', '--provider', 'later', '-o', 'template={{.eventId}}')).trim(), '2');
});

test('a story is told from a capture: status, events, logs of the pod and of its node, by time', async t => {
  const from = captured(t);
  const {code, stdout, stderr} = await win(['logs', '--from', from, '--timeline', 'web-0']);
  t.is(code, 0, stderr);
  const places = ['sandbox of web-0 failed', 'from the container', 'back-off of the event'].map(text =>
    stdout.indexOf(text),
  );
  t.true(
    places.every(at => at >= 0),
    stdout,
  );
  t.deepEqual(
    places,
    places.toSorted((a, b) => a - b),
  );
  t.true(stdout.includes('sooner'), 'what is serious on the node');
  t.false(stdout.includes('older'), 'what does not concern the pod');

  const node = await win([
    'logs',
    '--from',
    from,
    '--timeline',
    'node/win-1',
    '--since-time',
    '2026-09-01T11:00:00Z',
  ]);
  t.is(node.code, 0, node.stderr);
  for (const text of ['older', 'sandbox of web-0 failed', 'sooner'])
    t.true(node.stdout.includes(text), node.stdout);
});

test('a bundle on standard input is looked at as often as it takes', async t => {
  const folder = captured(t);
  const bundle = join(tempDir(t), 'b.tar');
  execFileSync('tar', ['-cf', bundle, '-C', folder, '.']);
  for (const args of [['web-0'], ['--timeline', 'web-0'], ['node/win-1', '--source', 'kubelet']]) {
    const piped = await win(['logs', '--from', '-', ...args], readFileSync(bundle));
    t.is(piped.code, 0, piped.stderr);
    t.is(piped.stdout, (await win(['logs', '--from', folder, ...args])).stdout);
  }
});

test('what of a node a capture does not have is told in one line', async t => {
  const from = captured(t);
  for (const [args, says, exit] of [
    [['node/win-1'], /say which log of the node/, 2],
    [['node/win-1', '--source', 'kubelt'], /did you mean kubelet\?/, 2],
    [['node/win-1', '--source', 'kubelet', '-f'], /nothing comes to a capture any more/, 2],
    [['node/win-1', '--source', 'kubelet', '--node-proxy'], /--from and --node-proxy exclude each other/, 2],
    [['node/win-3', '--source', 'kubelet'], /has nothing of a node win-3/, 3],
    [['node/win-9', '--source', 'kubelet'], /has no logs of node win-9: it did not answer/, 3],
    [['--timeline', 'web-99'], /there is no pod web-99/, 3],
    [['--timeline', 'node/win-99'], /there is no node win-99/, 3],
  ] as const) {
    const {code, stderr} = await win(['logs', '--from', from, ...args]);
    t.is(code, exit, stderr);
    t.regex(stderr, says);
  }
});
