/**
 * Collects from every agent of a cluster as `doctor` does, keeps nothing, and prints what it saw as JSON:
 * `node fleet-client.ts KUBECONFIG SILENCE-MS`.
 */
import {collectFleet} from '../../../plugin/agent/fleet/collect.ts';
import {findAgents} from '../../../plugin/agent/fleet/pods.ts';
import {agentSession} from '../../../plugin/agent/session.ts';
import {loadKubeconfig} from '../../../plugin/kube/kubeconfig.ts';

/** What one collection came to. */
export interface FleetRun {
  ms: number;
  nodes: number;
  files: number;
  bytes: number;
  /** Peak resident memory in bytes. */
  peak: number;
  lost: Record<string, string>;
}

const [kubeconfig = '', silence = '45000'] = process.argv.slice(2);
const session = agentSession(loadKubeconfig({kubeconfig}), {allowExec: false});
const {signal} = new AbortController();
const started = performance.now();
const {byNode} = await findAgents(session.reader, signal);
const run: FleetRun = {ms: 0, nodes: byNode.size, files: 0, bytes: 0, peak: 0, lost: {}};
await collectFleet({
  ...session,
  pods: byNode.values(),
  request: {},
  signal,
  deadlines: {silenceMs: Number(silence)},
  sink: {
    line(_, line) {
      if (!line.ok) return;
      run.files++;
      run.bytes += line.body.length;
    },
    contact() {},
    lost(node, {reason, detail}) {
      run.lost[node] = `${reason}: ${detail}`;
    },
  },
});
await session.close();
run.ms = performance.now() - started;
run.peak = process.resourceUsage().maxRSS * 1024;
process.stdout.write(JSON.stringify(run));
