import type {Node} from '../../../kube/types.ts';
import type {PerNode} from '../../../node/evidence.ts';
import type {Indexed} from '../../../node/items.ts';
import {onNode} from '../../../node/on-node.ts';
import type {NodeProcess} from '../../../node/processes.ts';
import {programOf} from '../../../node/processes.ts';
import type {NodeService} from '../../../node/services.ts';
import {serviceNamed} from '../../../node/services.ts';
import type {Evidence} from '../../../snapshot/evidence.ts';
import type {Outcome} from '../../define.ts';
import {fail, pass, skip, unknown} from '../../define.ts';
import {fileRefs} from '../../each-node.ts';

/** What tells of kube-proxy where it is no pod. */
export interface ServiceEvidence {
  services: Evidence<PerNode<Indexed<NodeService>[]>>;
  processes: Evidence<PerNode<Indexed<NodeProcess>[]>>;
  /** Whether a network plugin of the cluster can do its work. */
  replaced: boolean;
}

const PROGRAM = /^kube-?proxy(?:\.exe)?$/i;

/** Judges kube-proxy of a node where it is a service, or the child process of one. */
export function judgeService(node: Node, {services, processes, replaced}: ServiceEvidence): Outcome {
  const {name} = node.metadata;
  const [listed, run] = [onNode(services, name), onNode(processes, name)];
  // Under nssm and rke2 the process says more than the service that started it.
  if (run.ok && run.value.some(p => PROGRAM.test(programOf(p)))) return pass(node);
  if (!listed.ok) return unknown(node, 'node.services', listed);
  const service = serviceNamed(listed.value, 'kube-proxy', 'kubeproxy');
  if (service && service.state === 'Running') return pass(node);
  if (service) {
    return fail(node, {
      cause: 'service stopped',
      message: `Service ${service.name} of ${name} is ${service.state ?? 'in an unknown state'}, so nothing programs the Services of the cluster there`,
      evidence: [fileRefs(node)('services.json', `/${service.index}/state`, service.state)],
      fix: [
        `On the node: \`Start-Service ${service.name}\`; it programs every load balancer anew, which takes a while with many Services.`,
        'See why it stopped: its log, and `Get-WinEvent -LogName System -MaxEvents 50`.',
      ],
    });
  }
  const gap = listed.partial ?? (run.ok ? run.partial : run);
  if (gap) return unknown(node, listed.partial ? 'node.services' : 'node.processes', gap);
  if (replaced) return skip(`the network plugin does the work of kube-proxy on ${name}`);
  return fail(node, {
    cause: 'not there',
    message: `No service, process or pod of kube-proxy runs on ${name}`,
    evidence: [fileRefs(node)('services.json', ''), fileRefs(node)('processes.json', '')],
    fix: [
      'Install kube-proxy on the node as its distribution does, as a service or as the DaemonSet of sig-windows-tools.',
      'Where the network plugin replaces it, leave this check out: `--skip CNI007`.',
    ],
  });
}
