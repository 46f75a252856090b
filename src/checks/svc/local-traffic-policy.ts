import {nodesOf} from '../../kube/os.ts';
import {slicesByService, slicesOf, usableEndpoints} from '../../kube/services.ts';
import {count, list} from '../../text/words.ts';
import {collected} from '../../snapshot/evidence.ts';
import {defineCheck, fail, pass, ref, skip} from '../define.ts';
import {selectedServices} from './shared/windows-services.ts';

/** So many nodes are named in a message. */
const MAX_NAMED = 3;

export default defineCheck({
  id: 'SVC014',
  name: 'local-traffic-policy',
  severity: 'info',
  since: '0.1.0',
  title: 'Only some nodes answer for a Service, by its traffic policy',
  evidence: ['A'],
  needs: ['services', 'endpointSlices', 'workloads', 'nodes'],
  wants: ['runtimeClasses'],
  docs: {
    what: 'Names NodePort and LoadBalancer Services over Windows pods with `externalTrafficPolicy: Local`, and the Windows nodes that hold none of their ready endpoints. That is by design and not a fault.',
    why: 'With this policy a node drops outside traffic unless one of the pods runs on it. A load balancer learns that by the health check port; a user who tries the node port of just any node sees a dead Service.',
    fix: [
      'Try the node port of a node that runs one of the pods: `kubectl get pods -n NAMESPACE -o wide`.',
      'Set `externalTrafficPolicy: Cluster` where the address of the client does not matter.',
    ],
    links: [
      'https://kubernetes.io/docs/reference/networking/virtual-ips/#external-traffic-policy',
      'https://github.com/kubernetes/kubernetes/issues/109780',
    ],
  },
  *run({services, endpointSlices, workloads, nodes, wants}) {
    const slices = slicesByService(endpointSlices);
    const windowsNodes = nodesOf('windows', nodes).map(n => n.metadata.name);
    const context = {nodes: collected(nodes), runtimeClasses: wants.runtimeClasses};
    for (const {service, windows} of selectedServices(services, workloads, context)) {
      const {type, externalTrafficPolicy} = service.spec;
      if (windows.length === 0 || (type !== 'NodePort' && type !== 'LoadBalancer')) continue;
      if (externalTrafficPolicy !== 'Local') {
        yield pass(service);
        continue;
      }
      const holders = new Set(usableEndpoints(slicesOf(service, slices)).map(e => e.nodeName));
      const without = windowsNodes.filter(name => !holders.has(name));
      if (holders.size === 0) yield skip('it has no endpoint anywhere: SVC012');
      else if (without.length === 0) yield pass(service);
      else {
        const {namespace = '', name} = service.metadata;
        const named =
          without.length > MAX_NAMED
            ? [...without.slice(0, MAX_NAMED), `${without.length - MAX_NAMED} more`]
            : without;
        yield fail(service, {
          cause: 'no local endpoint',
          message: `Service ${namespace}/${name} has externalTrafficPolicy Local, so ${count(without.length, 'Windows node')} without a pod of it (${list(named)}) ${without.length === 1 ? 'drops' : 'drop'} its outside traffic`,
          evidence: [ref(service, '/spec/externalTrafficPolicy', externalTrafficPolicy)],
        });
      }
    }
  },
});
