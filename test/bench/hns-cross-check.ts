/**
 * What Kubernetes wants against what HNS has: a thousand nodes, one after the other, each read, judged and forgotten; then
 * one node with very many Services.
 */
import {NodeJudge} from '../../src/checks/by-node.ts';
import {CHECKS} from '../../src/checks/index.ts';
import {RESOURCES, resourceOfKind} from '../../src/kube/resources.ts';
import {NodeIntake} from '../../src/node/intake.ts';
import {SnapshotAssembler} from '../../src/snapshot/assemble.ts';
import {collected} from '../../src/snapshot/evidence.ts';
import type {Snapshot} from '../../src/snapshot/snapshot.ts';
import {idlePodsOf, outlineOf, programNode} from '../helpers/winkernel/cluster.ts';
import {agentOf} from '../helpers/winkernel/snapshot.ts';
import type {TestNode} from '../helpers/node-files.ts';
import type {Raw} from '../helpers/raw.ts';
import {NOW} from '../helpers/raw.ts';
import {runAsShipped} from './parts/as-shipped.ts';
import type {CrossChecked} from './parts/cross-check.ts';
import {withFleetBundle} from './parts/fleet-folder.ts';
import {manyServicesPlan} from './parts/hns-fleet.ts';
import {Bounds, isFull, middle} from './parts/measure.ts';

const NODES = isFull ? 1000 : 100;
const SERVICES = isFull ? 2000 : 200;
const RUNS = 5;
const MB = 1e6;

const CROSS_CHECK = CHECKS.filter(({area, id}) => area === 'HNS' || area === 'SVC' || id === 'CNI003');

const WANTED = new Set(CROSS_CHECK.flatMap(c => [...c.needs, ...c.wants, ...c.passNeeds]));

const bounds = new Bounds();
await withFleetBundle({nodes: NODES, podsOfNode: 30}, fleet);
await oneNode();
bounds.conclude();

async function fleet({path, bytes}: {path: string; bytes: number}): Promise<void> {
  // Printed by that program.
  const found = JSON.parse(await runAsShipped('test/bench/parts/cross-check.ts', [path])) as CrossChecked;
  bounds.note('bundle', bytes / MB, ' MB');
  bounds.note('memory once the API was read', found.apiBytes / MB, ' MB');
  bounds.countAtMost('nodes that never came', NODES - found.nodes, 0);
  bounds.atMost(`cross-check of ${NODES} nodes`, found.tookMs / 1000, (15 * NODES) / 1000, ' s');
  bounds.atMost('peak memory', found.peakBytes / MB, 700, ' MB');
  bounds.countAtMost('checks that threw', found.threw, 0);
  bounds.countAtMost('false alarms', found.failed, 0);
}

async function oneNode(): Promise<void> {
  const outline = outlineOf(manyServicesPlan(SERVICES));
  const api = apiOf([...outline.objects, ...idlePodsOf(outline, 1)]);
  const agent = agentOf(programNode(outline, 1), 'azure');
  const times = Array.from({length: RUNS + 1}, () => {
    const started = performance.now();
    const judge = new NodeJudge(CROSS_CHECK, 'support');
    judge.node(withNode(api, agent), agent.name);
    judge.judgement(api);
    return performance.now() - started;
  });
  bounds.atMost(`cross-check of one node with ${SERVICES} Services`, middle(times.slice(1)), 150, ' ms');
}

function apiOf(objects: Iterable<Raw>): Snapshot {
  const assembler = new SnapshotAssembler();
  assembler.set('version', collected({gitVersion: 'v1.35.4'}));
  for (const {key} of RESOURCES) assembler.add(key, []);
  for (const object of objects) {
    const resource = resourceOfKind(object.apiVersion, object.kind);
    if (resource) assembler.add(resource.key, [object]);
  }
  return assembler.build({kind: 'cluster', name: 'fleet', collectedAt: NOW}, NOW);
}

/** The same with what one node told. */
function withNode(api: Snapshot, agent: TestNode): Snapshot {
  const intake = new NodeIntake(WANTED);
  agent.sendTo(intake);
  return {...api, evidence: {...api.evidence, ...Object.fromEntries(intake.evidenceOfNode(agent.name))}};
}
