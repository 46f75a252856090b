import type {Fault} from './patient.ts';
import {respec} from './patient.ts';
import type {Json} from '../../helpers/raw.ts';

const spec = (id: string, fault: string, edit: (spec: Json) => void, also: string[] = []): Fault => ({
  id,
  fault,
  inject: patient => respec(patient, edit),
  also,
});

/** The same without the OS's name: with it the API server refuses the field, and nothing of it would run. */
const unnamed = (id: string, fault: string, edit: (spec: Json) => void, also: string[] = []): Fault =>
  spec(
    id,
    fault,
    s => {
      delete s.os;
      edit(s);
    },
    also,
  );

/** Faults in what a user writes. */
export const SPEC_FAULTS: readonly Fault[] = [
  unnamed('POD003', 'a numeric user', s => (s.securityContext = {runAsUser: 1000}), ['POD002']),
  spec(
    'POD004',
    'a user name that Windows refuses',
    s => (s.securityContext = {windowsOptions: {runAsUserName: 'a"b'}}),
  ),
  spec('POD005', 'an administrator who may not be one', s => {
    s.securityContext = {runAsNonRoot: true, windowsOptions: {runAsUserName: 'ContainerAdministrator'}};
  }),
  unnamed('POD006', 'the host network without HostProcess', s => (s.hostNetwork = true), ['POD002']),
  spec('POD009', 'a volume in memory', s => s.volumes.push({name: 'tmp', emptyDir: {medium: 'Memory'}})),
  spec('POD010', 'a DNS policy of the host network', s => (s.dnsPolicy = 'ClusterFirstWithHostNet')),
  spec('POD011', 'a Linux shell', s => (s.containers[0].command = ['/bin/sh', '-c', 'exec app'])),
  unnamed('POD012', 'a privileged container', s => (s.containers[0].securityContext = {privileged: true}), [
    'POD002',
  ]),
  spec('POD013', 'resources of the pod', s => (s.resources = {limits: {memory: '2Gi'}})),
  spec('POD016', 'a Linux sidecar', s =>
    s.containers.push({
      name: 'proxy',
      image: 'docker.io/istio/proxyv2:1.28.0',
      resources: {limits: {memory: '1Gi'}},
    }),
  ),
  spec('SCH010', 'no memory limit', s => delete s.containers[0].resources.limits.memory),
  spec('STO005', 'a share over NFS', s =>
    s.volumes.push({name: 'nfs', nfs: {server: 'files.example.test', path: '/'}}),
  ),
  spec(
    'STO006',
    'a share by the name of a Service',
    s =>
      s.volumes.push({
        name: 'smb',
        csi: {driver: 'smb.csi.k8s.io', volumeAttributes: {source: '//smb.shop.svc.cluster.local/share'}},
      }),
    ['STO001'],
  ),
  {
    id: 'SCH006',
    fault: 'no build where nodes have several',
    inject: patient => {
      const builds = patient.cluster.objects
        .filter(o => o.kind === 'Node')
        .map(o => o.metadata['labels']['node.kubernetes.io/windows-build']);
      if (new Set(builds.filter(Boolean)).size < 2) return undefined;
      return respec(patient, s => {
        delete s.nodeSelector['node.kubernetes.io/windows-build'];
        s.containers[0].image = 'registry.example.test/shop/web:1.4.2';
      });
    },
  },
  {
    id: 'SCH002',
    fault: 'no OS for a Windows image',
    inject: patient => {
      if (patient.plan.tainted || patient.plan.provider === 'gke') return undefined;
      return respec(patient, s => {
        for (const field of ['nodeSelector', 'os', 'tolerations']) delete s[field];
      });
    },
    also: ['SCH006'],
  },
  {
    id: 'SCH007',
    fault: 'a RuntimeClass that chooses no node',
    inject: ({cluster}) => {
      cluster.add({
        apiVersion: 'node.k8s.io/v1',
        kind: 'RuntimeClass',
        metadata: {name: 'loose'},
        handler: 'runhcs-wcow-process',
      });
      return 'RuntimeClass//loose';
    },
  },
  {
    id: 'SVC013',
    fault: 'a Service that sends to a port by a name that no container has',
    inject: ({cluster, namespace, name}) => {
      cluster.change('Service', `${namespace}/${name}`, s => (s.spec.ports[0].targetPort = 'htpp'));
      return `Service/${namespace}/${name}`;
    },
  },
  {
    id: 'IDN001',
    fault: 'a domain account without the definition of its kind',
    inject: patient =>
      respec(patient, s => (s.securityContext = {windowsOptions: {gmsaCredentialSpecName: 'webapp'}})),
    also: ['IDN002', 'IDN003', 'IDN004'],
  },
];
