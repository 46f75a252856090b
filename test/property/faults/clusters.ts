import {ago} from '../../helpers/raw.ts';
import type {Json} from '../../helpers/raw.ts';
import type {Fault, Patient} from './patient.ts';

/** Breaks the pods of a DaemonSet on the patient's first node. */
function breakDaemon({cluster, nodes}: Patient, name: RegExp): string | undefined {
  let subject: string | undefined;
  cluster.changeAll('Pod', p => {
    if (
      p.spec.nodeName !== nodes[0] ||
      p.metadata.ownerReferences?.[0]?.kind !== 'DaemonSet' ||
      !name.test(p.metadata.labels.app)
    )
      return;
    subject = `DaemonSet/${p.metadata.namespace}/${p.metadata.labels.app}`;
    for (const c of p.status.conditions)
      if (c.type.endsWith('Ready')) Object.assign(c, {status: 'False', lastTransitionTime: ago(3600)});
    p.status.containerStatuses[0].ready = false;
  });
  return subject;
}

/** Faults of what the whole cluster has once. */
export const CLUSTER_FAULTS: readonly Fault[] = [
  {
    id: 'CNI006',
    fault: 'a network agent that is not ready',
    inject: p => breakDaemon(p, /calico-node-windows|flannel-ds-windows|antrea-agent-windows|azure-cns-win/),
  },
  {id: 'CNI007', fault: 'a kube-proxy that is not ready', inject: p => breakDaemon(p, /kube-proxy-windows/)},
  {
    id: 'DNS006',
    fault: 'DNS without an endpoint',
    inject: ({cluster, plan}) => {
      const openshift = plan.provider === 'openshift';
      const at = openshift ? 'openshift-dns/dns-default' : 'kube-system/kube-dns';
      cluster.change('EndpointSlice', `${at}-abcde`, (s: Json) => {
        for (const e of s.endpoints) e.conditions = {ready: false, serving: false, terminating: false};
      });
      return `Service/${at}`;
    },
  },
  {
    id: 'CLD001',
    fault: 'addresses for Windows that are off',
    inject: ({cluster, plan, nodes}) => {
      if (plan.provider !== 'eks') return undefined;
      cluster.changeAll('Node', n => delete n.status.capacity['vpc.amazonaws.com/PrivateIPv4Address']);
      cluster.change(
        'ConfigMap',
        'kube-system/amazon-vpc-cni',
        c => (c.data['enable-windows-ipam'] = 'false'),
      );
      return `Node//${nodes[0]}`;
    },
  },
  {
    id: 'CNI005',
    fault: 'a VXLAN number that Windows refuses',
    inject: ({cluster, plan}) => {
      if (plan.provider !== 'kubeadm' || plan.network !== 0) return undefined;
      cluster.change('ConfigMap', 'kube-flannel/kube-flannel-cfg', c => {
        c.data['net-conf.json'] = c.data['net-conf.json'].replace('4096', '1');
      });
      return 'ConfigMap/kube-flannel/kube-flannel-cfg';
    },
  },
];
