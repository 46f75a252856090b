import {join} from 'node:path';
import ava from 'ava';
import {openCapture} from '../../plugin/capture/open.ts';
import {NodeWriter} from '../../plugin/bundle/nodes.ts';
import {ObjectWriter} from '../../plugin/bundle/objects.ts';
import {writePodLogs} from '../../plugin/bundle/pod-logs.ts';
import {Spool} from '../../plugin/bundle/spool.ts';
import {diagnosisOf, finish} from '../../plugin/services/bundle/finish.ts';
import {proxyRequests, writeNodeProxy} from '../../plugin/services/bundle/node-proxy.ts';
import {resourceOfKind, RESOURCES, RESOURCE_BY_KEY, apiVersionOf} from '../../src/kube/resources.ts';
import {SHAPES} from '../../src/kube/shapes.ts';
import {PROBES_FILE} from '../../src/probes/file.ts';
import {COLLECTORS, keyOfFile} from '../../src/protocol/collectors.ts';
import {tempDir} from '../helpers/archives.ts';
import {healthy} from '../helpers/cluster.ts';
import {Inventor} from '../helpers/redaction/invent.ts';
import {SECRET_LINES} from '../helpers/redaction/secrets.ts';
import type {Json, Raw} from '../helpers/raw.ts';
import {NOW, event} from '../helpers/raw.ts';
import {waiting} from '../helpers/sick-pods.ts';

const test = ava.serial;

/** Lines with secrets of every form, and the secrets. */
class Canaries {
  readonly secrets: string[] = [];
  readonly #inventor = new Inventor(20_261_207);
  readonly #forms = Object.values(SECRET_LINES);
  #next = 0;

  /** The next form's line. */
  line(): string {
    const {text, secret} = this.#forms[this.#next++ % this.#forms.length]?.(this.#inventor) ?? {
      text: '',
      secret: '',
    };
    this.secrets.push(secret);
    return text;
  }

  /** A line of each form. */
  all(): string[] {
    return this.#forms.map(() => this.line());
  }

  /** A user and a password as a header has them. */
  base64(): string {
    const coded = Buffer.from(`robot:${this.#inventor.password()}`).toString('base64');
    this.secrets.push(coded);
    return coded;
  }

  /** A value that only its name gives away. */
  value(): string {
    const secret = this.#inventor.password();
    this.secrets.push(secret);
    return secret;
  }
}

/** Plants into an object of any kind what anybody may write into it. */
function plant(object: Json, canaries: Canaries): Json {
  object.metadata.annotations = {
    ...object.metadata.annotations,
    'kubectl.kubernetes.io/last-applied-configuration': JSON.stringify({
      spec: {env: [{name: 'APP_PASSWORD', value: canaries.value()}], note: canaries.line()},
    }),
    'example.com/note': canaries.line(),
    'example.com/config': JSON.stringify({inner: JSON.stringify({password: canaries.value()})}),
  };
  object.status = {
    ...object.status,
    conditions: [
      ...(object.status?.conditions ?? []),
      {type: 'Odd', status: 'True', reason: 'Failed', message: canaries.line()},
    ],
  };
  for (const spec of [
    object.spec,
    object.spec?.template?.spec,
    object.spec?.jobTemplate?.spec?.template?.spec,
  ])
    for (const container of spec?.containers ?? []) {
      container.env = [
        {name: 'DB_PASSWORD', value: canaries.value()},
        {name: 'STARTUP', value: canaries.line()},
      ];
      container.args = ['--token', canaries.value(), `--client-secret=${canaries.value()}`, canaries.line()];
      container.lifecycle = {preStop: {exec: {command: ['x', `--password=${canaries.value()}`]}}};
    }
  return object;
}

