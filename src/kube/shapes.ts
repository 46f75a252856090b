import type * as kube from './types.ts';
import type {Fields, Reader} from './shape.ts';
import {
  anything,
  fields,
  flag,
  integer,
  integerOrText,
  isRecord,
  list,
  mapOf,
  presence,
  quantity,
  text,
  withOthers,
} from './shape.ts';
import type {ResourceKey, ResourceMap} from './resources.ts';

/** Longer annotations are dropped when read: none that a check needs is near it, and one may have 5 MB. */
const MAX_ANNOTATION = 1024;
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/**
 * Environment variables whose values checks need: how a CNI or kube-proxy reaches the API server and names its node
 * and network. All other values are dropped on reading, so that no secret reaches a report.
 */
const READABLE_ENV = new Set([
  'KUBERNETES_SERVICE_HOST',
  'KUBERNETES_SERVICE_PORT',
  'KUBE_NETWORK',
  'NODENAME',
  'NODE_NAME',
  'CALICO_NETWORKING_BACKEND',
  'K8S_SERVICE_CIDR',
  'VXLAN_VNI',
]);

const annotations: Reader<Record<string, string>> = (value, at, report) => {
  const read = mapOf(text)(value, at, report);
  if (!read) return read;
  for (const [key, annotation] of Object.entries(read)) {
    if (key === LAST_APPLIED || annotation.length > MAX_ANNOTATION) delete read[key];
  }
  return read;
};

const ownerReference = fields<kube.OwnerReference>(
  {kind: text, name: text, uid: text, controller: flag},
  {kind: '', name: ''},
);

/** `creationTimestamp: null` is what generators print for a template. */
const time: Reader<string> = (value, at, report) => (value === null ? undefined : text(value, at, report));

const metadata = fields<kube.ObjectMeta>(
  {
    name: text,
    namespace: text,
    uid: text,
    resourceVersion: text,
    generation: integer,
    labels: mapOf(text),
    annotations,
    creationTimestamp: time,
    deletionTimestamp: time,
    deletionGracePeriodSeconds: integer,
    ownerReferences: list(ownerReference),
    finalizers: list(text),
  },
  {name: ''},
);

const condition = fields<kube.Condition>(
  {
    type: text,
    status: text,
    reason: text,
    message: text,
    lastTransitionTime: time,
    lastHeartbeatTime: time,
  },
  {type: '', status: ''},
);
const taint = fields<kube.Taint>(
  {key: text, value: text, effect: text, timeAdded: time},
  {key: '', effect: ''},
);
const toleration = fields<kube.Toleration>({
  key: text,
  operator: text,
  value: text,
  effect: text,
  tolerationSeconds: integer,
});
const requirement = fields<kube.SelectorRequirement>(
  {key: text, operator: text, values: list(text)},
  {key: '', operator: ''},
);
const nodeTerm = fields<kube.NodeSelectorTerm>({
  matchExpressions: list(requirement),
  matchFields: list(requirement),
});
const nodeAffinity = fields<kube.NodeAffinity>({
  requiredDuringSchedulingIgnoredDuringExecution: fields({nodeSelectorTerms: list(nodeTerm)}),
  preferredDuringSchedulingIgnoredDuringExecution: list(fields({weight: integer, preference: nodeTerm})),
});
const labelSelector = fields<kube.LabelSelector>({
  matchLabels: mapOf(text),
  matchExpressions: list(requirement),
});

const windowsOptions = fields<kube.WindowsOptions>({
  hostProcess: flag,
  runAsUserName: text,
  gmsaCredentialSpecName: text,
  gmsaCredentialSpec: presence,
});
const securityFields: Fields<kube.SecurityContext> = {
  windowsOptions,
  runAsUser: integer,
  runAsGroup: integer,
  runAsNonRoot: flag,
  seLinuxOptions: anything,
  seccompProfile: anything,
  appArmorProfile: anything,
  capabilities: anything,
  readOnlyRootFilesystem: flag,
  privileged: flag,
  allowPrivilegeEscalation: flag,
  procMount: text,
};
const podSecurity = fields<kube.PodSecurityContext>({
  ...securityFields,
  fsGroup: integer,
  fsGroupChangePolicy: text,
  sysctls: anything,
  supplementalGroups: anything,
  supplementalGroupsPolicy: text,
  seLinuxChangePolicy: text,
});

