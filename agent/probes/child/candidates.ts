import type {AgentOs} from '../../../src/protocol/names.ts';
import type {DnsSettings} from '../dns-settings.ts';

/**
 * Names that a resolver asks for in place of one, in its order. Linux: resolv.conf(5), by suffixes and `ndots`. Windows takes
 * every name with a dot as a full one, and gives suffixes to those without
 * (https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/#dns-windows).
 */
export function candidatesOf(
  name: string,
  {searches, ndots}: Pick<DnsSettings, 'searches' | 'ndots'>,
  os: AgentOs,
): string[] {
  if (name.endsWith('.')) return [name];
  const dots = name.split('.').length - 1;
  const longer = searches.map(suffix => `${name}.${suffix.replace(/\.$/, '')}`);
  if (os === 'windows') return dots > 0 || longer.length === 0 ? [name] : longer;
  return dots >= ndots ? [name, ...longer] : [...longer, name];
}
