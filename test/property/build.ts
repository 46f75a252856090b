import {TestCluster} from '../helpers/cluster.ts';
import {ago, event} from '../helpers/raw.ts';
import type {Json} from '../helpers/raw.ts';
import {versionOf} from './fleet.ts';
import {addSystem} from './networks.ts';
import type {Plan} from './plan.ts';
import {addPrograms} from './programs.ts';
import {World} from './world.ts';

/** The cluster that a plan describes. */
export function clusterOf(plan: Plan): TestCluster {
  const world = new World(plan);
  addSystem(world);
  addPrograms(world);
  addLimits(world);
  addStrangers(world);
  if (plan.istio) {
    world.namespace('istio-system');
    world.add({
      apiVersion: 'security.istio.io/v1',
      kind: 'PeerAuthentication',
      metadata: {name: 'default', namespace: 'istio-system'},
      spec: {mtls: {mode: 'STRICT'}},
    });
  }
  if (plan.quirks) addQuirks(world);
  return new TestCluster(world.objects).version(versionOf(plan.provider, plan.minor, false));
}

function addLimits(world: World): void {
  if (!world.objects.some(o => o.kind === 'Namespace' && o.metadata.name === 'limited')) return;
  const limits = [{type: 'Container', default: {memory: '1Gi', cpu: '1'}, defaultRequest: {memory: '256Mi'}}];
  world.add({
    apiVersion: 'v1',
    kind: 'LimitRange',
    metadata: {name: 'defaults', namespace: 'limited'},
    spec: {limits},
  });
  // Admission has put the default into the pods; the template still has none.
  for (const owner of world.objects) {
    if (
      owner.metadata.namespace !== 'limited' ||
      !['Deployment', 'StatefulSet', 'DaemonSet'].includes(owner.kind)
    )
      continue;
    owner['spec'].template = structuredClone(owner['spec'].template);
    for (const c of owner['spec'].template.spec.containers) delete c.resources?.limits?.memory;
  }
}

/** Services that select nothing, and nodes' own events. */
function addStrangers(world: World): void {
  world.add(
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: {name: 'elsewhere', namespace: 'default'},
      spec: {type: 'ExternalName', externalName: 'db.example.test', sessionAffinity: 'None'},
      status: {loadBalancer: {}},
    },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: {name: 'kubernetes', namespace: 'default'},
      spec: {
        type: 'ClusterIP',
        clusterIP: '10.96.0.1',
        ports: [{name: 'https', port: 443, targetPort: 6443}],
      },
      status: {loadBalancer: {}},
    },
    {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: {
        name: 'kubernetes',
        namespace: 'default',
        labels: {'kubernetes.io/service-name': 'kubernetes'},
      },
      addressType: 'IPv4',
      endpoints: [{addresses: ['192.168.10.5'], conditions: {ready: true}}],
      ports: [{name: 'https', port: 6443, protocol: 'TCP'}],
    },
  );
  const [node] = world.nodes;
  if (node)
    world.add(
      event(
        node,
        'NodeHasSufficientMemory',
        `Node ${node.metadata.name} status is now: NodeHasSufficientMemory`,
        {type: 'Normal', first: ago(90_000), last: ago(90_000)},
      ),
    );
}

/** Shapes that are rare and legal: fields that no type here knows, empty and absent lists. */
function addQuirks(world: World): void {
  for (const object of world.objects) {
    const raw: Json = object;
    raw.metadata.managedFields = [{manager: 'kubectl', operation: 'Update', fieldsV1: {'f:spec': {}}}];
    if (object.kind === 'Deployment') raw.spec.template.metadata.creationTimestamp = null;
    if (object.kind === 'Pod') raw.status.qosClass = 'Burstable';
    if (object.kind === 'Node') raw.status.features = {supplementalGroupsPolicy: true};
    if (object.kind === 'Node' && raw.spec.taints.length === 0) delete raw.spec.taints;
    if (object.kind === 'Namespace') raw.spec = {finalizers: ['kubernetes'], unknownField: [null, 7]};
  }
  world.add(
    {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: {name: 'hollow', namespace: 'default'},
      addressType: 'IPv6',
      endpoints: null,
      ports: null,
    },
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: {name: 'new', namespace: 'default', creationTimestamp: ago(1)},
      spec: {
        replicas: 0,
        selector: {},
        template: {
          metadata: {},
          spec: {containers: [{name: 'a', image: 'nginx'}], nodeSelector: {'kubernetes.io/os': 'linux'}},
        },
      },
    },
    {
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      metadata: {name: 'old', namespace: 'default', creationTimestamp: ago(1)},
      spec: {replicas: 0, selector: {}},
    },
  );
}