/** Objects of every kind that a bundle holds, sick ones among them, whose messages reports quote. */
function planted(canaries: Canaries): Raw[] {
  const cluster = healthy();
  cluster.changeAll('Pod', pod => {
    if (pod.metadata.namespace === 'shop') waiting(pod, 'ImagePullBackOff', canaries.all().join('\n'));
  });
  const pod = cluster.get('Pod', 'shop/web-0');
  for (const line of canaries.all()) cluster.add(event(pod, 'Failed', `Failed to pull image: ${line}`));
  cluster.change('ConfigMap', 'kube-flannel/kube-flannel-cfg', map => {
    map.data['app.log'] = canaries.all().join('\n');
    map.data['kubeconfig.conf'] = `users: [{user: {token: ${canaries.value()}}}]`;
  });
  const there = new Set(cluster.objects.map(o => resourceOfKind(o.apiVersion, o.kind)?.key));
  const others = RESOURCES.filter(({key}) => !there.has(key)).map((resource): Raw => ({
    apiVersion: apiVersionOf(resource),
    kind: resource.kind,
    metadata: {
      name: resource.names?.[0] ?? 'planted',
      ...(resource.namespaced && {namespace: resource.onlyIn ?? 'shop'}),
    },
    spec: {note: canaries.line()},
  }));
  return [...cluster.objects, ...others].map(object => plant(object, canaries) as Raw);
}

/** A file of a node with secrets in every place of its kind; nothing of it was redacted on the node. */
function bodyOf(file: string, canaries: Canaries): string {
  const lines = canaries.all();
  if (file.endsWith('.xml'))
    return `<Events>${lines.map(line => `<Event><System><Provider Name='p'/><EventID>1</EventID><TimeCreated SystemTime='${NOW}'/></System><EventData><Data Name='param1'>${line.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')}</Data></EventData></Event>`).join('')}</Events>`;
  if (file.endsWith('.toml'))
    return `[registry.auth]\npassword = ${JSON.stringify(canaries.value())}\n${lines.map((line, i) => `# ${line}\nnote${i} = ${JSON.stringify(line)}`).join('\n')}\n`;
  if (file.endsWith('.json') || file.endsWith('.conflist') || file.endsWith('.conf'))
    return JSON.stringify({
      info: {config: {envs: [{key: 'DB_PASSWORD', value: canaries.value()}]}, notes: lines},
      authorization: `Basic ${canaries.base64()}`,
    });
  return lines.map(line => `E0901 11:59:00.000000       1 x.go:1] ${line}\n`).join('');
}

/** Forms in which a secret can be read in a file: as it stands, in UTF-16, and in base64 at any of its three shifts. */
function formsOf(secret: string): Buffer[] {
  const shifted = ['', 'a', 'ab'].map(before => {
    const coded = Buffer.from(before + secret)
      .toString('base64')
      .replaceAll('=', '');
    // The ends depend on what stands around.
    return coded.slice(before.length === 0 ? 0 : 4, -4);
  });
  return [
    Buffer.from(secret),
    Buffer.from(secret, 'utf16le'),
    Buffer.from(encodeURIComponent(secret)),
    ...shifted.filter(text => text.length >= 8).map(text => Buffer.from(text)),
  ];
}

/** Name of the file that an answer of a kubelet becomes. */
function fileOf(path: string): string {
  return /\/(?:configz|pods|stats)/.test(path) ? 'answer.json' : 'answer.log';
}

async function* chunks(text: string): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < text.length; at += 997) yield Buffer.from(text.slice(at, at + 997));
}

