import check from '../../../src/checks/img/image-build-unplaceable.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy} from '../../helpers/cluster.ts';
import type {Json} from '../../helpers/raw.ts';
const LABEL = 'node.kubernetes.io/windows-build';
const OLD = 'mcr.microsoft.com/windows/servercore:ltsc2019';

/** `shop/web` as it was just created: no pod yet. */
function fresh(edit: (spec: Json) => void) {
  return healthy()
    .remove('Pod', 'shop/web-0')
    .remove('Pod', 'shop/web-1')
    .changeSpec('Deployment', 'shop/web', edit);
}

const unpinned = (name: string) =>
  fresh(spec => {
    spec.containers[0].image = name;
    delete spec.nodeSelector[LABEL];
  });
const pinned = (name: string, build: string) =>
  fresh(spec => {
    spec.containers[0].image = name;
    spec.nodeSelector[LABEL] = build;
  });
const viaClass = (name: string) =>
  fresh(spec => {
    spec.containers[0].image = name;
    spec.nodeSelector = {};
    spec.runtimeClassName = 'windows-2022';
  });
const subjects = ['Deployment/shop/web'];

checkCases({
  check,
  finds: {
    'an image of 2019 pinned to 2022': () => [
      pinned(OLD, '10.0.20348'),
      {
        severity: 'error',
        subjects,
        cause: 'selector-of-other-build',
        says: /Server 2019 \(17763\), but the pod selects nodes of Windows Server 2022/,
      },
    ],
    'an image of 2019 whose RuntimeClass selects 2022 (guide 003)': () => [
      viaClass(OLD),
      {severity: 'error', subjects, cause: 'selector-of-other-build'},
    ],
    'a selector that no node can match': () => [
      pinned(OLD, 'windows-2019'),
      {severity: 'error', subjects, cause: 'selector-malformed', says: /"windows-2019"/},
    ],
    'required affinity for another build': () => [
      fresh(spec => {
        spec.containers[0].image = OLD;
        delete spec.nodeSelector[LABEL];
        spec.affinity = {
          nodeAffinity: {
            requiredDuringSchedulingIgnoredDuringExecution: {
              nodeSelectorTerms: [
                {matchExpressions: [{key: LABEL, operator: 'In', values: ['10.0.20348', '10.0.26100']}]},
              ],
            },
          },
        };
      }),
      {severity: 'error', subjects, cause: 'selector-of-other-build', says: /2022 .* or Windows Server 2025/},
    ],
    'an image of 2019 where Kubernetes lists only newer builds (guide 001)': () => [
      unpinned(OLD),
      {severity: 'error', subjects, cause: 'build-not-offered', says: /no node of Kubernetes 1\.35 runs/},
    ],
    'manifests without a cluster': () => [
      unpinned(OLD).without('nodes', 'not-requested').snapshot('files'),
      {severity: 'error', subjects, cause: 'build-not-offered'},
    ],
    'the second container is the wrong one': () => [
      fresh(spec => {
        spec.containers.push({name: 'side', image: OLD});
      }),
      {severity: 'error', subjects, cause: 'selector-of-other-build'},
    ],
  },
  passes: {
    'image and selector agree': () => healthy(),
    'an image of 2022 pinned to 2025': () =>
      pinned('mcr.microsoft.com/windows/servercore:ltsc2022', '10.0.26100'),
    'an image of 2019 with Kubernetes 1.34': () => unpinned(OLD).version('v1.34.2'),
    'an image of 2019 where a node of 2019 is': () =>
      unpinned(OLD).change('Node', 'win-1', n => {
        n.status.nodeInfo.kernelVersion = '10.0.17763.8389';
      }),
    'manifests with no version given': () =>
      unpinned(OLD).without('nodes', 'not-requested').without('version', 'not-requested').snapshot('files'),
    'a tag that states no build': () => pinned('registry.example/app:1', '10.0.17763'),
    'pods that sit on nodes are IMG001’s': () =>
      healthy().changeSpec('Deployment', 'shop/web', spec => {
        spec.containers[0].image = OLD;
      }),
    'Hyper-V isolation': () =>
      viaClass(OLD).change('RuntimeClass', 'windows-2022', r => {
        r.handler = 'runhcs-wcow-hypervisor';
      }),
  },
  unknown: {
    'a node that was not read may be of a build that the version no longer lists': () => [
      unpinned(OLD).partly('nodes'),
      'nodes',
    ],
    'pods and controllers may not be listed': () => [healthy().without('workloads'), 'workloads'],
    'a RuntimeClass that is not among the manifests': () => [
      fresh(spec => {
        spec.containers[0].image = OLD;
        spec.nodeSelector = {};
        spec.runtimeClassName = 'windows-2019';
      }),
      'runtimeClasses',
    ],
  },
});