const handlerFields: Fields<kube.Handler> = {
  exec: fields({command: list(text)}),
  httpGet: fields({path: text, port: integerOrText, scheme: text}),
  tcpSocket: fields({port: integerOrText}),
  grpc: fields({port: integer}),
};
const probe = fields<kube.Probe>({
  ...handlerFields,
  initialDelaySeconds: integer,
  timeoutSeconds: integer,
  periodSeconds: integer,
  failureThreshold: integer,
});
const resources = fields<kube.Resources>({
  limits: mapOf<string | number>(quantity),
  requests: mapOf<string | number>(quantity),
  claims: list(anything),
});

const envVar: Reader<kube.EnvVar> = (value, at, report) => {
  const read = fields<kube.EnvVar>({name: text, value: text, valueFrom: presence}, {name: ''})(
    value,
    at,
    report,
  );
  if (read && !READABLE_ENV.has(read.name)) delete read.value;
  return read;
};

const container = fields<kube.Container>(
  {
    name: text,
    image: text,
    command: list(text),
    args: list(text),
    workingDir: text,
    env: list(envVar),
    ports: list(
      fields<{name?: string; containerPort: number; hostPort?: number; protocol?: string}>(
        {name: text, containerPort: integer, hostPort: integer, protocol: text},
        {containerPort: 0},
      ),
    ),
    resources,
    volumeMounts: list(
      fields<kube.VolumeMount>(
        {name: text, mountPath: text, subPath: text, readOnly: flag, mountPropagation: text},
        {name: '', mountPath: ''},
      ),
    ),
    volumeDevices: list(
      fields<{name: string; devicePath: string}>({name: text, devicePath: text}, {name: '', devicePath: ''}),
    ),
    securityContext: fields<kube.SecurityContext>(securityFields),
    livenessProbe: probe,
    readinessProbe: probe,
    startupProbe: probe,
    lifecycle: fields({
      postStart: fields<kube.Handler>(handlerFields),
      preStop: fields<kube.Handler>(handlerFields),
    }),
    imagePullPolicy: text,
    restartPolicy: text,
  },
  {name: ''},
);

const volume = withOthers(
  fields<kube.Volume>(
    {
      name: text,
      emptyDir: fields({medium: text, sizeLimit: quantity}),
      hostPath: fields<{path: string; type?: string}>({path: text, type: text}, {path: ''}),
      persistentVolumeClaim: fields<{claimName: string}>({claimName: text}, {claimName: ''}),
      configMap: fields({name: text}),
      secret: fields({secretName: text}),
      csi: fields<NonNullable<kube.Volume['csi']>>(
        {driver: text, fsType: text, volumeAttributes: mapOf(text)},
        {driver: ''},
      ),
      ephemeral: fields({volumeClaimTemplate: fields({spec: fields({storageClassName: text})})}),
      projected: presence,
      downwardAPI: presence,
      image: presence,
    },
    {name: ''},
  ),
);

const podSpec = fields<kube.PodSpec>(
  {
    os: fields({name: text}),
    nodeName: text,
    nodeSelector: mapOf(text),
    affinity: fields({nodeAffinity, podAffinity: presence, podAntiAffinity: presence}),
    tolerations: list(toleration),
    runtimeClassName: text,
    schedulerName: text,
    priorityClassName: text,
    serviceAccountName: text,
    automountServiceAccountToken: flag,
    hostNetwork: flag,
    hostPID: flag,
    hostIPC: flag,
    hostUsers: flag,
    shareProcessNamespace: flag,
    dnsPolicy: text,
    dnsConfig: fields({nameservers: list(text), searches: list(text)}),
    resources,
    overhead: mapOf(quantity),
    securityContext: podSecurity,
    containers: list(container),
    initContainers: list(container),
    ephemeralContainers: list(container),
    volumes: list(volume),
    terminationGracePeriodSeconds: integer,
    restartPolicy: text,
  },
  {containers: []},
);

const podTemplate = fields<kube.PodTemplate>(
  {metadata: fields({labels: mapOf(text), annotations}), spec: podSpec},
  {spec: {containers: []}},
);

