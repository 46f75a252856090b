import {linuxPodSpec} from '../helpers/raw-pods.ts';
import type {Json} from '../helpers/raw.ts';
import type {Build, Program} from './plan.ts';
import type {World} from './world.ts';

const YEARS: Record<Build, string> = {17763: '2019', 20348: '2022', 26100: '2025'};

/** Images that each build of Windows runs, by tag, by digest, of own registries. */
function windowsImages(build: Build): string[] {
  const year = YEARS[build];
  return [
    `mcr.microsoft.com/windows/servercore/iis:windowsservercore-ltsc${year}`,
    `mcr.microsoft.com/dotnet/framework/aspnet:4.8.1-windowsservercore-ltsc${year}`,
    'registry.example.test/shop/web:1.4.2',
    `mcr.microsoft.com/windows/nanoserver:ltsc${year}`,
    `registry.example.test:5000/team/app@sha256:${'ab'.repeat(32)}`,
    build === 17763
      ? 'mcr.microsoft.com/windows/servercore:1809'
      : 'mcr.microsoft.com/windows/servercore:ltsc2022',
    `registry.example.test/shop/api:windows-ltsc${year}-2.0`,
    `mcr.microsoft.com/windows/servercore:ltsc${year}`,
  ];
}

export function windowsSpec(world: World, program: Program, build: Build): Json {
  const images = windowsImages(build);
  const selector = {'kubernetes.io/os': 'windows', 'node.kubernetes.io/windows-build': `10.0.${build}`};
  const spec: Json = {
    os: {name: 'windows'},
    nodeSelector: {...selector},
    tolerations: [world.toleration],
    serviceAccountName: 'default',
    dnsPolicy: 'ClusterFirst',
    restartPolicy: 'Always',
    terminationGracePeriodSeconds: 30,
    containers: [
      {
        name: 'app',
        image: images[program.image % images.length],
        ports: [{name: 'http', containerPort: 8080, protocol: 'TCP'}],
        resources: {requests: {cpu: '250m', memory: '512Mi'}, limits: {cpu: '1', memory: '1Gi'}},
        env: [{name: 'POD_NAME', valueFrom: {fieldRef: {fieldPath: 'metadata.name'}}}],
        volumeMounts: [
          {
            name: 'kube-api-access',
            mountPath: '/var/run/secrets/kubernetes.io/serviceaccount',
            readOnly: true,
          },
        ],
      },
    ],
    volumes: [
      {
        name: 'kube-api-access',
        projected: {
          defaultMode: 420,
          sources: [{serviceAccountToken: {path: 'token', expirationSeconds: 3607}}],
        },
      },
    ],
  };
  if (program.pin === 'affinity') {
    delete spec.nodeSelector;
    const matchExpressions = Object.entries(selector).map(([key, value]) => ({
      key,
      operator: 'In',
      values: [value],
    }));
    spec.affinity = {
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchExpressions}]},
      },
    };
  }
  if (program.pin === 'runtime-class') {
    spec.runtimeClassName = `windows-${YEARS[build]}`;
    addRuntimeClass(world, build, selector);
    delete spec.tolerations;
    delete spec.nodeSelector;
  }
  if (program.gmsa) spec.securityContext = {windowsOptions: {runAsUserName: 'ContainerUser'}};
  if (world.plan.provider === 'eks') {
    const {requests, limits} = spec.containers[0].resources;
    requests['vpc.amazonaws.com/PrivateIPv4Address'] = limits['vpc.amazonaws.com/PrivateIPv4Address'] = '1';
  }
  return spec;
}

function addRuntimeClass(world: World, build: Build, nodeSelector: Record<string, string>): void {
  const name = `windows-${YEARS[build]}`;
  if (world.objects.some(o => o.kind === 'RuntimeClass' && o.metadata.name === name)) return;
  world.add({
    apiVersion: 'node.k8s.io/v1',
    kind: 'RuntimeClass',
    metadata: {name},
    handler: 'runhcs-wcow-process',
    scheduling: {nodeSelector, tolerations: [world.toleration]},
  });
}

const LINUX_IMAGES = [
  'nginx:1.29',
  'docker.io/library/redis:7.4',
  'registry.example.test/shop/cart:3.2',
  'quay.io/prometheus/node-exporter:v1.9.1',
];

export function linuxSpec(world: World, program: Program): Json {
  const spec: Json = linuxPodSpec(LINUX_IMAGES[program.image % LINUX_IMAGES.length]);
  spec.containers[0].ports = [{name: 'http', containerPort: 8080, protocol: 'TCP'}];
  if (program.pin === 'affinity') {
    delete spec.nodeSelector;
    const matchExpressions = [{key: 'kubernetes.io/os', operator: 'NotIn', values: ['windows']}];
    spec.affinity = {
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchExpressions}]},
      },
    };
  }
  if (program.pin === 'runtime-class') {
    // The namespace sends its pods to Linux.
    delete spec.nodeSelector;
  }
  // Where a taint keeps Linux pods off Windows nodes, nobody names the OS.
  if (program.pin === 'taint' && (world.plan.tainted || world.plan.provider === 'gke'))
    delete spec.nodeSelector;
  if (world.plan.istio)
    spec.containers.push({
      name: 'istio-proxy',
      image: 'docker.io/istio/proxyv2:1.28.0',
      args: ['proxy', 'sidecar'],
    });
  return spec;
}
