import type {NamedNetwork} from '../../hns/cni-network.ts';
import {bearsName, namedNetworks} from '../../hns/cni-network.ts';
import type {HnsNetwork} from '../../hns/model.ts';
import {list} from '../../text/words.ts';
import {defineCheck, fail, pass, skip} from '../define.ts';
import {eachNode} from '../each-node.ts';
import {hnsRefs} from '../hns/shared/hns-ref.ts';
import {KUBE_PROXY_WANTS, kubeProxyOn, settingRef} from '../hns/shared/kube-proxy-on.ts';

export default defineCheck({
  id: 'CNI003',
  name: 'network-name-differs',
  severity: 'error',
  since: '0.1.0',
  title: 'kube-proxy serves another network than pods are on',
  evidence: ['N', 'A'],
  needs: ['nodes', 'node.cni', 'node.hns.networks'],
  wants: KUBE_PROXY_WANTS,
  perNode: true,
  docs: {
    what: 'On each Windows node the network that the CNI configuration in force makes endpoints in, against the one that kube-proxy serves: `--network-name`, `KUBE_NETWORK` of its DaemonSet, or `winkernel.networkName` of its ConfigMap, in which `.*` stands for anything. Both must lead to the same network of HNS, or, where HNS has neither, be the same name. Where kube-proxy’s is not known, the check is skipped.',
    why: '`kube-proxy` looks for the endpoints of pods in its own network and finds none: it makes load balancers without them, or waits for its network forever. Services do not answer on the node.',
    fix: [
      'Find the network’s name: `kubectl win hns networks --node NODE`. Flannel’s VXLAN is `flannel.4096` or `vxlan0`, its host-gw `cbr0`, Calico’s `Calico`.',
      'Set it in kube-proxy: `KUBE_NETWORK` of its DaemonSet (`kubectl set env daemonset/kube-proxy-windows -n kube-system KUBE_NETWORK=NAME`), or `--network-name` of its service.',
      'kube-proxy restarts with it: it first deletes every load balancer of its node, and no Service answers there until it has made them anew.',
    ],
    links: [
      'https://github.com/kubernetes/kubernetes/issues/79515',
      'https://kubernetes.io/docs/reference/config-api/kube-proxy-config.v1alpha1/',
    ],
  },
  *run(input) {
    const {wants} = input;
    yield* eachNode(input, ['node.cni', 'node.hns.networks'], function* ({node, facts, at, gap}) {
      // Of a part of what HNS has nothing follows from what is not there.
      if (gap) {
        yield pass(node);
        return;
      }
      const {name} = node.metadata;
      const networks = facts['node.hns.networks'];
      const proxied = kubeProxyOn(node, wants).networkName;
      if (!proxied) {
        yield skip('which network kube-proxy serves is not known');
        return;
      }
      const named = namedNetworks(facts['node.cni'], proxied.value);
      const ofCni = named.find(n => n.by === 'cni');
      const ofProxy = named.find(n => n.by === 'kube-proxy');
      if (!ofCni) yield skip('which network the CNI makes is not known');
      else if (!ofProxy || leadToOne(networks, ofCni, ofProxy)) yield pass(node);
      else {
        const has = networks.length === 0 ? 'none' : list(networks.map(n => `\`${n.name}\``));
        const ref = hnsRefs(at, 'networks');
        yield fail(node, {
          cause: 'another network',
          message: `On ${name} the CNI configuration names network \`${ofCni.name}\`, and kube-proxy serves \`${ofProxy.name}\`; HNS has ${has}`,
          evidence: [
            ...(ofCni.file === undefined ? [] : [at(ofCni.file, '/name')]),
            ...(proxied.place ? [settingRef(proxied.place, at)] : []),
            ...networks.map(n => ref(n, 'name', {value: n.name})),
          ],
        });
      }
    });
  },
});

/** Whether two names lead to the same networks of HNS; where neither leads to any, whether one holds the other. */
function leadToOne(networks: readonly HnsNetwork[], a: NamedNetwork, b: NamedNetwork): boolean {
  const [ofA, ofB] = [a, b].map(named => networks.filter(n => bearsName(n, named)).map(n => n.id));
  if (!ofA || !ofB || ofA.length + ofB.length === 0) return holds(a.name, b.name) || holds(b.name, a.name);
  return ofA.some(id => ofB.includes(id));
}

/** `Calico*` holds `Calico`. */
function holds(pattern: string, name: string): boolean {
  const [wanted, own] = [pattern.toLowerCase(), name.toLowerCase().replace(/\*$/, '')];
  return wanted.endsWith('*') ? own.startsWith(wanted.slice(0, -1)) : wanted === own;
}
