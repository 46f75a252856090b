import test from 'ava';
import {array, assert, constantFrom, property, string} from 'fast-check';
import {ALLOWED_FLAGS} from '../../../agent/host/flag-tables.ts';
import {allowedFlags, flagsOf} from '../../../agent/host/flags.ts';

const kubelet = allowedFlags('kubelet.exe') ?? new Set<string>();

test('flags are told of kubelet, kube-proxy, containerd and CNI daemons, in any spelling of their file, and of nothing else', t => {
  for (const image of [
    'kubelet.exe',
    'KUBELET.EXE',
    'kubelet',
    'kubeproxy.exe',
    'kube-proxy',
    'flanneld.exe',
  ])
    t.truthy(allowedFlags(image), image);
  for (const image of ['svchost.exe', 'kubelet.exe.bak', 'constructor', '__proto__', 'containerd-shim', ''])
    t.is(allowedFlags(image), undefined, image);
});

test('values are attached or follow, a flag alone is true, the last one counts', t => {
  const args = [
    '--v=2',
    '--hostname-override',
    'win-1',
    '--windows-service',
    '--feature-gates=WinDSR=true,WinOverlay=true',
    '-config',
    'C:\\k\\kubelet-config.yaml',
    '--v=4',
    '--resolv-conf=',
  ];
  t.deepEqual(flagsOf(args, kubelet), {
    v: '4',
    'hostname-override': 'win-1',
    'windows-service': 'true',
    'feature-gates': 'WinDSR=true,WinOverlay=true',
    config: 'C:\\k\\kubelet-config.yaml',
    'resolv-conf': '',
  });
});

test('kubeconfigs, tokens and what nobody knows are never told', t => {
  const secrets = [
    '--kubeconfig=C:\\k\\config',
    '--bootstrap-kubeconfig',
    'C:\\k\\bootstrap-config',
    '--token=abcdef.0123456789abcdef',
    '--azure-container-registry-config=c:\\k\\azure.json',
    '--made-up=hunter2',
    'hunter2',
  ];
  t.deepEqual(flagsOf(secrets, kubelet), {});
});

test('no table allows a name that speaks of a secret', t => {
  const names = Object.values(ALLOWED_FLAGS).flat();
  const doubtful = names.filter(name =>
    /token|secret|password|key|kubeconfig|credential|header|etcd/.test(name),
  );
  // Calico's refreshes the token of its CNI; it takes no value.
  t.deepEqual(doubtful, ['monitor-token']);
});

test('whatever the arguments, only allowed names come out', t => {
  const word = constantFrom(
    '--v=1',
    '--token',
    '--token=x',
    '-v',
    'secret',
    '--kubeconfig=y',
    '--',
    '-',
    '--max-pods',
  );
  assert(
    property(array(word.chain(first => string().map(rest => first + rest))), args => {
      t.true(Object.keys(flagsOf(args, kubelet)).every(name => kubelet.has(name)));
    }),
  );
});
