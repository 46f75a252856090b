import {holds, parseAddress, parseCidr} from '../../kube/cidr.ts';
import {cnisOf} from '../../kube/cni.ts';
import {nodesOf} from '../../kube/os.ts';
import type {Service} from '../../kube/types.ts';
import {count} from '../../text/words.ts';
import {defineCheck, fail, pass, ref} from '../define.ts';
import {valueOn} from '../../node/on-node.ts';
import {confJudge} from './shared/conf-judge.ts';
import type {Setting} from './shared/calico-settings.ts';
import {calicoSettings} from './shared/calico-settings.ts';

const SETTING = 'K8S_SERVICE_CIDR';

export default defineCheck({
  id: 'CNI004',
  name: 'exceptions-incomplete',
  severity: 'warning',
  since: '0.1.0',
  title: 'Traffic inside the cluster leaves Windows pods under the address of their node',
  evidence: ['N', 'A'],
  needs: ['nodes', 'services', 'workloads', 'configMaps'],
  wants: ['pods', 'node.cni'],
  passNeeds: ['node.cni'],
  docs: {
    what: 'Pod and Service networks must be exceptions of the OutBoundNAT policy that the CNI gives each Windows endpoint. The API shows this for Calico alone, whose `K8S_SERVICE_CIDR` becomes the exception: it fails where that network does not hold the address of a Service. On nodes it reads the exceptions of the CNI configuration: it fails where they do not hold the addresses of all Services, and of the pods of that node (flannel adds those itself).',
    why: 'Without the exception packets to Services and pods are rewritten to the address of the node: connections fail, or arrive from an address that network policies do not know.',
    fix: [
      'Set `K8S_SERVICE_CIDR` to `--service-cluster-ip-range` of the API server: `kubectl edit configmap -n NAMESPACE calico-windows-config`.',
      'Restart the Calico pods of the Windows nodes, then make the Windows pods anew: exceptions are set when an endpoint is made.',
    ],
    links: [
      'https://docs.tigera.io/calico/latest/getting-started/kubernetes/windows-calico/',
      'https://github.com/Azure/AKS/issues/1859',
    ],
  },
  *run({nodes, services, workloads, configMaps, wants}) {
    const windows = nodesOf('windows', nodes);
    if (windows.length === 0) return;
    const daemons = cnisOf({workloads}).get('calico')?.daemons.windows ?? [];
    let failed = false;
    for (const setting of calicoSettings(SETTING, configMaps, daemons)) {
      const outside = servicesOutside(setting, services);
      const [first] = outside;
      if (!first) continue;
      failed = true;
      const {clusterIP = ''} = first.spec;
      yield fail(setting.holder, {
        cause: 'service network not excepted',
        message: `${SETTING} is ${setting.value}, but ${count(outside.length, 'Service')} ${outside.length === 1 ? 'has its' : 'have their'} address outside it, as ${first.metadata.namespace ?? ''}/${first.metadata.name} with ${clusterIP}`,
        evidence: [setting.ref, ref(first, '/spec/clusterIP', clusterIP)],
        ...(setting.workload !== undefined && {workload: setting.workload}),
      });
    }
    const judge = confJudge(services, wants.pods);
    for (const node of windows) {
      const fails = [...judge(node, valueOn(wants['node.cni'], node.metadata.name))];
      yield* fails;
      if (!failed && fails.length === 0) yield pass(node);
    }
  },
});

/** Services whose IPv4 address is not in any of the networks of the setting; all where none parses. */
function servicesOutside({value}: Setting, services: readonly Service[]): Service[] {
  const cidrs = value.split(',').flatMap(c => parseCidr(c) ?? []);
  return services.filter(({spec}) => {
    const address = parseAddress(spec.clusterIP ?? '');
    return address !== undefined && !cidrs.some(c => holds(c, address));
  });
}
