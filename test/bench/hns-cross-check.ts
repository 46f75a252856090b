/**
 * What Kubernetes wants against what HNS has: a thousand nodes, one after the other, each read, judged and forgotten; then
 * one node with very many Services. The fleet is simulated by another process, whose cost is not the tool's.
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
import {manyServicesPlan} from './parts/hns-fleet.ts';
import {FleetReader} from './parts/hns-fleet-reader.ts';
import {Bounds, isFull, middle} from './parts/measure.ts';

const NODES = isFull ? 1000 : 100;
const SERVICES = isFull ? 2000 : 200;
const RUNS = 5;
const MB = 1e6;

const CROSS_CHECK = CHECKS.filter(({area, id}) => area === 'HNS' || area === 'SVC' || id === 'CNI003');

const WANTED = new Set(CROSS_CHECK.flatMap(c => [...c.needs, ...c.wants, ...c.passNeeds]));

const bounds = new Bounds();
await fleet();
await oneNode();
bounds.conclude();

async function fleet(): Promise<void> {
  const fleetReader = new FleetReader(NODES);
  const api = await apiOf(fleetReader.objects());
  const judge = new NodeJudge(CROSS_CHECK, 'support');
  bounds.note('memory once the API was read', process.memoryUsage().rss / MB, ' MB');
  let [read, judged] = [0, 0];
  let bytes = 0;
  let nodes = 0;
  for await (const agent of fleetReader.nodes()) {
    nodes++;
    for (const [, text] of agent.texts) bytes += text.length;
    const seen = timed(
      () => withNode(api, agent),
      ms => (read += ms),
    );
    timed(
      () => judge.node(seen, agent.name),
      ms => (judged += ms),
    );
  }
  const judgement = timed(
    () => judge.judgement(api),
    ms => (judged += ms),
  );
  bounds.note('text', bytes / MB, ' MB');
  bounds.note('reading', read / 1000, ' s');
  bounds.note('judging', judged / 1000, ' s');
  bounds.countAtMost('nodes that never came', NODES - nodes, 0);
  bounds.atMost(`cross-check of ${NODES} nodes`, (read + judged) / 1000, (15 * NODES) / 1000, ' s');
  bounds.atMost('peak memory', (process.resourceUsage().maxRSS * 1024) / MB, 700, ' MB');
  bounds.countAtMost('checks that threw', judgement.problems.length, 0);
  bounds.countAtMost('false alarms', judgement.counts.fail, 0);
}

async function oneNode(): Promise<void> {
  const outline = outlineOf(manyServicesPlan(SERVICES));
  const api = await apiOf([...outline.objects, ...idlePodsOf(outline, 1)]);
  const agent = agentOf(programNode(outline, 1), 'azure');
  const times = Array.from({length: RUNS + 1}, () => {
    let took = 0;
    timed(
      () => {
        const judge = new NodeJudge(CROSS_CHECK, 'support');
        judge.node(withNode(api, agent), agent.name);
        judge.judgement(api);
      },
      ms => (took = ms),
    );
    return took;
  });
  bounds.atMost(`cross-check of one node with ${SERVICES} Services`, middle(times.slice(1)), 150, ' ms');
}

/** The API's part, read once for all nodes. */
async function apiOf(objects: AsyncIterable<Raw> | Iterable<Raw>): Promise<Snapshot> {
  const assembler = new SnapshotAssembler();
  assembler.set('version', collected({gitVersion: 'v1.35.4'}));
  for (const {key} of RESOURCES) assembler.add(key, []);
  for await (const object of objects) {
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

function timed<T>(run: () => T, note: (ms: number) => void): T {
  const started = performance.now();
  const result = run();
  note(performance.now() - started);
  return result;
}
