import check from '../../../src/checks/sch/linux-workload-may-land-on-windows.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy} from '../../helpers/cluster.ts';
import {type Json} from '../../helpers/raw.ts';
import {linuxPodSpec, pod, workload} from '../../helpers/raw-pods.ts';

/** CoreDNS with no selector, and Windows nodes without their taint. */
function open(edit: (spec: Json) => void = () => undefined) {
  return healthy()
    .changeSpec('Deployment', 'kube-system/coredns', spec => {
      delete spec.nodeSelector;
      edit(spec);
    })
    .changeAll('Node', node => {
      node.spec.taints = [];
    });
}
const subjects = ['Deployment/kube-system/coredns'];
const onWindows = (image: string) =>
  workload('Deployment', {namespace: 'shop', name: 'api'}, {...linuxPodSpec(image), nodeSelector: {}}, [
    'win-1',
  ]);

checkCases({
  check,
  finds: {
    'no selector and no taint': () => [
      open(),
      {severity: 'warning', subjects, cause: 'unpinned', says: /2 Windows nodes as well as on 1 Linux node/},
    ],
    'a preferred affinity is no pin': () => [
      open(spec => {
        const preference = {matchExpressions: [{key: 'kubernetes.io/os', operator: 'In', values: ['linux']}]};
        spec.affinity = {
          nodeAffinity: {preferredDuringSchedulingIgnoredDuringExecution: [{weight: 100, preference}]},
        };
      }),
      {severity: 'warning', subjects, says: /preferred affinity does not pin/},
    ],
    'spec.os does not place a pod': () => [
      open(spec => {
        spec.os = {name: 'linux'};
      }),
      {severity: 'warning', subjects},
    ],
    'the taint is there, and the pod tolerates it': () => [
      healthy().changeSpec('Deployment', 'kube-system/coredns', spec => {
        delete spec.nodeSelector;
        spec.tolerations = [{key: 'os', operator: 'Exists'}];
      }),
      {severity: 'warning', subjects},
    ],
    'a manifest without any term': () => [
      open().removeAll('Node').removeAll('Pod').snapshot('files'),
      {severity: 'warning', subjects, says: /nothing keeps its pods off Windows/},
    ],
    'a selector of the zone only, in a manifest': () => [
      open(spec => {
        spec.nodeSelector = {'topology.kubernetes.io/zone': 'eu-1a'};
      })
        .removeAll('Node')
        .removeAll('Pod')
        .snapshot('files'),
      {severity: 'warning', subjects},
    ],
    'a Linux image that sits on a Windows node': () => [
      healthy()
        .add(...onWindows('nginx:1.29'))
        .change('Pod', 'shop/api-0', p => {
          p.status.conditions = [{type: 'Ready', status: 'False'}];
          p.status.containerStatuses[0].state = {waiting: {reason: 'ImagePullBackOff', message: 'back-off'}};
        }),
      {severity: 'error', subjects: ['Deployment/shop/api'], cause: 'landed', says: /win-1.*nginx:1.29/},
    ],
    'an image that no name gives away, refused for want of a platform': () => [
      healthy()
        .add(...onWindows('registry.example/api:1'))
        .change('Pod', 'shop/api-0', p => {
          p.status.conditions = [{type: 'Ready', status: 'False'}];
          p.status.containerStatuses[0].state = {
            waiting: {reason: 'ErrImagePull', message: 'no match for platform in manifest: not found'},
          };
        }),
      {severity: 'error', subjects: ['Deployment/shop/api'], cause: 'landed'},
    ],
  },
  passes: {
    'a selector, required affinity or taint keeps each where it belongs': () => healthy(),
    'no selector, but the taint of the Windows nodes holds': () =>
      healthy().changeSpec('Deployment', 'kube-system/coredns', spec => {
        delete spec.nodeSelector;
      }),
    'required affinity by NotIn': () =>
      open(spec => {
        const nodeSelectorTerms = [
          {matchExpressions: [{key: 'kubernetes.io/os', operator: 'NotIn', values: ['windows']}]},
        ];
        spec.affinity = {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms}}};
      }),
    'a pool label that only Linux nodes have': () =>
      open(spec => {
        spec.nodeSelector = {agentpool: 'system'};
      }).change('Node', 'linux-0', node => {
        node.metadata.labels.agentpool = 'system';
      }),
    'a pool label in a manifest may mean anything': () =>
      open(spec => {
        spec.nodeSelector = {agentpool: 'system'};
      })
        .removeAll('Node')
        .removeAll('Pod')
        .snapshot('files'),
    'the namespace pins the template': () =>
      open()
        .removeAll('Pod')
        .change('Namespace', 'kube-system', n => {
          n.metadata.annotations = {'scheduler.alpha.kubernetes.io/node-selector': 'kubernetes.io/os=linux'};
        }),
    'an image that Windows nodes hold runs on both': () =>
      open().change('Node', 'win-1', node => {
        node.status.images.push({names: ['registry.k8s.io/coredns/coredns:v1.12.1']});
      }),
    'a cluster without Windows nodes': () => open().remove('Node', 'win-1').remove('Node', 'win-2'),
    'a static pod is of no scheduler': () =>
      open(spec => {
        spec.nodeSelector = {'kubernetes.io/os': 'linux'};
      }).add({
        ...pod(
          {namespace: 'kube-system', name: 'etcd-linux-0'},
          {containers: [{name: 'etcd', image: 'etcd'}]},
          'linux-0',
        ),
        metadata: {
          name: 'etcd-linux-0',
          namespace: 'kube-system',
          annotations: {'kubernetes.io/config.mirror': 'abc'},
          ownerReferences: [{kind: 'Node', name: 'linux-0', controller: true}],
        },
      }),
    'a pod that has ended': () =>
      open(spec => {
        spec.nodeSelector = {'kubernetes.io/os': 'linux'};
      }).add({
        ...pod({namespace: 'shop', name: 'once'}, {containers: [{name: 'main', image: 'app'}]}, 'linux-0'),
        status: {phase: 'Succeeded'},
      }),
  },
  unknown: {
    'workloads could not be read': () => [open().without('workloads'), 'workloads'],
    'a part of the nodes is missing': () => [healthy().partly('nodes'), 'nodes'],
    'nodes may not be listed': () => [open().without('nodes'), 'nodes'],
    'the namespace of a template may select Linux': () => [
      open().removeAll('Pod').without('namespaces'),
      'namespaces',
    ],
    'the Windows nodes may be among those that were not read': () => [
      open().remove('Node', 'win-1').remove('Node', 'win-2').partly('nodes'),
      'nodes',
    ],
  },
});