const containerState = fields<kube.ContainerState>({
  waiting: fields({reason: text, message: text}),
  running: fields({startedAt: time}),
  terminated: fields({
    exitCode: integer,
    signal: integer,
    reason: text,
    message: text,
    startedAt: time,
    finishedAt: time,
  }),
});
const containerStatus = fields<kube.ContainerStatus>(
  {
    name: text,
    ready: flag,
    started: flag,
    restartCount: integer,
    image: text,
    imageID: text,
    state: containerState,
    lastState: containerState,
  },
  {name: ''},
);

type Body<T extends kube.KubeObject> = Fields<Omit<T, keyof kube.KubeObject>>;

/** A whole object: identity first; `body` are the fields beside it. */
function object<T extends kube.KubeObject>(
  kind: string,
  body: Body<T>,
  defaults: Partial<Omit<T, keyof kube.KubeObject>> = {},
): Reader<T> {
  const inner = fields<Record<string, unknown>>(
    {apiVersion: text, kind: text, metadata, ...body},
    {apiVersion: '', kind, metadata: {name: ''}, ...defaults},
  );
  // `body` is checked against `T` above; identity is the same for every kind.
  return inner as unknown as Reader<T>;
}

const controllerStatus = fields<kube.Controller['status']>({
  replicas: integer,
  readyReplicas: integer,
  availableReplicas: integer,
  desiredNumberScheduled: integer,
  numberReady: integer,
  numberUnavailable: integer,
  numberMisscheduled: integer,
  active: integer,
  failed: integer,
  conditions: list(condition),
});

const claim = object<kube.PersistentVolumeClaim>(
  'PersistentVolumeClaim',
  {
    spec: fields({storageClassName: text, volumeName: text, volumeMode: text, accessModes: list(text)}),
    status: fields({phase: text}),
  },
  {spec: {}, status: {}},
);

const controller = (kind: string): Reader<kube.Controller> =>
  object<kube.Controller>(
    kind,
    {
      spec: fields({
        replicas: integer,
        parallelism: integer,
        completions: integer,
        suspend: flag,
        selector: labelSelector,
        template: podTemplate,
        volumeClaimTemplates: list(claim),
      }),
      status: controllerStatus,
    },
    {spec: {}, status: {}},
  );

const role = (kind: string): Reader<kube.Role> =>
  object<kube.Role>(kind, {
    rules: list(
      fields<kube.PolicyRule>({
        apiGroups: list(text),
        resources: list(text),
        resourceNames: list(text),
        verbs: list(text),
        nonResourceURLs: list(text),
      }),
    ),
    aggregationRule: presence,
  });

const roleBinding = (kind: string): Reader<kube.RoleBinding> =>
  object<kube.RoleBinding>(kind, {
    roleRef: fields({apiGroup: text, kind: text, name: text}),
    subjects: list(fields({kind: text, apiGroup: text, name: text, namespace: text})),
  });

const webhooks = (kind: string): Reader<kube.WebhookConfiguration> =>
  object<kube.WebhookConfiguration>(kind, {
    webhooks: list(
      fields<NonNullable<kube.WebhookConfiguration['webhooks']>[number]>(
        {
          name: text,
          failurePolicy: text,
          clientConfig: fields({
            url: text,
            service: fields({namespace: text, name: text, port: integer, path: text}),
          }),
          rules: list(fields({apiGroups: list(text), resources: list(text), operations: list(text)})),
          namespaceSelector: labelSelector,
        },
        {name: ''},
      ),
    ),
  });

const customObject = (kind: string): Reader<kube.CustomObject> =>
  object<kube.CustomObject>(kind, {spec: mapOf(anything)});

