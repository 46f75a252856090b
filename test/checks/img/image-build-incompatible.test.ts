import check from '../../../src/checks/img/image-build-incompatible.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy} from '../../helpers/cluster.ts';
import {image, waiting} from './waiting.ts';
const OLD = 'mcr.microsoft.com/windows/servercore/iis:windowsservercore-ltsc2019';
const stuck = (name: string) => waiting('ContainerCreating', '', image(name));
const on2025 = (name: string) =>
  stuck(name).change('Node', 'win-1', n => {
    n.status.nodeInfo.kernelVersion = '10.0.26100.33296';
  });

checkCases({
  check,
  finds: {
    'an image of 2019 on a node of 2022': () => [
      stuck(OLD),
      {severity: 'error', subjects: ['Deployment/shop/web'], cause: '17763-on-20348', says: /win-1/},
    ],
    'an image of 2025 on a node of 2022': () => [
      stuck('mcr.microsoft.com/windows/nanoserver:ltsc2025'),
      {severity: 'error', subjects: ['Deployment/shop/web'], cause: '26100-on-20348'},
    ],
    'an image of 2019 on a node of 2025': () => [
      on2025(OLD),
      {severity: 'error', subjects: ['Deployment/shop/web'], cause: '17763-on-26100'},
    ],
  },
  passes: {
    'the tag is of the build of the node': () => healthy(),
    'an image of 2022 runs on Server 2025': () => on2025('mcr.microsoft.com/windows/nanoserver:ltsc2022'),
    'a pod that runs belies its tag': () => image(OLD),
    'a tag that states no build': () => stuck('registry.example/app:1.0'),
    'HostProcess containers of any build': () =>
      waiting('ContainerCreating', '').changeSpec('Deployment', 'shop/web', spec => {
        spec.containers[0].image = OLD;
        spec.hostNetwork = true;
        spec.securityContext = {windowsOptions: {hostProcess: true}};
      }),
    'Hyper-V isolation': () =>
      stuck(OLD)
        .changeSpec('Deployment', 'shop/web', spec => {
          spec.runtimeClassName = 'windows-2022';
        })
        .change('RuntimeClass', 'windows-2022', r => {
          r.handler = 'runhcs-wcow-hypervisor-17763';
        }),
  },
  unknown: {
    'nodes may not be listed': () => [healthy().without('nodes'), 'nodes'],
    'what was pulled takes the agent to see': () => [healthy(), 'node.cri.images'],
  },
});
