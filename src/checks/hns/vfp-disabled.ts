import {forwardsByOvs} from '../../hns/cni-network.ts';
import {replacementOf} from '../../kube-proxy/replaced.ts';
import {valueOn} from '../../node/on-node.ts';
import {missing} from '../../snapshot/evidence.ts';
import {list} from '../../text/words.ts';
import {defineCheck, fail, pass, skip, unknown} from '../define.ts';
import {eachNode} from '../each-node.ts';
import {vfpOf} from './shared/extensions.ts';
import {hnsRefs} from './shared/hns-ref.ts';

/** Networks whose policies VFP carries out; NAT has none. */
const BY_VFP: ReadonlySet<string> = new Set(['overlay', 'l2bridge', 'l2tunnel']);

export default defineCheck({
  id: 'HNS003',
  name: 'vfp-disabled',
  severity: 'error',
  since: '0.1.0',
  title: 'VFP is off on a pod network',
  evidence: ['N'],
  needs: ['nodes', 'node.hns.networks'],
  wants: ['node.services'],
  perNode: true,
  docs: {
    what: 'The extensions of the virtual switch of each overlay, L2Bridge and L2Tunnel network. The Virtual Filtering Platform, known by its id, must be among them and enabled. Networks on which Open vSwitch is enabled, and nodes with eBPF for Windows, are left out: they stand in for VFP there.',
    why: 'VFP carries out load balancers, network policies, encapsulation and outbound NAT. Without it HNS shows all of them, and none of them works.',
    fix: [
      'See whether the driver is there: `Get-Service vfpext` and `vfpctrl /list-vmswitch-port` on the node.',
      'Another product that filters the switch (a firewall, a packet capture) may have turned it off: look at `Get-VMSwitch | Get-VMSwitchExtension`, and turn VFP on by `Enable-VMSwitchExtension`. Connections of the node’s pods break for a moment.',
      'Drain the node, and make its networks anew: delete the network, and restart the CNI’s agent. Every pod of the node loses its network until it is made anew.',
    ],
    links: [
      'https://learn.microsoft.com/virtualization/windowscontainers/container-networking/architecture',
      'https://github.com/projectcalico/calico/issues/9120',
    ],
  },
  *run(input) {
    const {wants} = input;
    yield* eachNode(input, ['node.hns.networks'], function* ({node, facts, at, gap}) {
      // Of a part of what HNS has nothing follows from what is not there.
      if (gap) {
        yield pass(node);
        return;
      }
      const {name} = node.metadata;
      const services = valueOn(wants['node.services'], name);
      const replaced = replacementOf({networks: undefined, services});
      if (replaced !== undefined) {
        yield skip(replaced);
        return;
      }
      const networks = facts['node.hns.networks'].filter(n => BY_VFP.has(n.type) && !forwardsByOvs(n));
      if (networks.length === 0) {
        yield skip('no network that VFP serves');
        return;
      }
      const told = networks.filter(n => vfpOf(n) !== undefined);
      const off = told.filter(n => vfpOf(n) !== 'enabled');
      const ref = hnsRefs(at, 'networks');
      if (off.length > 0) {
        yield fail(node, {
          cause: 'VFP off',
          message: `VFP is ${off.every(n => vfpOf(n) === 'absent') ? 'missing' : 'disabled'} on ${list(off.map(n => `\`${n.name}\``))} of ${name}`,
          evidence: off.map(n => ref(n, 'extensions')),
        });
      } else if (told.length === 0) {
        yield unknown(
          node,
          'node.hns.networks',
          missing('unsupported', 'HNS does not tell the extensions of its switches'),
        );
      } else yield pass(node);
    });
  },
});
