import {isRecord} from '../kube/shape.ts';
import {readJson} from '../node/json.ts';
import type {HnsPolicy, HnsRoute} from './model.ts';
import type {RawObject} from './values.ts';
import {NONE, field, itemsIn, known, numberIn, objectsIn, textOf} from './values.ts';

/** Types of policies that v2 calls otherwise (https://github.com/microsoft/hcsshim/blob/main/hcn/hcnpolicy.go). */
const TYPES: ReadonlyMap<string, string> = new Map([
  ['ROUTE', 'SDNRoute'],
  ['NAT', 'PortMapping'],
  ['PA', 'ProviderAddress'],
]);

/** Settings that v2 calls otherwise. */
const SETTINGS: ReadonlyMap<string, string> = new Map([
  ['ExceptionList', 'Exceptions'],
  ['VIP', 'VirtualIP'],
  ['PA', 'ProviderAddress'],
]);

/** A policy that is no object: its place in the list stays taken, so that positions are those of the file. */
const NO_POLICY: HnsPolicy = {type: '', settings: {}};

/** Reads policies, as many as the list has items: v1 has the settings beside the type, v2 below `Settings`. */
export function policiesIn(value: unknown): readonly HnsPolicy[] {
  const items = itemsIn(value);
  return items.length === 0 ? NONE : items.map(item => (isRecord(item) ? policyOf(item) : NO_POLICY));
}

function policyOf(raw: RawObject): HnsPolicy {
  const type = textOf(raw['Type']) ?? '';
  const {Type: _, Settings: settings, ...flat} = raw;
  return {type: TYPES.get(type) ?? type, settings: renamed(settingsOf(settings) ?? flat)};
}

/** Settings are an object; some answers have them as JSON in a text. */
function settingsOf(value: unknown): RawObject | undefined {
  if (isRecord(value)) return value;
  const parsed = typeof value === 'string' ? readJson(value).value : undefined;
  return isRecord(parsed) ? parsed : undefined;
}

function renamed(settings: RawObject): RawObject {
  if (!Object.keys(settings).some(key => SETTINGS.has(key))) return settings;
  return Object.fromEntries(
    Object.entries(settings).map(([key, value]) => [SETTINGS.get(key) ?? key, value]),
  );
}

/** A setting of the first policy of a type that has it. */
export function settingOf(policies: readonly HnsPolicy[], type: string, ...names: string[]): unknown {
  for (const policy of policies) {
    if (policy.type.toLowerCase() !== type.toLowerCase()) continue;
    const value = field(policy.settings, ...names);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** Reads routes of endpoints and subnets. */
export function routesIn(value: unknown): readonly HnsRoute[] {
  const items = objectsIn(value);
  if (items.length === 0) return NONE;
  return items.map(raw =>
    known<HnsRoute>({
      destination: textOf(raw['DestinationPrefix']) ?? '',
      nextHop: textOf(raw['NextHop']) ?? '',
      metric: numberIn(raw['Metric']),
    }),
  );
}

/** Next hops of the routes to everywhere. */
export function defaultHops(routes: readonly HnsRoute[]): readonly string[] {
  const found = routes.filter(r => r.nextHop !== '' && /^(?:0\.0\.0\.0|::)\/0$/.test(r.destination));
  return found.length === 0 ? NONE : found.map(r => r.nextHop);
}
