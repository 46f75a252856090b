import {mkdirSync, symlinkSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import test from 'ava';
import type {ExecutionContext} from 'ava';
import {runtimePlaces} from '../../../../agent/probes/place/places.ts';
import type {AgentOs} from '../../../../src/protocol/names.ts';
import type {PodRef} from '../../../../src/protocol/probes/orders.ts';
import {tempDir} from '../../../helpers/archives.ts';
import {GONE, serveRuntime} from '../../../helpers/runtime-server.ts';

const UID = '01234567-89ab-cdef-0123-456789abcdef';
const NETNS = '/var/run/netns/cni-01234567-89ab-cdef-0123-456789abcdef';
const GUID = '1a2b3c4d-0123-4567-89ab-cdef01234567';
const DNS = {
  servers: ['10.96.0.10'],
  searches: ['shop.svc.cluster.local', 'svc.cluster.local'],
  options: ['ndots:5'],
};

const LINUX = {
  pid: 4711,
  config: {dns_config: DNS},
  runtimeSpec: {linux: {namespaces: [{type: 'pid'}, {type: 'network', path: NETNS}]}},
};

const WINDOWS = {
  config: {dns_config: DNS},
  runtimeSpec: {windows: {network: {networkNamespace: `{${GUID.toUpperCase()}}`}}},
};

interface Pod {
  info: object;
  handler?: string;
}

/** Finds pods, by their names, on a node whose runtime says that of them. */
async function find(
  t: ExecutionContext,
  os: AgentOs,
  pods: Record<string, Pod>,
  wanted: readonly PodRef[],
  root = '/host',
) {
  const path = join(tempDir(t), 's');
  const server = await serveRuntime(path, {
    ListPodSandbox: () => ({
      items: Object.keys(pods).map(name => ({
        id: name,
        metadata: {
          name: name.replace(/#.*/, ''),
          namespace: 'shop',
          uid: UID,
          attempt: name.includes('#') ? 0 : 1,
        },
        state: name.endsWith('#dead') ? 1 : 0,
      })),
    }),
    PodSandboxStatus({podSandboxId}) {
      const pod = pods[String(podSandboxId)];
      if (!pod) return GONE;
      return {status: {runtimeHandler: pod.handler ?? ''}, info: {info: JSON.stringify(pod.info)}};
    },
  });
  t.teardown(() => server.stop());
  const places = runtimePlaces({os, root, runtime: {endpoints: [path]}});
  return await places.pods(wanted, new AbortController().signal);
}

const pod = (name: string, uid?: string): PodRef => ({
  namespace: 'shop',
  name,
  ...(uid !== undefined && {uid}),
});
const SETTINGS = {servers: DNS.servers, searches: DNS.searches, ndots: 5};

test('a pod of Linux has the network namespace and the DNS settings that its runtime tells', async t => {
  t.deepEqual(await find(t, 'linux', {web: {info: LINUX}}, [pod('web', UID)]), [
    {network: {kind: 'netns', path: NETNS.replace('/var', '')}, dns: SETTINGS},
  ]);
});

test('a network namespace below the state of the runtime is taken as well', async t => {
  const path = '/run/k3s/containerd/io.containerd.grpc.v1.cri/netns/cni-1';
  const info = {...LINUX, runtimeSpec: {linux: {namespaces: [{type: 'network', path}]}}};
  t.like((await find(t, 'linux', {web: {info}}, [pod('web')]))[0], {network: {kind: 'netns', path}});
});

test('where the runtime names no file, that of the process is taken, as the node sees it', async t => {
  const namespaces = [{type: 'network'}];
  t.deepEqual(
    await find(t, 'linux', {web: {info: {...LINUX, runtimeSpec: {linux: {namespaces}}}}}, [pod('web')]),
    [{network: {kind: 'netns', path: '/host/proc/4711/ns/net'}, dns: SETTINGS}],
  );
});

test('no other file of the node is opened, whatever a runtime says', async t => {
  for (const path of ['/etc/passwd', '/run/netns/../../etc/passwd', '/run/netns/', 'cni-1']) {
    const info = {runtimeSpec: {linux: {namespaces: [{type: 'network', path}]}}};
    t.like((await find(t, 'linux', {web: {info}}, [pod('web')]))[0], {error: 'failed'}, path);
  }
});

test('of CRI-O, which tells no DNS settings, the file that it made for the pod is read, and no other one', async t => {
  const root = tempDir(t);
  const path = '/var/lib/containers/storage/overlay-containers/0a1b/userdata/resolv.conf';
  for (const file of [path, '/etc/resolv.conf']) {
    mkdirSync(dirname(join(root, file)), {recursive: true});
    writeFileSync(
      join(root, file),
      'search shop.svc.cluster.local\nnameserver 10.96.0.10\noptions ndots:5\n',
    );
  }
  const of = async (told: string) => {
    const annotations = {'io.kubernetes.cri-o.ResolvPath': told};
    const runtimeSpec = {...LINUX.runtimeSpec, annotations};
    return (await find(t, 'linux', {web: {info: {pid: 1, runtimeSpec}}}, [pod('web')], root))[0];
  };
  t.like(await of(path), {
    dns: {servers: ['10.96.0.10'], searches: ['shop.svc.cluster.local'], ndots: 5},
  });
  for (const other of ['/etc/resolv.conf', `${path}/../../x`, ''])
    t.like(await of(other), {dns: {servers: []}}, other);
});

test('a pod of Windows has the HNS namespace that its runtime tells', async t => {
  t.deepEqual(await find(t, 'windows', {web: {info: WINDOWS}}, [pod('web')]), [
    {network: {kind: 'compartment', namespace: GUID}, dns: SETTINGS},
  ]);
});

test('pods with Hyper-V isolation cannot be entered, by their handler and by their specification', async t => {
  const hyperv = {...WINDOWS, runtimeSpec: {windows: {...WINDOWS.runtimeSpec.windows, hyperv: {}}}};
  const found = await find(
    t,
    'windows',
    {handler: {info: WINDOWS, handler: 'runhcs-wcow-hypervisor'}, spec: {info: hyperv}},
    [pod('handler'), pod('spec')],
  );
  for (const place of found) t.like(place, {error: 'unsupported'});
});

test("pods of the host's network start there", async t => {
  const hostProcess = {
    runtimeSpec: {annotations: {'microsoft.com/hostprocess-container': 'true'}, windows: {}},
  };
  t.like((await find(t, 'windows', {x: {info: hostProcess}}, [pod('x')]))[0], {network: {kind: 'host'}});
  const hostNetwork = {runtimeSpec: {linux: {namespaces: [{type: 'pid'}]}}};
  t.like((await find(t, 'linux', {x: {info: hostNetwork}}, [pod('x')]))[0], {network: {kind: 'host'}});
});

test('a pod that is not there, has ended, or is another one of that name, is gone', async t => {
  const found = await find(t, 'linux', {'old#dead': {info: LINUX}, web: {info: LINUX}}, [
    pod('none'),
    pod('old'),
    pod('web', '99999999-89ab-cdef-0123-456789abcdef'),
  ]);
  t.is(found.length, 3);
  for (const place of found) t.like(place, {error: 'gone'});
});

test('the sandbox that the kubelet made last is taken', async t => {
  const other = {...LINUX, runtimeSpec: {linux: {namespaces: [{type: 'network', path: '/run/netns/old'}]}}};
  const [place] = await find(t, 'linux', {'web#first': {info: other}, web: {info: LINUX}}, [pod('web')]);
  t.like(place, {network: {path: NETNS.replace('/var', '')}});
});

test('a runtime that does not answer costs its pods, each with the reason', async t => {
  const runtime = {endpoints: [join(tempDir(t), 'nothing')]};
  const places = runtimePlaces({os: 'linux', root: '', runtime});
  const found = await places.pods([pod('a'), pod('b')], new AbortController().signal);
  t.is(found.length, 2);
  for (const place of found) t.like(place, {error: 'failed'});
});

test("the host's DNS servers are those behind a resolver on the host itself", async t => {
  const root = tempDir(t);
  const put = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), {recursive: true});
    writeFileSync(join(root, path), text);
  };
  put('/run/systemd/resolve/stub-resolv.conf', 'nameserver 127.0.0.53\nsearch a.example\n');
  put('/run/systemd/resolve/resolv.conf', 'nameserver 10.0.0.2\nsearch a.example\n');
  mkdirSync(join(root, 'etc'));
  symlinkSync('/run/systemd/resolve/stub-resolv.conf', join(root, 'etc/resolv.conf'));
  const {network, dns} = await runtimePlaces({os: 'linux', root, runtime: {endpoints: []}}).host();
  t.deepEqual(network, {kind: 'host'});
  t.deepEqual(dns, {servers: ['10.0.0.2'], searches: ['a.example'], ndots: 1});
});
