import test from 'ava';
import * as fc from 'fast-check';
import {probeTargets} from '../../../src/agent-manifests/targets.ts';
import {readPolicy, refusalOf} from '../../../src/probes/policy.ts';
import {holds, parseAddress, parseCidr} from '../../../src/kube/cidr.ts';

const NONE = {podNetworks: [], serviceNetworks: [], serviceAddresses: [], nodeAddresses: [], apiServers: []};

test('neighbouring pod networks become one, what others hold is left out', t => {
  const podNetworks = ['10.244.0.0/24', '10.244.1.0/24', '10.244.2.0/23', '10.244.3.0/24'];
  t.deepEqual(probeTargets({...NONE, podNetworks}), ['10.244.0.0/22']);
});

test('Service addresses count where the range is not known, and only then', t => {
  const serviceAddresses = ['10.96.0.1', 'None', 'fd00::1'];
  t.deepEqual(probeTargets({...NONE, serviceAddresses}), ['10.96.0.1/32', 'fd00::1/128']);
  t.deepEqual(probeTargets({...NONE, serviceAddresses, serviceNetworks: ['10.96.0.0/12']}), ['10.96.0.0/12']);
});

test('API servers outside of the cluster are allowed on their port alone, each once', t => {
  const apiServers = ['203.0.113.7:443', '203.0.113.7:443', '[2001:db8::7]:443'];
  const targets = probeTargets({...NONE, podNetworks: ['10.244.0.0/16'], apiServers});
  t.deepEqual(targets, ['10.244.0.0/16', '203.0.113.7:443', '[2001:db8::7]:443']);
  const policy = readPolicy(targets);
  const judge = (host: string, port: number) => refusalOf(policy, {host, port, dnsServers: []});
  t.is(judge('203.0.113.7', 443), undefined);
  t.is(judge('2001:db8::7', 443), undefined);
  t.is(judge('203.0.113.7', 22), 'outside');
});

test('joined networks hold exactly the addresses that the networks held', t => {
  const network = fc
    .tuple(fc.integer({min: 0, max: 255}), fc.integer({min: 0, max: 255}), fc.integer({min: 20, max: 32}))
    .map(([c, d, bits]) => `10.1.${c}.${d}/${bits}`);
  const probe = fc.tuple(fc.integer({min: 0, max: 255}), fc.integer({min: 0, max: 255}));
  fc.assert(
    fc.property(
      fc.array(network, {maxLength: 12}),
      fc.array(probe, {maxLength: 20}),
      (podNetworks, probes) => {
        const joined = probeTargets({...NONE, podNetworks});
        t.true(joined.length <= podNetworks.length);
        for (const [c, d] of probes) {
          const address = parseAddress(`10.1.${c}.${d}`) ?? 0;
          t.is(isIn(joined, address), isIn(podNetworks, address));
        }
      },
    ),
  );
});

function isIn(networks: readonly string[], address: number): boolean {
  return networks.some(text => {
    const cidr = parseCidr(text);
    return cidr !== undefined && holds(cidr, address);
  });
}
