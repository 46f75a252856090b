import {statementsOf} from './statement.ts';

/** How to run Windows containers. */
export const GUIDE_004 = statementsOf('004', [
  [
    '45-51',
    'the control plane is Linux, the runtime containerd, fewer networks and storage drivers work',
    'CLD003 CNI006 STO001 STO005',
  ],
  [
    '57-69',
    'Windows Server 2019, 2022, SAC; Kubernetes 1.14 or later; containerd 1.6 or later',
    'NOD002 NOD004 CRI003 CRI004',
    '! SAC releases, Kubernetes 1.14 and containerd 1.6 are out of support',
  ],
  [
    '75-107',
    'EKS: Linux nodes for the system, taints on both pools',
    'CLD003 DNS006 SCH016',
    '! the taint on the Linux nodes keeps CoreDNS and its own Linux examples off',
  ],
  [
    '111-131',
    'AKS: a pool of a given release',
    'CLD004 NOD015 IMG001',
    '! the label that it sets is reserved there, and the password stands in clear text',
  ],
  [
    '135-150',
    'GKE: a pool of an image type',
    'CLD004 NOD015 IMG001',
    "! the type is 2019 by default and the images are 2022; GKE's taint key is not the one that the examples tolerate",
  ],
  [
    '154-175',
    'by hand: containerd, kubelet and kubeadm are downloaded and registered',
    'NOD010 NOD013 CRI004 CRI008 CRI014 CNI001 IMG008',
    '! containerd 1.6.8 is out of support, and no network, no log file and no kubelet service come of it',
  ],
  [
    '179-275',
    'Deployments select and tolerate Windows nodes and set requests and limits',
    'SCH002 SCH003 SCH010 SCH014 SVC001 SVC012',
  ],
  [
    '277-353',
    'ASP.NET with Web.config from a ConfigMap and HTTP probes',
    'SCH014 KBL002 NET004',
    'KBL002 tells where Docker refuses a single file',
  ],
  [
    '357-392',
    '.NET runs on both systems, Linux preferred',
    'SCH001',
    '! a preference pins nothing, so it stays a warning',
  ],
  ['394-462', 'Linux in front, Windows behind a Service', 'SCH010 SCH014 NET003 NET008'],
  [
    '466-507',
    'gMSA: a credential spec and a pod that names it',
    'IDN001 IDN002 IDN003 IDN004 IDN005 IDN006 IDN007',
    "! Amazon's plug-in with the input of another, and placeholders",
  ],
  [
    '511-535',
    'a HostProcess pod as SYSTEM in the host network',
    'POD006 POD007 POD008 POD017 POD018 SCH010 SCH014',
    '! with containerd 1.7 and later only the first line of its script runs, a comment',
  ],
  [
    '539-586',
    'an SMB share by its CSI driver',
    'STO001 STO002 STO003 STO004 STO006',
    '! its server is a Service, which Windows nodes do not resolve; the modes have no effect there',
  ],
  ['590-616', 'a share of Azure Files by its CSI driver', 'STO001 STO004'],
  [
    '620-635',
    'Calico: backend, API server, Service addresses',
    'CNI004 CNI005 CNI006 CNI008',
    '! it reaches the API server by a Service, which Windows nodes do not resolve',
  ],
  ['639-658', 'a Service with `externalTrafficPolicy: Cluster`', 'SVC011 SVC014'],
  [
    '664-699',
    'windows-exporter as a DaemonSet',
    'POD019 SCH010 SCH014',
    '! as an ordinary container it sees only itself; its collector `cs` has been removed',
  ],
  [
    '706-713',
    'nodes by label, logs, a shell in a pod',
    '',
    '`nodes` and `logs`; the tool never opens a shell',
  ],
  [
    '715-721',
    'crictl and HNS on the node',
    '',
    '`runtime`, `logs node/…`, `hns networks`, `hns loadbalancers`',
  ],
  [
    '726-733',
    'adapters, ports and names seen from inside a pod',
    'DNS001 DNS002 DNS003 DNS004 DNS005',
    '`net check` needs no PowerShell in the image; the Service that it asks for is defined nowhere',
  ],
  ['738-751', 'what hybrid clusters are good for', ''],
]);
