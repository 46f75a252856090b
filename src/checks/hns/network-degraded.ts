import {defineCheck, fail, pass, skip, unknown} from '../define.ts';
import {eachNode} from '../each-node.ts';
import {hnsRefs} from './shared/hns-ref.ts';
import {KUBE_PROXY_WANTS, kubeProxyOn} from './shared/kube-proxy-on.ts';
import {podNetworks} from './shared/pod-networks.ts';
import {v1Gap} from './shared/v1-gap.ts';

const CREATED = 1;
const WORDS: Readonly<Record<number, string>> = {0: 'not initialised', 2: 'degraded', 3: 'destroyed'};

export default defineCheck({
  id: 'HNS004',
  name: 'network-degraded',
  severity: 'error',
  since: '0.1.0',
  title: 'The pod network of nodes is degraded',
  evidence: ['N'],
  needs: ['nodes', 'node.hns.networks', 'node.cni'],
  wants: [...KUBE_PROXY_WANTS, 'node.hns'],
  perNode: true,
  docs: {
    what: 'The state of the HNS networks that CNI or kube-proxy name on each Windows node: it must be 1 (created). Only the older generation of HNS’s answers has states; where it is missing the check is unknown.',
    why: 'HNS could not set the network up, or lost its adapter: new pods get no endpoint, and those that run may lose theirs.',
    fix: [
      'See why: the channel Microsoft-Windows-Host-Network-Service-Admin, and `LastErrorCode` in `Health` (`kubectl win hns networks --node NODE -o json`). `kubectl win explain CODE` says what a code means.',
      'See whether the adapter below it is up and has its old name: `Get-NetAdapter` on the node.',
      'Drain the node, delete the network (`Get-HnsNetwork | Where-Object Name -eq NAME | Remove-HnsNetwork`) and restart the CNI’s agent, which makes it anew. All pods of the node must be made anew.',
    ],
    links: [
      'https://learn.microsoft.com/virtualization/windowscontainers/container-networking/architecture',
      'https://learn.microsoft.com/virtualization/windowscontainers/kubernetes/common-problems',
    ],
  },
  *run(input) {
    const {wants} = input;
    yield* eachNode(input, ['node.hns.networks', 'node.cni'], function* ({node, facts, at}) {
      const {name} = node.metadata;
      const proxied = kubeProxyOn(node, wants).networkName?.value;
      const {networks} = podNetworks(facts['node.hns.networks'], facts['node.cni'], proxied);
      if (networks.length === 0) {
        yield skip('HNS has no network that CNI or kube-proxy name');
        return;
      }
      const bad = networks.filter(n => n.state !== undefined && n.state !== CREATED);
      const ref = hnsRefs(at, 'networks');
      const [first] = bad;
      if (first?.state !== undefined) {
        const code =
          first.lastError === undefined ? '' : `, last error 0x${(first.lastError >>> 0).toString(16)}`;
        yield fail(node, {
          cause: `state ${first.state}`,
          message: `Network \`${first.name}\` of ${name} is ${WORDS[first.state] ?? 'in an unknown state'} (state ${first.state}${code})`,
          evidence: bad.map(n => ref(n, 'state', {value: n.state})),
        });
      } else if (networks.some(n => n.state !== undefined)) yield pass(node);
      else yield unknown(node, 'node.hns', v1Gap(wants['node.hns'], name, 'networks'));
    });
  },
});