/** Old writers fill `source`, `count`, `lastTimestamp`; new ones `reportingComponent`, `series`, `eventTime`. */
const event: Reader<kube.Event> = (value, at, report) => {
  if (!isRecord(value)) return undefined;
  const source = isRecord(value['source']) ? value['source'] : {};
  const series = isRecord(value['series']) ? value['series'] : {};
  return object<kube.Event>(
    'Event',
    {
      type: text,
      reason: text,
      message: text,
      involvedObject: fields({kind: text, namespace: text, name: text, uid: text, fieldPath: text}),
      component: text,
      host: text,
      count: integer,
      firstTimestamp: time,
      lastTimestamp: time,
    },
    {involvedObject: {}, count: 1},
  )(
    {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: value['metadata'],
      type: value['type'],
      reason: value['reason'],
      message: value['message'] ?? value['note'],
      involvedObject: value['involvedObject'] ?? value['regarding'],
      component: filled(value['reportingComponent'], value['reportingController'], source['component']),
      host: filled(value['reportingInstance'], source['host']),
      count: series['count'] ?? value['count'] ?? value['deprecatedCount'] ?? 1,
      firstTimestamp: value['firstTimestamp'] ?? value['deprecatedFirstTimestamp'] ?? value['eventTime'],
      lastTimestamp:
        series['lastObservedTime'] ??
        value['lastTimestamp'] ??
        value['deprecatedLastTimestamp'] ??
        value['eventTime'],
    },
    at,
    report,
  );
};

function filled(...values: unknown[]): unknown {
  return values.find(v => v !== undefined && v !== null && v !== '');
}

