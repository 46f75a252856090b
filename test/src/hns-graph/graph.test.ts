import test from 'ava';
import {hnsGraph} from '../../../src/hns-graph/build.ts';
import {comparedNode} from '../../../src/hns-graph/compared.ts';
import type {HnsGraph} from '../../../src/hns-graph/graph.ts';
import {faultsOf} from '../../../src/hns-graph/graph.ts';
import type {HnsChoice} from '../../../src/inventory/hns/selection.ts';
import {renderDot} from '../../../src/report/graph/dot.ts';
import {renderMermaid} from '../../../src/report/graph/mermaid.ts';
import {renderSvg} from '../../../src/report/graph/svg.ts';
import {renderWords} from '../../../src/report/graph/words.ts';
import {PLAIN} from '../../../src/report/palette.ts';
import type {TestCluster} from '../../helpers/cluster.ts';
import {healthyWithAgents} from '../../helpers/cluster.ts';
import type {TestNode} from '../../helpers/node-files.ts';
import type {Json} from '../../helpers/raw.ts';
import {parseXml} from '../../helpers/schemas.ts';

const WEB: HnsChoice = {service: {namespace: 'shop', name: 'web'}};
const DNS: HnsChoice = {vip: {ip: '10.96.0.10', port: 53}};
const POD: HnsChoice = {pods: new Set(['shop/web-0'])};

function graphOf(cluster: TestCluster, choice: HnsChoice, node = 'win-1'): HnsGraph {
  return hnsGraph(comparedNode(cluster.snapshot(), node), choice);
}

/** Changes both answers of HNS about a kind of objects. */
function inHns(node: TestNode, [v2, v1]: readonly [string, string], edit: (all: Json[]) => void): TestNode {
  return node.change(`hns/${v2}.json`, edit).change(`hns/${v1}.json`, edit);
}

const BALANCERS = ['loadbalancers', 'v1-policylists'] as const;
const ENDPOINTS = ['endpoints', 'v1-endpoints'] as const;
const NAMESPACES = ['namespaces', 'v1-namespaces'] as const;

test('the way of a Service in order goes from it to its pods, here and elsewhere', t => {
  const graph = graphOf(healthyWithAgents(), WEB);
  t.deepEqual(faultsOf(graph), []);
  t.deepEqual(
    graph.steps.map(s => `${s.kind} ${s.title}`),
    [
      'load balancer 10.96.30.1:80/TCP',
      'Service shop/web',
      'endpoint 10.244.1.47',
      'namespace compartment 2',
      'sandbox 7765622d',
      'pod shop/web-0',
      'endpoint 10.244.2.48',
      'pod shop/web-1',
    ],
  );
});

const FAULTS: Record<string, [HnsChoice, (node: TestNode) => unknown, RegExp]> = {
  'a load balancer that is missing': [
    DNS,
    n => inHns(n, BALANCERS, all => all.splice(0, 1)),
    /^HNS of win-1 has no load balancer for 10\.96\.0\.10:53\/TCP$/,
  ],
  'an endpoint that HNS does not have': [
    WEB,
    n => inHns(n, ENDPOINTS, all => all.pop()),
    /sends to endpoint 76091736-.*, which HNS does not have$/,
  ],
  'a backend that is none': [
    WEB,
    n =>
      n.change('hns/loadbalancers.json', all =>
        all[2].HostComputeEndpoints.push(all[0].HostComputeEndpoints[0]),
      ),
    /sends to 10\.244\.0\.192, which is no ready endpoint of the Service$/,
  ],
  'a backend that is left out': [
    WEB,
    n => n.change('hns/loadbalancers.json', all => all[2].HostComputeEndpoints.pop()),
    /does not send to 10\.244\.2\.48, which is ready$/,
  ],
  'a namespace that is missing': [
    WEB,
    n => inHns(n, NAMESPACES, all => all.pop()),
    /^HNS of win-1 has no namespace 7e16da07-/,
  ],
  'a sandbox that is missing': [
    POD,
    n => n.change('cri/sandboxes.json', all => (all.items = [])),
    /^containerd of win-1 has no sandbox for endpoint 10\.244\.1\.47$/,
  ],
  'an endpoint that is not attached': [
    POD,
    n => n.change('hns/v1-endpoints.json', all => (all[0].State = 4)),
    /^endpoint 10\.244\.1\.47 is Detached, not AttachedSharing$/,
  ],
  'a pod without an endpoint': [
    POD,
    n => inHns(n, ENDPOINTS, all => all.splice(0, 1)),
    /^HNS of win-1 has no endpoint for 10\.244\.1\.47 of Pod shop\/web-0$/,
  ],
};

