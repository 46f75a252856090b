import {healthyWithAgents} from '../cluster.ts';
import {bundleOf} from '../bundle-folder.ts';

const DEPTH = 100_000;
const MIB = 2 ** 20;
const NODE = 'host-collectors/win-1/windows/';
const deep = '['.repeat(DEPTH) + ']'.repeat(DEPTH);
const deepMaps = '{"a":'.repeat(DEPTH) + '1' + '}'.repeat(DEPTH);
const entities = `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">${Array.from(
  {length: 12},
  (_, i) => `<!ENTITY ${String.fromCodePoint(98 + i)} "${`&${String.fromCodePoint(97 + i)};`.repeat(10)}">`,
).join('')}<!ENTITY file SYSTEM "file:///etc/passwd">]><Events><Event>&m;&file;</Event></Events>`;
const anchors = `a: &a [x]\n${Array.from({length: 30}, (_, i) => `b${i}: &b${i} [${'*a, '.repeat(9)}]`).join('\n')}\n`;

const NUMBERS = {
  [`${NODE}hns/endpoints.json`]: `[{"ID":${'9'.repeat(100_000)},"IPAddress":1e999,"Namespace":-0}]`,
  [`${NODE}system.json`]:
    '{"build":1e308,"memory":{"total":-1},"bootTime":"+999999-01-01T00:00:00Z","now":"x","disks":{"length":4294967295}}',
  [`${NODE}net/ports.json`]:
    '{"dynamicRange":{"protocol":"tcp","start":-1,"count":1e300},"excludedRanges":[{"start":0,"end":1e9}]}',
};

const PROPERTIES = {
  'cluster-resources/pods/__proto__.json':
    '{"kind":"PodList","apiVersion":"v1","items":[{"metadata":{"name":"constructor","namespace":"__proto__","labels":{"__proto__":{"x":1}}}}]}',
  'host-collectors/__proto__/windows/hns/networks.json':
    '[{"__proto__":{"polluted":true},"ID":"constructor"}]',
  'cluster-resources/pods/logs/__proto__/constructor/toString.log': 'x\n',
  'host-collectors/constructor/windows/collection.json':
    '[{"key":"__proto__","ok":false,"reason":"toString"}]',
};

const NESTED = {
  [`${NODE}eventlog/System.xml`]: entities,
  [`${NODE}cri/config.toml`]: `a = ${'['.repeat(10_000)}${']'.repeat(10_000)}\n${'[a.'.repeat(1)}${'b.'.repeat(5000)}c]\n`,
  'cluster-resources/more.yaml': anchors,
  'version.yaml': anchors,
};

/** Contents that a stranger put in place of a file of our own bundle, by what they are. */
const CONTENTS: Record<string, Record<string, string | Uint8Array>> = {
  'JSON of 100,000 levels': {
    'cluster-resources/pods/shop.json': deepMaps,
    'cluster-resources/nodes.json': `{"kind":"NodeList","apiVersion":"v1","items":[{"metadata":{"name":"x"},"spec":${deep}}]}`,
    'cluster-resources/pods/web.json': `{"kind":"PodList","apiVersion":"v1","items":[{"metadata":{"name":"deep","namespace":"web","labels":${deepMaps}},"spec":{"affinity":${deepMaps},"containers":[{"name":"c","env":${deep},"resources":${deepMaps}}]},"status":${deepMaps}}]}`,
    'cluster-resources/configmaps/kube-system.json': `{"kind":"ConfigMapList","apiVersion":"v1","items":[{"metadata":{"name":"kube-proxy","namespace":"kube-system"},"data":{"config.conf":${JSON.stringify(deepMaps)},"x":${deepMaps}}}]}`,
    'cluster-resources/services/web.json': `{"kind":"ServiceList","apiVersion":"v1","items":[{"metadata":{"name":"deep","namespace":"web"},"spec":${deepMaps}}]}`,
    [`${NODE}hns/networks.json`]: deep,
    [`${NODE}hns/endpoints.json`]: `[${deepMaps}]`,
    [`${NODE}cri/sandboxes.json`]: deepMaps,
    [`${NODE}registry/hns.json`]: deepMaps,
    [`${NODE}system.json`]: deepMaps,
    [`${NODE}collection.json`]: deep,
    'kubectl-win/doctor.json': deepMaps,
    'kubectl-win/probes.jsonl': `${deepMaps}\n`,
  },
  'a manifest that names files outside, numbers that are none, names that every object has': {
    ...NUMBERS,
    ...PROPERTIES,
    'kubectl-win/manifest.json': JSON.stringify({
      apiVersion: 'kubectl-win/v1',
      kind: 'BundleManifest',
      tool: {version: '\u001B[2J'},
      time: '+275760-09-13T00:00:00Z',
      cluster: {name: '</script><script>alert(1)</script>'},
      files: ['../../etc/passwd', '/etc/passwd', '__proto__', 'a\0b', '\u202E'].map(path => ({
        path,
        bytes: -1,
        sha256: 'x',
        redactions: -1,
      })),
      missing: [{what: '../../x', node: '../..', reason: '\u001B]0;x\u0007', detail: {a: 1}}, null, 1, []],
    }),
  },
  'a manifest that lists 200,000 files, entities, anchors and nested TOML': {
    ...NESTED,
    'kubectl-win/manifest.json': JSON.stringify({
      apiVersion: 'kubectl-win/v1',
      kind: 'BundleManifest',
      tool: {version: '0.1.0'},
      time: '2026-09-01T12:00:00Z',
      files: Array.from({length: 200_000}, (_, i) => ({path: `f${i}`, bytes: 1, sha256: '0'})),
      missing: [],
    }),
  },
  'lines of 8 MiB': {
    'cluster-resources/pods/logs/shop/web-0/web.log': 'x'.repeat(8 * MIB),
    'cluster-resources/pods/shop.json': `{"kind":"PodList","apiVersion":"v1","items":[{"metadata":{"name":"${'n'.repeat(8 * MIB)}"}}]}`,
    [`${NODE}logs/kubelet/kubelet.log`]: `password=${'p'.repeat(8 * MIB)}`,
    [`${NODE}eventlog/System.xml`]: `<Events>${'<Event>'.repeat(MIB)}`,
  },
  'zero bytes, no UTF-8, and a manifest of 100,000 levels': {
    'kubectl-win/manifest.json': deepMaps,
    ...Object.fromEntries(
      [
        'cluster-resources/nodes.json',
        'cluster-resources/pods/shop.json',
        `${NODE}hns/networks.json`,
        `${NODE}eventlog/System.xml`,
        'cluster-resources/pods/logs/shop/web-0/web.log',
      ].map(path => [
        path,
        Buffer.from([0xff, 0xfe, 0, 0xd8, 0, 0, 0xc0, 0xaf, 0xed, 0xa0, 0x80, 0x1b, 0x5b, 0x32, 0x4a, 0xff]),
      ]),
    ),
  },
};

/** A bundle of a healthy cluster, without harm. */
export function goodBundle(): Map<string, string | Uint8Array> {
  return new Map<string, string | Uint8Array>(bundleOf(healthyWithAgents()));
}

/** Bundles with hostile contents, as files by path. */
export function hostileBundles(): Map<string, Map<string, string | Uint8Array>> {
  return new Map(
    Object.entries(CONTENTS).map(([title, files]) => [
      title,
      new Map([...goodBundle(), ...Object.entries(files)]),
    ]),
  );
}
