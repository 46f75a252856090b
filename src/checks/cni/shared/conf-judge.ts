import {hasPodNetwork} from '../../../kube/pods.ts';
import type {Node, Pod, Service} from '../../../kube/types.ts';
import type {NodeCni} from '../../../node/cni.ts';
import type {Evidence} from '../../../snapshot/evidence.ts';
import {count} from '../../../text/words.ts';
import type {Outcome} from '../../define.ts';
import {fail, ref} from '../../define.ts';
import {fileRefs} from '../../each-node.ts';
import type {Exceptions} from './conf-exceptions.ts';
import {exceptionsOf, outside} from './conf-exceptions.ts';

/** Judges the exceptions that the CNI configuration of a node gives to its endpoints. */
export function confJudge(
  services: readonly Service[],
  pods: Evidence<Pod[]>,
): (node: Node, cni: NodeCni | undefined) => Iterable<Outcome> {
  const byNode = Map.groupBy(
    (pods.ok ? pods.value : []).filter(p => hasPodNetwork(p) && p.status.podIP !== undefined),
    p => p.nodeName ?? '',
  );
  // Nodes of one pool have one configuration: Services are looked through once for each.
  const known = new Map<string, Service[]>();
  return function* (node, cni) {
    const {name} = node.metadata;
    for (const exceptions of cni ? exceptionsOf(cni) : []) {
      const key = exceptions.texts.join(' ');
      const lost = known.get(key) ?? outside(exceptions, services, s => s.spec.clusterIP ?? '');
      known.set(key, lost);
      const [first] = lost;
      if (first) {
        const {clusterIP = ''} = first.spec;
        yield failOf(node, exceptions, {
          cause: 'service network not excepted',
          what: `${count(lost.length, 'Service')}, as ${first.metadata.namespace ?? ''}/${first.metadata.name} with ${clusterIP}`,
          evidence: ref(first, '/spec/clusterIP', clusterIP),
        });
      }
      const here = exceptions.addsPods ? [] : (byNode.get(name) ?? []);
      const [pod, ...more] = outside(exceptions, here, p => p.status.podIP ?? '');
      if (pod) {
        yield failOf(node, exceptions, {
          cause: 'pod network not excepted',
          what: `${count(more.length + 1, 'pod')} of the node, as ${pod.metadata.namespace ?? ''}/${pod.metadata.name} with ${pod.status.podIP ?? ''}`,
          evidence: ref(pod, '/status/podIP', pod.status.podIP),
        });
      }
    }
  };
}

function failOf(
  node: Node,
  {file, pointer, texts}: Exceptions,
  {cause, what, evidence}: {cause: string; what: string; evidence: ReturnType<typeof ref>},
): Outcome {
  return fail(node, {
    cause,
    message: `The CNI configuration of ${node.metadata.name} excepts ${texts.join(', ')} from outbound NAT, and not the address of ${what}`,
    evidence: [fileRefs(node)(file, pointer), evidence],
    fix: [
      `Add the network to the exceptions of the OutBoundNAT policy in ${file.slice('cni/'.length)} on the node, by the tool that wrote it.`,
      'Make the Windows pods of the node anew: exceptions are set when an endpoint is made.',
    ],
  });
}