test('no secret that is planted into any input of a bundle stands in any of its files, in any form', async t => {
  t.timeout(120_000);
  const canaries = new Canaries();
  const archive = join(tempDir(t), 'b.tar.gz');
  const spool = new Spool(archive);
  t.teardown(() => spool.close());

  const objects = new ObjectWriter(spool);
  for (const object of planted(canaries)) {
    const key = resourceOfKind(object.apiVersion, object.kind)?.key;
    if (key && RESOURCE_BY_KEY.has(key) && key in SHAPES) objects.add(key, [object]);
  }
  objects.end();

  const nodes = new NodeWriter(spool);
  const facts = {tookMs: 1, at: NOW, bytes: 1};
  for (const [node, os] of [
    ['win-1', 'windows'],
    ['linux-1', 'linux'],
  ] as const) {
    nodes.expect(node, os);
    nodes.contact(node, {os, reached: true, failures: []});
    for (const {files} of COLLECTORS)
      for (const pattern of files) {
        const file = pattern.replaceAll('*', 'x').replace(/\/x$/, '/x.log');
        const line = {...facts, key: keyOfFile(file), source: 'planted'};
        nodes.take(node, {...line, ok: true, file, body: bodyOf(file, canaries)});
      }
    nodes.take(node, {
      ...facts,
      key: 'y',
      source: 'planted',
      ok: false,
      reason: 'failed',
      detail: canaries.line(),
    });
    nodes.end(node);
  }

  const streams = {
    open: (path: string): Promise<AsyncIterable<Uint8Array>> =>
      Promise.resolve(
        chunks(path.includes('/proxy/') ? bodyOf(fileOf(path), canaries) : `${canaries.all().join('\n')}\n`),
      ),
  };
  const {signal} = new AbortController();
  const wanted = [false, true].map(previous => ({
    namespace: 'shop',
    pod: 'web-0',
    container: 'web',
    previous,
  }));
  await writePodLogs(wanted, {streams, spool, limits: {tail: 100_000, maxBytes: 10_000_000}, signal});
  const kubelet = {metadata: {name: 'win-2'}, spec: {}, status: {nodeInfo: {operatingSystem: 'windows'}}};
  const node = SHAPES.nodes({apiVersion: 'v1', kind: 'Node', ...kubelet}, '', undefined);
  t.truthy(node);
  await writeNodeProxy({
    streams,
    spool,
    nodes: node ? [node] : [],
    tail: 1000,
    sinceTime: undefined,
    maxBytes: 10_000_000,
    signal,
    progress: () => undefined,
  });
  spool.file(
    PROBES_FILE,
    canaries
      .all()
      .map(error => `${JSON.stringify({id: 'x', error})}\n`)
      .join(''),
    {source: 'planted'},
  );

  const missing = [{what: 'secrets', reason: 'denied', detail: 'not asked for'}];
  const own = {spool, archive, time: NOW, cluster: 'test', missing, version: undefined};
  const report = await diagnosisOf(own);
  t.true(report.judgement.fails.length > 0, 'something is found, so that reports quote what is planted');
  await finish({...own, report, encrypter: undefined, maxBytes: undefined});

  const files = await openCapture(archive);
  const paths = new Set(files.list().map(file => file.path));
  for (const part of [
    'kubectl-win/report.html',
    'kubectl-win/doctor.json',
    'analysis.json',
    'web-previous.log',
    'probes.jsonl',
    'win-2/windows/logs/kubelet/kubelet.log',
  ])
    t.true(
      [...paths].some(path => path.endsWith(part)),
      part,
    );
  t.true(
    proxyRequests({tail: 1}).every(([, file]) =>
      [...paths].some(path => path.endsWith(`win-2/windows/${file}`)),
    ),
  );
  const forms = canaries.secrets.map(secret => ({secret, forms: formsOf(secret)}));
  const leaks: string[] = [];
  for await (const {path, bytes} of files.read(paths)) {
    const content = Buffer.from(bytes);
    for (const {secret, forms: all} of forms)
      for (const form of all) {
        const at = content.indexOf(form);
        if (at >= 0)
          leaks.push(
            `${path}: ${secret}: ${content.subarray(Math.max(0, at - 150), at + 60).toString('latin1')}`,
          );
      }
  }
  t.deepEqual(leaks, []);
  t.true(canaries.secrets.length > 1500, `${canaries.secrets.length} secrets`);
});
