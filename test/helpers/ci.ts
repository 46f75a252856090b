import type {Pipeline} from '../../src/manifests/pipeline.ts';
import {readPipelines} from '../../src/manifests/pipeline.ts';
import type {CiRequest} from '../../src/snapshot/snapshot.ts';
import type {TestCluster} from './cluster.ts';
import {healthy} from './cluster.ts';
import type {Json, Raw} from './raw.ts';
import {linuxPodSpec, pod, windowsPodSpec, workload} from './raw-pods.ts';
import {namespace} from './raw.ts';

/** What a user says of the farm below. */
export const FARM: CiRequest = {
  namespace: 'builds',
  serviceAccount: 'builder',
  delegate: {namespace: 'harness', name: 'delegate'},
};

const rbac = 'rbac.authorization.k8s.io/v1';

/** The healthy cluster as a build farm: namespace, account, delegate on Linux with its rights, one Windows build pod. */
export function ciFarm(): TestCluster {
  const everything = ['get', 'list', 'watch', 'create', 'update', 'delete'];
  return healthy()
    .add(
      namespace('builds'),
      namespace('harness'),
      {apiVersion: 'v1', kind: 'ServiceAccount', metadata: {name: 'builder', namespace: 'builds'}},
      ...workload(
        'Deployment',
        {namespace: 'harness', name: 'delegate'},
        linuxPodSpec('harness/delegate:25.8'),
        ['linux-0'],
      ),
      {
        apiVersion: rbac,
        kind: 'Role',
        metadata: {name: 'ci', namespace: 'builds'},
        rules: [
          {apiGroups: [''], resources: ['pods', 'secrets'], verbs: everything},
          {apiGroups: [''], resources: ['events'], verbs: ['list', 'watch']},
        ],
      },
      {
        apiVersion: rbac,
        kind: 'RoleBinding',
        metadata: {name: 'ci', namespace: 'builds'},
        roleRef: {apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'ci'},
        subjects: [{kind: 'ServiceAccount', namespace: 'harness', name: 'default'}],
      },
      buildPod(),
    )
    .with('ciRequest', FARM);
}

/** A Windows build pod that runs: Lite-Engine, the Addon, one step. */
export function buildPod(edit: (spec: Json) => void = () => {}): Raw {
  const spec = windowsPodSpec();
  const resources = spec.containers[0].resources;
  spec.automountServiceAccountToken = true;
  spec.initContainers = [{name: 'setup-addon', image: 'harness/ci-addon:1.16.99', resources}];
  spec.containers = [
    {name: 'lite-engine', image: 'harness/ci-lite-engine:1.16.99', resources},
    {name: 'step-1', image: 'mcr.microsoft.com/windows/servercore:ltsc2022', resources},
  ];
  edit(spec);
  const raw = pod({namespace: 'builds', name: 'build-1'}, spec, 'win-1');
  raw.metadata['labels'] = {stageID: 'build', pipelineID: 'store', orgID: 'default', projectID: 'shop'};
  return raw;
}

/** A Windows pipeline without a fault; `edit` gets its infrastructure's `spec`, its stage and the whole document. */
export function windowsPipeline(
  edit: (settings: Json, stage: Json, document: Json) => void = () => {},
): Pipeline[] {
  const settings = {
    connectorRef: 'farm',
    namespace: 'builds',
    automountServiceAccountToken: true,
    nodeSelector: {'kubernetes.io/os': 'windows'},
    tolerations: [{key: 'os', operator: 'Equal', value: 'windows', effect: 'NoSchedule'}],
    os: 'Windows',
  };
  const stage = {
    name: 'build',
    identifier: 'build',
    type: 'CI',
    spec: {
      infrastructure: {type: 'KubernetesDirect', spec: settings},
      execution: {steps: [runStep('hello', {image: 'mcr.microsoft.com/windows/servercore:ltsc2022'})]},
    },
  };
  const document = {
    pipeline: {
      name: 'Store',
      identifier: 'store',
      projectIdentifier: 'shop',
      orgIdentifier: 'default',
      stages: [{stage}],
    },
  };
  edit(settings, stage, document);
  return readPipelines(document, {file: 'ci.yaml', document: 0, pointer: ''});
}

/** A step of type Run. */
export function runStep(identifier: string, spec: Json): Json {
  return {
    step: {type: 'Run', name: identifier, identifier, spec: {shell: 'Powershell', command: 'hello', ...spec}},
  };
}

/** The healthy cluster with a pipeline, as where `lint` would know the cluster. */
export function withPipeline(edit?: (settings: Json, stage: Json, document: Json) => void): TestCluster {
  return healthy().with('pipelines', windowsPipeline(edit));
}
