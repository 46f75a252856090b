import check from '../../../src/checks/pod/mixed-os-containers.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy} from '../../helpers/cluster.ts';
import type {Json} from '../../helpers/raw.ts';

const web = (edit: (spec: Json) => void) => healthy().changeSpec('Deployment', 'shop/web', edit);
const subjects = ['Deployment/shop/web'];

const sidecar = (image: string) =>
  web(spec => {
    spec.containers.push({name: 'proxy', image});
  });

checkCases({
  check,
  finds: {
    'an injected mesh proxy': () => [
      sidecar('docker.io/istio/proxyv2:1.27.1'),
      {severity: 'error', subjects, says: /"proxy" has Linux image/},
    ],
    'an init container of Alpine, in a manifest': () => [
      web(spec => {
        spec.initContainers = [{name: 'wait', image: 'alpine:3.22'}];
      }).snapshot('files'),
      {severity: 'error', subjects, says: /init container "wait"/},
    ],
    'a sidecar in live pods only': () => [
      healthy().change('Pod', 'shop/web-0', pod => {
        pod.spec.containers.push({name: 'proxy', image: 'cr.l5d.io/linkerd/proxy:edge-25.9.1'});
      }),
      {severity: 'error', subjects},
    ],
  },
  passes: {
    'Windows images only': () => sidecar('mcr.microsoft.com/windows/nanoserver:ltsc2022'),
    'a sidecar whose name says nothing': () => sidecar('fluent/fluent-bit:4.0'),
    'a tag that only looks like a distribution': () =>
      sidecar('registry.example/tool:1-focalpoint-windowsservercore-ltsc2022'),
    'Linux images only': () =>
      healthy().changeSpec('Deployment', 'kube-system/coredns', spec => {
        spec.containers.push({name: 'proxy', image: 'istio/proxyv2:1.27.1'});
      }),
  },
  unknown: {
    'workloads could not be read': () => [healthy().without('workloads'), 'workloads'],
  },
});
