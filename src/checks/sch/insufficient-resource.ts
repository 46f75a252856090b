import {formatBytes} from '../../kube/quantity.ts';
import {amounts, freeByNode, lacking, podRequests} from '../../kube/requests.ts';
import type {Amounts} from '../../kube/requests.ts';
import {nodesOf} from '../../kube/os.ts';
import type {Node} from '../../kube/types.ts';
import {defineCheck, ref, specRef} from '../define.ts';
import type {Diagnosis, PendingPod} from './shared/pending.ts';
import {isNodeReady} from '../../kube/node-conditions.ts';
import {judgePending} from './shared/pending.ts';

/** Addresses that the EKS resource controller hands to Windows pods. */
const EKS_ADDRESS = 'vpc.amazonaws.com/PrivateIPv4Address';

export default defineCheck({
  id: 'SCH012',
  name: 'insufficient-resource',
  severity: 'error',
  since: '0.1.0',
  title: 'A Windows pod waits because no Windows node has room',
  evidence: ['A'],
  needs: ['workloads', 'nodes', 'pods'],
  wants: ['runtimeClasses', 'namespaces', 'events'],
  docs: {
    what:
      'Windows pods that wait although ready Windows nodes match and let them in: the requests of the pods already there ' +
      'are added up for each node, and no node has what is asked for left, be it cpu, memory, pods or, on EKS, ' +
      '`vpc.amazonaws.com/PrivateIPv4Address`. Severity follows the autoscaler as in SCH003.',
    why: 'The pod stays Pending until something else ends or a node joins; where it asks for more than any node has, for ever.',
    fix: [
      'See what is taken: `kubectl describe node NODE | grep -A8 "Allocated resources"`.',
      'Lower requests that nobody uses, add a node, or choose a larger size for the pool.',
      `On EKS with \`${EKS_ADDRESS}\`: turn on prefix delegation (\`enable-windows-prefix-delegation: "true"\` in ConfigMap amazon-vpc-cni), or use a larger instance type.`,
    ],
    links: [
      'https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/#how-pods-with-resource-requests-are-scheduled',
      'https://docs.aws.amazon.com/eks/latest/best-practices/windows-networking.html',
    ],
  },
  *run(input) {
    const windows = nodesOf('windows', input.nodes);
    let free: Map<string, Amounts> | undefined;
    yield* judgePending(input, pending => {
      free ??= freeByNode(windows, input.pods);
      return diagnose(pending, free);
    });
  },
});

function diagnose({view, placement}: PendingPod, free: Map<string, Amounts>): Diagnosis | undefined {
  const nodes = placement.allowed.windows.filter(n => isNodeReady(n) && !n.spec.unschedulable);
  if (nodes.length === 0 || placement.allowed.linux.length > 0) return undefined;
  const requests = podRequests(view.spec);
  const short = nodes.map(node => ({
    node,
    lacks: lacking(requests, free.get(node.metadata.name) ?? new Map<string, number>()),
  }));
  if (short.some(s => s.lacks.length === 0)) return undefined;
  const resource = scarcest(short.map(s => s.lacks));
  const wanted = requests.get(resource) ?? 0;
  const largest = Math.max(...nodes.map(n => amounts(n.status.allocatable).get(resource) ?? 0));
  const most = Math.max(...nodes.map(n => free.get(n.metadata.name)?.get(resource) ?? 0), 0);
  const where =
    nodes.length === 1 ? 'the only Windows node for it' : `the best of ${nodes.length} Windows nodes`;
  const [best] = [...nodes].sort((a, b) => freeOf(b, resource, free) - freeOf(a, resource, free));
  return {
    cause: resource,
    message:
      wanted > largest
        ? `it asks for ${shown(resource, wanted)} of ${resource}, and no Windows node for it has more than ${shown(resource, largest)} in all`
        : `it asks for ${shown(resource, wanted)} of ${resource}, and ${where} has ${shown(resource, most)} left`,
    evidence: [
      specRef(view, '/containers/0/resources', view.spec.containers[0]?.resources),
      ...(best ? [ref(best, '/status/allocatable', best.status.allocatable)] : []),
    ],
  };
}

/** The resource that most nodes lack. */
function scarcest(lacks: string[][]): string {
  const counts = new Map<string, number>();
  for (const name of lacks.flat()) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))[0]?.[0] ?? 'cpu';
}

function freeOf(node: Node, resource: string, free: Map<string, Amounts>): number {
  return free.get(node.metadata.name)?.get(resource) ?? 0;
}

function shown(resource: string, amount: number): string {
  const bytes = resource === 'memory' || resource === 'ephemeral-storage';
  return bytes ? formatBytes(amount) : String(Number(amount.toFixed(3)));
}