/** Readers for every kind of object that is read. */
export const SHAPES: {readonly [K in ResourceKey]: Reader<ResourceMap[K][number]>} = {
  nodes: object<kube.Node>(
    'Node',
    {
      spec: fields({
        podCIDR: text,
        podCIDRs: list(text),
        providerID: text,
        taints: list(taint),
        unschedulable: flag,
      }),
      status: fields({
        conditions: list(condition),
        addresses: list(
          fields<{type: string; address: string}>({type: text, address: text}, {type: '', address: ''}),
        ),
        capacity: mapOf(quantity),
        allocatable: mapOf(quantity),
        nodeInfo: fields<kube.NodeInfo>({
          operatingSystem: text,
          architecture: text,
          osImage: text,
          kernelVersion: text,
          kubeletVersion: text,
          kubeProxyVersion: text,
          containerRuntimeVersion: text,
          bootID: text,
        }),
        images: list(fields<kube.ContainerImage>({names: list(text), sizeBytes: integer})),
        runtimeHandlers: list(fields<{name: string}>({name: text}, {name: ''})),
      }),
    },
    {spec: {}, status: {}},
  ),
  pods: object<kube.Pod>(
    'Pod',
    {
      // Filled from `spec.nodeName` once the spec is shared (`snapshot/assemble.ts`).
      nodeName: () => undefined,
      spec: podSpec,
      status: fields({
        phase: text,
        reason: text,
        message: text,
        podIP: text,
        podIPs: list(fields<{ip: string}>({ip: text}, {ip: ''})),
        hostIP: text,
        startTime: time,
        qosClass: text,
        conditions: list(condition),
        containerStatuses: list(containerStatus),
        initContainerStatuses: list(containerStatus),
      }),
    },
    {spec: {containers: []}, status: {}},
  ),
  namespaces: object<kube.Namespace>('Namespace', {status: fields({phase: text})}, {status: {}}),
  services: object<kube.Service>(
    'Service',
    {
      spec: fields<kube.Service['spec']>({
        type: text,
        clusterIP: text,
        clusterIPs: list(text),
        externalIPs: list(text),
        externalName: text,
        selector: mapOf(text),
        ports: list(
          fields<kube.ServicePort>(
            {name: text, port: integer, protocol: text, targetPort: integerOrText, nodePort: integer},
            {port: 0},
          ),
        ),
        externalTrafficPolicy: text,
        internalTrafficPolicy: text,
        sessionAffinity: text,
        healthCheckNodePort: integer,
        ipFamilies: list(text),
        publishNotReadyAddresses: flag,
        loadBalancerClass: text,
      }),
      status: fields({loadBalancer: fields({ingress: list(fields({ip: text, hostname: text}))})}),
    },
    {spec: {}, status: {}},
  ),
  endpointSlices: object<kube.EndpointSlice>('EndpointSlice', {
    addressType: text,
    endpoints: list(
      fields<NonNullable<kube.EndpointSlice['endpoints']>[number]>({
        addresses: list(text),
        conditions: fields({ready: flag, serving: flag, terminating: flag}),
        nodeName: text,
        targetRef: fields({kind: text, namespace: text, name: text}),
      }),
    ),
    ports: list(fields({name: text, port: integer, protocol: text})),
  }),
  events: event,
  deployments: controller('Deployment'),
  replicaSets: controller('ReplicaSet'),
  daemonSets: controller('DaemonSet'),
  statefulSets: controller('StatefulSet'),
  jobs: controller('Job'),
  cronJobs: object<kube.CronJob>(
    'CronJob',
    {
      spec: fields({
        suspend: flag,
        jobTemplate: fields({spec: fields({template: podTemplate})}),
      }),
    },
    {spec: {}},
  ),
  configMaps: object<kube.ConfigMap>('ConfigMap', {data: mapOf(text)}),
  serviceAccounts: object<kube.ServiceAccount>('ServiceAccount', {automountServiceAccountToken: flag}),
  leases: object<kube.Lease>(
    'Lease',
    {
      spec: fields({holderIdentity: text, leaseDurationSeconds: integer, renewTime: time, acquireTime: time}),
    },
    {spec: {}},
  ),
  runtimeClasses: object<kube.RuntimeClass>('RuntimeClass', {
    handler: text,
    overhead: fields({podFixed: mapOf(quantity)}),
    scheduling: fields({nodeSelector: mapOf(text), tolerations: list(toleration)}),
  }),
  persistentVolumes: object<kube.PersistentVolume>(
    'PersistentVolume',
    {
      spec: withOthers(
        fields<kube.PersistentVolume['spec']>({
          csi: fields<NonNullable<kube.PersistentVolume['spec']['csi']>>(
            {driver: text, fsType: text, volumeHandle: text, volumeAttributes: mapOf(text)},
            {driver: ''},
          ),
          storageClassName: text,
          mountOptions: list(text),
          volumeMode: text,
          claimRef: fields({namespace: text, name: text}),
          capacity: mapOf(quantity),
        }),
      ),
      status: fields({phase: text, reason: text, message: text}),
    },
    {spec: {}, status: {}},
  ),
  persistentVolumeClaims: claim,
  storageClasses: object<kube.StorageClass>('StorageClass', {
    provisioner: text,
    parameters: mapOf(text),
    mountOptions: list(text),
  }),
  csiNodes: object<kube.CsiNode>(
    'CSINode',
    {
      spec: fields({
        drivers: list(fields<{name: string; nodeID?: string}>({name: text, nodeID: text}, {name: ''})),
      }),
    },
    {spec: {}},
  ),
  csiDrivers: object<kube.CsiDriver>('CSIDriver', {}),
  limitRanges: object<kube.LimitRange>(
    'LimitRange',
    {
      spec: fields({
        limits: list(fields({type: text, default: mapOf(quantity), defaultRequest: mapOf(quantity)})),
      }),
    },
    {spec: {}},
  ),
  roles: role('Role'),
  clusterRoles: role('ClusterRole'),
  roleBindings: roleBinding('RoleBinding'),
  clusterRoleBindings: roleBinding('ClusterRoleBinding'),
  customResourceDefinitions: object<kube.CustomResourceDefinition>(
    'CustomResourceDefinition',
    {
      spec: fields({
        group: text,
        names: fields({plural: text, kind: text}),
        versions: list(fields<{name: string; served?: boolean}>({name: text, served: flag}, {name: ''})),
      }),
    },
    {spec: {}},
  ),
  mutatingWebhooks: webhooks('MutatingWebhookConfiguration'),
  validatingWebhooks: webhooks('ValidatingWebhookConfiguration'),
  certificateSigningRequests: object<kube.CertificateSigningRequest>(
    'CertificateSigningRequest',
    {spec: fields({signerName: text, username: text}), status: fields({conditions: list(condition)})},
    {spec: {}, status: {}},
  ),
  gmsaCredentialSpecs: object<kube.GmsaCredentialSpec>('GMSACredentialSpec', {credspec: anything}),
  peerAuthentications: object<kube.PeerAuthentication>(
    'PeerAuthentication',
    {spec: fields({mtls: fields({mode: text}), selector: labelSelector})},
    {spec: {}},
  ),
  calicoIpamConfigs: customObject('IPAMConfig'),
  calicoIpPools: customObject('IPPool'),
};
