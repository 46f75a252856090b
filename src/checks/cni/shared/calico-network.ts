import type {CustomObject} from '../../../kube/types.ts';
import type {Evidence} from '../../../snapshot/evidence.ts';
import {missing} from '../../../snapshot/evidence.ts';
import type {Outcome} from '../../define.ts';
import {fail, pass, ref, unknown} from '../../define.ts';

/** What Calico cannot do on Windows. */
export const CALICO_LIMITS =
  'https://docs.tigera.io/calico/latest/getting-started/kubernetes/windows-calico/limitations';

/** Whether Calico's IPAM keeps blocks to their nodes, as Windows needs. */
export function* calicoIpam(configs: Evidence<CustomObject[]>): Generator<Outcome> {
  const subject = {kind: 'IPAMConfig', name: 'default'};
  if (!configs.ok) {
    yield unknown(subject, 'calicoIpamConfigs', configs);
    return;
  }
  const config = configs.value.find(c => c.metadata.name === 'default');
  if (!config) {
    const detail =
      'no IPAMConfig named default is there; Calico then borrows addresses, unless its own datastore says otherwise';
    yield unknown(subject, 'calicoIpamConfigs', missing('unsupported', detail));
    return;
  }
  const strict = config.spec?.['strictAffinity'];
  if (strict === true) yield pass(config);
  else
    yield fail(config, {
      cause: 'calico strict affinity',
      message: `strictAffinity of Calico's IPAM is ${JSON.stringify(strict) ?? 'not set'}: Linux nodes borrow addresses from blocks of Windows nodes`,
      evidence: [ref(config, '/spec/strictAffinity', strict ?? null)],
      fix: ['`kubectl patch ipamconfigs default --type merge -p \'{"spec": {"strictAffinity": true}}\'`'],
    });
}

/** Whether the encapsulation of address pools for all nodes is one that Windows has; `backends` as Calico on Windows is set. */
export function* calicoPools(
  pools: Evidence<CustomObject[]>,
  backends: readonly string[],
): Generator<Outcome> {
  if (!pools.ok) return;
  for (const pool of pools.value) {
    const mode = (field: string): string => textOf(pool, field, 'Never');
    const [ipip, vxlan] = [mode('ipipMode'), mode('vxlanMode')];
    const selector = textOf(pool, 'nodeSelector', 'all()');
    // A pool with a selector of its own may be for Linux nodes only: that is not guessed at.
    if (selector !== 'all()' || pool.spec?.['disabled'] === true || textOf(pool, 'cidr', '').includes(':'))
      continue;
    const field = ipip !== 'Never' ? 'ipipMode' : vxlan === 'CrossSubnet' ? 'vxlanMode' : undefined;
    const value = field === 'ipipMode' ? ipip : vxlan;
    if (!field && backends.includes('vxlan') && vxlan !== 'Always')
      yield poolFail(pool, 'vxlanMode', `vxlanMode ${vxlan}, but Calico on Windows is set to vxlan`);
    else if (field) yield poolFail(pool, field, `${field} ${value}, which Calico on Windows does not have`);
    else yield pass(pool);
  }
}

function poolFail(pool: CustomObject, field: string, says: string): Outcome {
  return fail(pool, {
    cause: 'calico pool mode',
    message: `Address pool ${pool.metadata.name} has ${says}`,
    evidence: [ref(pool, `/spec/${field}`, pool.spec?.[field] ?? null)],
    fix: [
      `Set \`ipipMode: Never\`, and \`vxlanMode\` to \`Always\` or \`Never\` as Calico on Windows is set: \`kubectl edit ippools ${pool.metadata.name}\`.`,
      'Try it in a quiet hour: nodes change how they reach one another.',
    ],
    links: [CALICO_LIMITS],
  });
}

function textOf(object: CustomObject, field: string, otherwise: string): string {
  const value = object.spec?.[field];
  return typeof value === 'string' && value !== '' ? value : otherwise;
}
