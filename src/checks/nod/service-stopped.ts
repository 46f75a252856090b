import type {Indexed} from '../../node/items.ts';
import type {NodeService} from '../../node/services.ts';
import {valueOn} from '../../node/on-node.ts';
import {missing} from '../../snapshot/evidence.ts';
import {defineCheck, fail, pass, unknown} from '../define.ts';
import {eachNode} from '../each-node.ts';
import type {ServiceRole} from './shared/node-services.ts';
import {roleOf} from './shared/node-services.ts';

/** Without these a node is none. Whoever disables one runs it in another way. */
const ALWAYS: ReadonlySet<ServiceRole> = new Set(['kubelet', 'containerd', 'rke2']);
/** Windows starts these when they are asked for, which every pod with a network does. */
const ON_DEMAND: ReadonlySet<ServiceRole> = new Set(['hns', 'vmcompute']);

export default defineCheck({
  id: 'NOD010',
  name: 'service-stopped',
  severity: 'error',
  since: '0.1.0',
  title: 'Services that nodes need do not run',
  evidence: ['N'],
  needs: ['nodes', 'node.services'],
  wants: ['node.cri.sandboxes'],
  perNode: true,
  docs: {
    what: 'Services of each Windows node. kubelet, containerd and rke2 must run unless they are disabled, as distributions run them in other ways; kube-proxy must where it is a service that starts by itself; hns and vmcompute start when they are asked for, so that they count where pods with a network are on the node, or where they hang while stopping.',
    why: 'Without the kubelet the node is lost, without containerd no container starts or ends, without HNS no pod has a network, without vmcompute none runs.',
    fix: [
      'See which runs on the node: `Get-Service kubelet, containerd, hns, vmcompute`; start the one that is stopped.',
      'See why it stopped: `Get-WinEvent -LogName System -MaxEvents 50 | Where-Object ProviderName -eq "Service Control Manager"`.',
      'A service that hangs in StopPending: end its process, then start it.',
    ],
    links: ['https://kubernetes.io/docs/tasks/administer-cluster/kubeadm/adding-windows-nodes/'],
  },
  *run(input) {
    const {wants} = input;
    yield* eachNode(input, ['node.services'], function* ({node, facts, at}) {
      const services = facts['node.services'];
      const known = services.flatMap(service => {
        const role = roleOf(service.name);
        return role ? [{service, role}] : [];
      });
      if (!known.some(({role}) => role === 'kubelet' || role === 'rke2')) {
        yield unknown(
          node,
          'node.services',
          missing('unsupported', 'neither kubelet nor rke2 is a service of the node'),
        );
        return;
      }
      const sandboxes = valueOn(wants['node.cri.sandboxes'], node.metadata.name) ?? [];
      const hasNetworkPods = sandboxes.some(s => s.ready && !s.hostProcess);
      let isWell = true;
      for (const {service, role} of known) {
        if (!isNeeded(service, role, hasNetworkPods)) continue;
        isWell = false;
        yield fail(node, {
          cause: role,
          message: `Service ${service.name} of ${node.metadata.name} is ${service.state ?? 'in an unknown state'}`,
          evidence: [at('services.json', `/${service.index}/state`, service.state)],
          fix: stepsFor(service),
        });
      }
      if (isWell) yield pass(node);
    });
  },
});

function stepsFor({name, state}: NodeService): string[] {
  const start =
    state === 'Stopped'
      ? `On the node: \`Start-Service ${name}\`.`
      : `On the node: end the process of ${name}, then \`Start-Service ${name}\`.`;
  return [
    start,
    'See why it stopped: `Get-WinEvent -LogName System -MaxEvents 50 | Where-Object ProviderName -eq "Service Control Manager"`.',
  ];
}

/** Whether a service should run and does not. */
function isNeeded(
  {state, startType}: Indexed<NodeService>,
  role: ServiceRole,
  hasNetworkPods: boolean,
): boolean {
  if (state === undefined || state === 'Running' || state === 'StartPending' || state === 'Unknown')
    return false;
  if (ALWAYS.has(role)) return startType !== 'Disabled';
  if (ON_DEMAND.has(role)) return state !== 'Stopped' || hasNetworkPods;
  // Whether pods need csi-proxy is asked by STO002.
  return role === 'kube-proxy' && startType === 'Automatic';
}
