import {spawnSync} from 'node:child_process';
import {existsSync, readFileSync, readdirSync} from 'node:fs';
import {join} from 'node:path';
import test from 'ava';
import {cniCollector} from '../../../agent/cni/collector.ts';
import {runtimeCollectors} from '../../../agent/cri/collectors.ts';
import {configCollector} from '../../../agent/cri/config.ts';
import {listContainers} from '../../../agent/cri/containers.ts';
import {pauseCollector} from '../../../agent/cri/pause.ts';
import {snapshotsCollector} from '../../../agent/cri/snapshots.ts';
import {at, isObject, objectsAt, textAt} from '../../../src/cri/json.ts';
import type {JsonObject} from '../../../src/cri/json.ts';
import {buildForTest} from '../parts/build.ts';
import {BUSYBOX_IMAGE, PAUSE_IMAGE} from '../linux-node/images.ts';
import {collect, collectJson} from './collect.ts';
import {startContainerd} from './containerd.ts';
import {KINDS} from './kinds.ts';

const CANARY = 'c4n4ry';

for (const [title, kind] of Object.entries(KINDS)) {
  test(`${title} with real pods: files are what crictl prints, without a secret, and nothing is left behind`, async t => {
    const crictl = join(await buildForTest('crictl', line => t.log(line)), 'crictl');
    const containerd = await startContainerd(await kind(line => t.log(line)));
    try {
      const runtime = {endpoints: [containerd.socket]};
      const config = {
        os: 'linux' as const,
        commandLine: async () => `containerd --config ${containerd.config}`,
      };
      const web = await containerd.pods.run({
        name: 'web',
        image: BUSYBOX_IMAGE,
        args: ['sh', '-c', `sleep 1000 # ${CANARY}-args LogMonitor.exe`],
        envs: {PASSWORD: `${CANARY}-env`},
        labels: {app: `${CANARY}-label`},
        annotations: {note: `${CANARY}-annotation`},
        mounts: [{containerPath: '/data', hostPath: containerd.root}],
      });
      const host = await containerd.pods.run({
        name: 'host',
        image: BUSYBOX_IMAGE,
        args: ['sleep', '1000'],
        hostNetwork: true,
      });
      const printed = (...args: string[]): JsonObject => {
        const {status, stdout, stderr} = spawnSync(crictl, ['-r', `unix://${containerd.socket}`, ...args], {
          encoding: 'utf8',
        });
        if (status !== 0) throw new Error(stderr);
        // crictl was asked for JSON.
        return JSON.parse(stdout) as JsonObject;
      };

      const files = new Map<string, JsonObject>();
      for (const collector of [...runtimeCollectors(runtime), snapshotsCollector(runtime, 'linux')]) {
        const value = await collectJson(collector);
        t.false(JSON.stringify(value).includes(CANARY), `${collector.name} tells a secret`);
        files.set(collector.name, value);
      }
      const file = (name: string) => files.get(name) ?? {};

      // What crictl prints, the same value for value where nothing had to go.
      for (const [name, list, args] of [
        ['cri.images', 'images', ['images', '-o', 'json']],
        ['cri.sandboxes', 'items', ['pods', '-o', 'json']],
        ['cri.containers', 'containers', ['ps', '-a', '-o', 'json']],
      ] as const) {
        const ours = objectsAt(file(name), list).map(item => without(item, 'info', 'status'));
        t.true(ours.length >= 2, name);
        t.deepEqual(byId(ours), byId(objectsAt(printed(...args), list).map(withoutMarks)), name);
      }
      const info = printed('info', '-o', 'json');
      const status = file('cri.status');
      t.true(isPartOf(status['config'], info['config']));
      t.true(isPartOf(status['cniconfig'], info['cniconfig']));
      for (const key of ['status', 'runtimeHandlers', 'features', 'golang', 'lastCNILoadStatus']) {
        t.deepEqual(status[key], info[key], key);
      }
      t.deepEqual(
        withoutTimes(at(file('cri.stats'), 'imageFs')),
        withoutTimes(at(printed('imagefsinfo', '-o', 'json'), 'status')),
      );
      t.is(objectsAt(file('cri.stats'), 'stats').length, 2);
      t.is(file('cri.version')['runtimeName'], 'containerd');

      // What checks need of the verbose answers.
      const sandbox = objectsAt(file('cri.sandboxes'), 'items').find(item => item['id'] === web.sandbox);
      t.is(at(sandbox, 'info', 'netNamespaceClosed'), false);
      t.is(at(sandbox, 'info', 'image'), PAUSE_IMAGE);
      t.is(textAt(sandbox, 'info', 'cniResult', 'Interfaces', 'eth0', 'Sandbox'), networkOf(sandbox));
      t.regex(textAt(sandbox, 'status', 'network', 'ip') ?? '', /^10\.251\.0\./);
      t.true(isPartOf(at(sandbox, 'info'), at(printed('inspectp', web.sandbox), 'info')));
      const container = objectsAt(file('cri.containers'), 'containers').find(c => c['id'] === web.container);
      t.is(at(container, 'info', 'sandboxID'), web.sandbox);
      t.deepEqual(at(container, 'info', 'runtimeSpec', 'process', 'args'), [
        'sh',
        '[redacted]',
        'LogMonitor.exe [redacted]',
      ]);
      t.deepEqual(at(container, 'status', 'mounts'), [
        {containerPath: '/data', hostPath: containerd.root, readonly: false},
      ]);
      const listed = await listContainers(runtime, {signal: new AbortController().signal});
      t.like(
        listed.find(c => c.id === web.container),
        {namespace: 'shop', pod: 'web', name: 'main', running: true, logMonitor: true, image: BUSYBOX_IMAGE},
      );
      t.like(
        listed.find(c => c.id === host.container),
        {logMonitor: false},
      );

      const snapshots = objectsAt(file('cri.snapshots'), 'snapshots');
      const keys = new Set(snapshots.map(snapshot => snapshot['key']));
      for (const id of [web.sandbox, web.container, host.sandbox, host.container]) {
        t.true(keys.has(id));
        t.like(
          objectsAt(file('cri.snapshots'), 'containers').find(c => c['id'] === id),
          {snapshotKey: id, snapshotter: 'overlayfs'},
        );
      }
      const chain = textAt(objectsAt(file('cri.images'), 'images')[0], 'info', 'chainID');
      t.like(
        snapshots.find(snapshot => snapshot['key'] === chain),
        {kind: 'COMMITTED', parent: ''},
      );

      const [toml] = await collect(configCollector(config));
      t.is(toml && 'body' in toml ? toml.body : '', readFileSync(containerd.config, 'utf8'));
      t.like(await collectJson(pauseCollector(runtime, config)), {
        configured: {image: PAUSE_IMAGE, from: title.includes('1.') ? 'status' : 'config'},
        seen: [{image: PAUSE_IMAGE, sandboxes: 2}],
        image: {present: true, os: 'linux', hasWincat: null},
        disagreements: [],
      });
      const cni = await collect(cniCollector(config));
      t.deepEqual(
        cni.map(({file}) => file),
        ['cni/10-lab.conflist', 'cni/bin.json'],
      );
    } finally {
      await containerd.stop();
    }
    t.false(existsSync(containerd.root));
    t.false(readFileSync('/proc/mounts', 'utf8').includes(containerd.root));
    t.deepEqual(
      readdirSync('/proc').filter(entry => /^\d+$/.test(entry) && commandOf(entry).includes(containerd.root)),
      [],
    );
  });
}

