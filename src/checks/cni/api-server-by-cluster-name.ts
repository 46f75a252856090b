import {containersOf, isHostProcess} from '../../kube/containers.ts';
import type {ConfigMap} from '../../kube/types.ts';
import {allSpecs} from '../../kube/workloads.ts';
import type {Workload} from '../../kube/workloads.ts';
import type {Outcome} from '../define.ts';
import {defineCheck, fail, failSpec, pass, ref, specRef, unknown} from '../define.ts';

const HOST = 'KUBERNETES_SERVICE_HOST';
/** ConfigMaps from which Calico on Windows nodes takes the address of the API server. */
const CONFIG_MAPS: ReadonlySet<string> = new Set(['calico-windows-config', 'kubernetes-services-endpoint']);

export default defineCheck({
  id: 'CNI008',
  name: 'api-server-by-cluster-name',
  severity: 'error',
  since: '0.1.0',
  title: 'A node component is told to reach the API server by a name of the cluster',
  evidence: ['A', 'M'],
  needs: ['workloads'],
  wants: ['configMaps'],
  docs: {
    what: `Reads \`${HOST}\` in the ConfigMaps \`calico-windows-config\` and \`kubernetes-services-endpoint\`, and in the environment of HostProcess containers, and fails where it is a name that only the DNS of the cluster knows (\`kubernetes.default.svc\`).`,
    why: 'HostProcess containers use the DNS of their node, which does not know Services: the component never reaches the API server, so Calico makes no network and the node stays without pods.',
    fix: [
      'Set it to the address or DNS name of the API server as `kubectl cluster-info` prints it.',
      'Restart the pods that read it.',
    ],
    links: [
      'https://kubernetes.io/docs/tasks/configure-pod-container/create-hostprocess-pod/',
      'https://docs.tigera.io/calico/latest/getting-started/kubernetes/windows-calico/',
    ],
  },
  *run({workloads, wants, source}) {
    const {configMaps} = wants;
    for (const map of configMaps.ok ? configMaps.value : []) yield* judgeMap(map);
    // Under `lint` there are only the files: what is not in them is not missing.
    if (!configMaps.ok && source !== 'files') {
      yield unknown({kind: 'ConfigMap', name: 'calico-windows-config'}, 'configMaps', configMaps);
    }
    for (const workload of workloads) yield* judgeWorkload(workload);
  },
});

function* judgeMap(map: ConfigMap): Generator<Outcome> {
  const value = CONFIG_MAPS.has(map.metadata.name) ? map.data?.[HOST] : undefined;
  if (value === undefined) return;
  if (!isClusterName(value)) {
    yield pass(map);
    return;
  }
  yield fail(map, {
    cause: 'cluster name in ConfigMap',
    message: `${HOST} in ConfigMap ${map.metadata.namespace ?? ''}/${map.metadata.name} is ${value}, which Windows nodes cannot resolve`,
    evidence: [ref(map, `/data/${HOST}`, value)],
  });
}

function* judgeWorkload(workload: Workload): Generator<Outcome> {
  const seen = new Set<string>();
  let judged = false;
  for (const view of allSpecs(workload)) {
    if (!isHostProcess(view.spec)) continue;
    for (const {container, pointer} of containersOf(view.spec)) {
      for (const [i, {name, value}] of (container.env ?? []).entries()) {
        if (name !== HOST || value === undefined) continue;
        judged = true;
        if (!isClusterName(value) || seen.has(container.name)) continue;
        seen.add(container.name);
        yield failSpec(workload, {
          cause: 'cluster name in HostProcess container',
          message: `HostProcess container ${container.name} has ${HOST}=${value}, which its node cannot resolve`,
          evidence: [specRef(view, `${pointer}/env/${i}/value`, value)],
        });
      }
    }
  }
  if (judged && seen.size === 0) yield pass(workload.owner);
}

const SHORT_NAMES: ReadonlySet<string> = new Set(['kubernetes', 'kubernetes.default']);

/** Names of the cluster's DNS: the API server's own Service, and any `NAME.NAMESPACE.svc`, with the usual domain or without. */
function isClusterName(host: string): boolean {
  const name = host.trim().toLowerCase().replace(/\.$/, '');
  const labels = name.split('.');
  if (SHORT_NAMES.has(name)) return true;
  if (labels[2] !== 'svc') return false;
  return labels.length === 3 || labels[0] === 'kubernetes' || name.endsWith('.cluster.local');
}
