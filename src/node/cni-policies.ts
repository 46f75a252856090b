import {policiesIn} from '../hns/policies.ts';
import type {HnsPolicy} from '../hns/model.ts';
import {isRecord} from '../kube/shape.ts';

/** A policy that a CNI configuration gives to every endpoint, and where it stands in the file. */
export interface CniPolicy extends HnsPolicy {
  readonly pointer: string;
}

/** Lists of endpoint policies, by the plug-in: `azure-vnet`, sdn* and win-* in v2, Calico and win-* in v1. Go takes any case. */
const LISTS: ReadonlySet<string> = new Set(['additionalargs', 'policies']);
/** Where a plug-in keeps the configuration of the one that it calls (flannel). */
const DELEGATE = 'delegate';

/** Reads the endpoint policies of a CNI configuration: its own, its plug-ins' and those of what they delegate to. */
export function cniPolicies(config: Readonly<Record<string, unknown>>, at = ''): CniPolicy[] {
  return Object.entries(config).flatMap(([key, value]) => {
    const pointer = `${at}/${key}`;
    if (key === DELEGATE && isRecord(value)) return cniPolicies(value, pointer);
    if (!Array.isArray(value)) return [];
    const items: unknown[] = value;
    if (key === 'plugins')
      return items.flatMap((item, i) => (isRecord(item) ? cniPolicies(item, `${pointer}/${i}`) : []));
    return LISTS.has(key.toLowerCase()) ? items.flatMap((item, i) => policyIn(item, `${pointer}/${i}`)) : [];
  });
}

/** `{"Name": "EndpointPolicy", "Value": {…}}`. */
function policyIn(item: unknown, pointer: string): CniPolicy[] {
  const value = isRecord(item) ? (item['Value'] ?? item['value']) : undefined;
  const key = isRecord(item) && Object.hasOwn(item, 'Value') ? 'Value' : 'value';
  return isRecord(value)
    ? policiesIn([value]).map(policy => ({...policy, pointer: `${pointer}/${key}`}))
    : [];
}
