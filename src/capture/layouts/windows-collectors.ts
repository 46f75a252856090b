import {RESOURCES} from '../../kube/resources.ts';
import {missing} from '../../snapshot/evidence.ts';
import type {Layout, LayoutId, Place} from '../layout.ts';
import {collectorFile} from './collector-files.ts';

/** So many of its file names make a collector's archive: each of them alone is too common a name. */
const ENOUGH = 4;

/** Files of `collectlogs.ps1` (microsoft/SDN, Kubernetes/windows/debug), which the AKS script takes along. */
const COLLECTLOGS = [
  'network.txt',
  'endpoint.txt',
  'policy.txt',
  'namespaces.txt',
  'hnsdiag.txt',
  'vfpOutput.txt',
  'networkdetailed.txt',
  'ports.txt',
  'routes.txt',
  'ip.txt',
  'excludedportrange.txt',
  'reservedports.txt',
  'nvspinfo.txt',
  'scqueryex.txt',
];

/** Files of `collect-windows-logs.ps1` (Azure/AgentBaker, staging/cse/windows/debug). */
const AKS =
  /(?:^|\/)(?:kubeclusterconfig\.json|10-azure\.conflist|azure-vnet(?:-ipam)?\.(?:json|log)|CustomDataSetupScript\.log|collect-windows-logs-output\.log|[\d-]+_(?:services|hyper-v-compute-operational)\.csv|[\d-]+-(?:cri-)?containerd-(?:containers|pods|images|tasks|snapshot|info)\.txt|[\d-]+_pagefile\.txt)$/;

/** Files of `eks-log-collector.ps1` (awslabs/amazon-eks-ami, log-collector-script/windows). */
const EKS =
  /(?:^|\/)(?:system-eventlogs\.csv|application-eventlogs\.csv|sysinfo|installed-(?:32|64)bit-apps\.txt|firewall\/firewall-[^/]+|kubelet\/kubelet-(?:service\.csv|config\.json)|kube-proxy\/kube-proxy-service\.csv|containerd\/containerd-[a-z]+\.txt|network\/hns\/[a-z]+\.txt)$/;

const COLLECTLOGS_NAMES = new Set(COLLECTLOGS.map(n => n.toLowerCase()));

/** Archives that Windows users already have. They hold the state of one node and no API objects. */
export const windowsCollectors: readonly Layout[] = [
  collector('aks-windows-logs', "an archive of AKS's collect-windows-logs.ps1", path => AKS.test(path)),
  collector('eks-windows-logs', "an archive of EKS's Windows log collector", path => EKS.test(path)),
  collector('ms-collectlogs', 'a folder of collectlogs.ps1', path =>
    COLLECTLOGS_NAMES.has(path.slice(path.lastIndexOf('/') + 1).toLowerCase()),
  ),
];

/** What these archives do not tell: the name of their node. That of the folder stands for it. */
const UNNAMED = 'node';

function placeOf(path: string): Place | undefined {
  const known = collectorFile(path);
  if (!known) return undefined;
  const folder = path.includes('/') ? path.slice(0, path.indexOf('/')) : UNNAMED;
  return {role: 'node', node: folder, os: 'windows', oem: true, ...known};
}

function collector(id: LayoutId, title: string, isOurs: (path: string) => boolean): Layout {
  return {
    id,
    title,
    root: paths => (paths.filter(isOurs).length >= ENOUGH ? '' : undefined),
    place: placeOf,
    nodesAlone: true,
    *gaps() {
      const gap = missing('unsupported', `${title} holds the state of one node and no API objects`);
      for (const {key} of RESOURCES) yield [key, gap];
    },
  };
}