for (const [fault, [choice, edit, says]] of Object.entries(FAULTS)) {
  test(`${fault} is where the way is broken`, t => {
    const graph = graphOf(
      healthyWithAgents().onNode('win-1', node => void edit(node)),
      choice,
    );
    const faults = faultsOf(graph);
    t.true(
      faults.some(f => says.test(f)),
      faults.join('\n'),
    );
    t.deepEqual(faultsOf(graphOf(healthyWithAgents(), choice)), []);
    for (const text of [renderWords([graph], PLAIN), renderDot([graph])]) {
      for (const told of faults) t.true(text.includes(told));
    }
  });
}

test('a node that could not be seen says why', t => {
  const cluster = healthyWithAgents().onNode('win-1', n => n.lost('timeout', 'no answer in 15 s'));
  const graph = graphOf(cluster, WEB);
  t.is(graph.unknown, 'port-forward: no answer in 15 s');
  t.is(renderWords([graph], PLAIN), 'win-1: port-forward: no answer in 15 s\n');
});

test('of many load balancers twelve are drawn, those with a fault first', t => {
  const ports = Array.from({length: 40}, (_, i) => ({name: `p${i}`, protocol: 'TCP', port: 8000 + i}));
  const cluster = healthyWithAgents()
    .change('Service', 'shop/web', s => (s.spec.ports = ports.map(p => ({...p, targetPort: p.port}))))
    .changeAll('EndpointSlice', s => {
      if (s.metadata.namespace === 'shop') s.ports = ports;
    });
  const {steps, links, leftOut} = graphOf(cluster, WEB);
  t.is(links.filter(l => l.fault !== undefined).length, 12);
  t.deepEqual(leftOut, {broken: 28, fine: 0});
  t.true(links.every(l => steps.some(s => s.id === l.from) && steps.some(s => s.id === l.to)));
});

const STRANGE = 'a"b<script>\\`$&#;]}\n\u001B[31mé';

test('names are text in every format, whatever they hold', t => {
  const graph: HnsGraph = {
    node: STRANGE,
    steps: [
      {id: STRANGE, kind: 'Service', title: STRANGE, detail: STRANGE},
      {id: 'b', kind: 'pod', title: STRANGE, absent: true},
    ],
    links: [{from: STRANGE, to: 'b', fault: STRANGE}],
    leftOut: {broken: 1, fine: 3},
  };
  for (const standalone of [true, false]) {
    const svg = renderSvg([graph], {standalone});
    const document = parseXml(svg);
    t.is(document.root.name, 'svg');
    document.dispose();
    t.notRegex(svg, /<script|<style|style=|\u001B/);
  }
  for (const line of renderMermaid([graph]).split('\n')) {
    t.regex(line.replaceAll(/#\d+;/g, ''), /^[\p{L}\p{N} "[\]<>/.,:;()=#+&-]*$/u);
    t.false(line.includes('<script'));
  }
  const dot = renderDot([graph]);
  t.notRegex(dot, /\u001B/);
  const outside = dot.replaceAll(/"(?:[^"\\]|\\.)*"/g, '');
  t.notRegex(outside, /[<"\\]/, 'every quote is closed');
  t.notRegex(renderWords([graph], PLAIN), /\u001B/);
});
