/**
 * What the way costs: a whole snapshot of one Windows node, the packaged program under Wine with 300 load balancers and 110
 * endpoints, through the lab's API server, beside the time that its collectors take by themselves.
 */
import {join} from 'node:path';
import {connectAgent} from '../../plugin/agent/client/connect.ts';
import {findAgents} from '../../plugin/agent/fleet/pods.ts';
import {agentSession} from '../../plugin/agent/session.ts';
import {loadKubeconfig} from '../../plugin/kube/kubeconfig.ts';
import {win} from '../helpers/cli.ts';
import {objectAnswers, v1Answer, writeAnswers} from '../helpers/stub.ts';
import {startLab} from '../lab/lab.ts';
import {Bounds, isFull, middle} from './parts/measure.ts';

const LOAD_BALANCERS = 300;
const ENDPOINTS = 110;
const RUNS = isFull ? 5 : 2;

const {signal} = new AbortController();
const lab = await startLab({agents: true, wine: true});
const bounds = new Bounds();
try {
  const env = {KUBECONFIG: lab.kubeconfigs.admin};
  await win(['agent', 'install', '--yes', '--timeout', '60s', '--node', 'win-1'], '', env);
  while ((await win(['agent', 'status'], '', env)).code !== 0) {
    if (performance.now() > 180_000) throw new Error('the agent does not get well');
  }
  const session = agentSession(loadKubeconfig({kubeconfig: lab.kubeconfigs.admin}), {allowExec: false});
  const pod = (await findAgents(session.reader, signal)).byNode.get('win-1');
  if (!pod) throw new Error('no agent is on win-1');
  fill(join(lab.root, 'pods', pod.name, 'hns'));

  const walls: number[] = [];
  const ways: number[] = [];
  let bytes = 0;
  for (let run = 0; run <= RUNS; run++) {
    const started = performance.now();
    const {client} = await connectAgent(pod, {...session, signal});
    let first = Infinity;
    let last = 0;
    bytes = 0;
    await client.snapshot(
      {},
      line => {
        const ended = Date.parse(line.at);
        first = Math.min(first, ended - line.tookMs);
        last = Math.max(last, ended);
        if (line.ok) bytes += line.bytes;
      },
      signal,
    );
    client.close();
    const wall = performance.now() - started;
    if (run === 0) continue;
    walls.push(wall);
    ways.push(wall - (last - first));
  }
  await session.close();
  bounds.note('a whole snapshot', middle(walls), ' ms');
  bounds.note('of it the collectors', middle(walls) - middle(ways), ' ms');
  bounds.note('collected', Math.round(bytes / 1024), ' KiB');
  bounds.atMost('beyond the collectors', middle(ways), 400, ' ms');
} finally {
  await lab.stop();
}
bounds.conclude();

/** Gives the node's HNS that many objects, as large as those of a real node. */
function fill(folder: string): void {
  const endpoints = ids(ENDPOINTS, 3);
  const balancers = ids(LOAD_BALANCERS, 4);
  const balancer = (id: string, i: number): string => {
    const backends = JSON.stringify(endpoints.slice(i % 100, (i % 100) + 4));
    return `{"ID":"${id}","HostComputeEndpoints":${backends},"FrontendVIPs":["10.96.${i >> 8}.${i & 255}"],"PortMappings":[{"Protocol":6,"InternalPort":80,"ExternalPort":80,"Flags":0}],"Flags":1,"SchemaVersion":{"Major":2,"Minor":0}}`;
  };
  writeAnswers(folder, {
    ...objectAnswers('endpoint', byId(endpoint, endpoints)),
    ...objectAnswers('loadbalancer', byId(balancer, balancers)),
    ...v1Answer('endpoints', `[${endpoints.map(endpoint).join(',')}]`),
    ...v1Answer('policylists', `[${balancers.map(balancer).join(',')}]`),
  });
}

function ids(count: number, kind: number): string[] {
  return Array.from(
    {length: count},
    (_, i) => `${kind}0000000-0000-4000-8000-${String(i).padStart(12, '0')}`,
  );
}

function endpoint(id: string, i: number): string {
  return `{"ID":"${id}","Name":"cid-${id}","HostComputeNetwork":"11111111-0000-4000-8000-000000000001","IpConfigurations":[{"IpAddress":"10.244.1.${i + 2}","PrefixLength":24}],"Policies":[{"Type":"OutBoundNAT","Settings":{"Exceptions":["10.244.0.0/16","10.96.0.0/12"]}}],"SchemaVersion":{"Major":2,"Minor":0}}`;
}

function byId(make: (id: string, i: number) => string, of: readonly string[]): Record<string, string> {
  return Object.fromEntries(of.map((id, i) => [id, make(id, i)]));
}