function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

function byId(items: readonly JsonObject[]): readonly JsonObject[] {
  return items.toSorted((a, b) => (String(a['id']) < String(b['id']) ? -1 : 1));
}

/** What the agent leaves out of labels and annotations: those of the pod itself. */
function withoutMarks(item: JsonObject): JsonObject {
  return 'labels' in item
    ? {...item, labels: ownMarks(item['labels']), annotations: ownMarks(item['annotations'])}
    : item;
}

function ownMarks(marks: unknown): JsonObject {
  const all = Object.entries(isObject(marks) ? marks : {});
  return Object.fromEntries(all.filter(([key]) => key.startsWith('io.kubernetes.')));
}

/** Whether all of a value stands in another, at the same places; what was redacted stands for anything. */
function isPartOf(part: unknown, whole: unknown): boolean {
  if (typeof part === 'string' && part.includes('[redacted]')) return typeof whole === 'string';
  if (Array.isArray(part)) {
    return (
      Array.isArray(whole) && part.length === whole.length && part.every((p, i) => isPartOf(p, whole[i]))
    );
  }
  if (isObject(part)) {
    return isObject(whole) && Object.entries(part).every(([key, inner]) => isPartOf(inner, whole[key]));
  }
  return part === whole;
}

/** Usage changes from second to second. */
function withoutTimes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutTimes);
  if (!isObject(value)) return value;
  const rest = without(value, 'timestamp', 'usedBytes', 'inodesUsed');
  return Object.fromEntries(Object.entries(rest).map(([key, inner]) => [key, withoutTimes(inner)]));
}

function without(object: JsonObject, ...keys: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([key]) => !keys.includes(key)));
}

function networkOf(sandbox: unknown): string | undefined {
  return textAt(
    objectsAt(sandbox, 'info', 'runtimeSpec', 'linux', 'namespaces').find(n => n['type'] === 'network'),
    'path',
  );
}
