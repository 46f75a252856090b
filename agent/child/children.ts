import type {Child} from './child.ts';
import type {FamilyName} from '../hcn/families.ts';
import {FAMILY_NAMES} from '../hcn/families.ts';
import {LOG_MONITOR_CHILD} from '../logmonitor/collector.ts';
import {VOLUMES_CHILD} from '../volumes/collector.ts';
import {PROBE_CHILD} from '../probes/child-setup.ts';
import {WINDOWS_CHILD} from '../win32/helper.ts';

/** Children by name; each is loaded when it runs, so that the server itself loads no native library. */
export const CHILDREN: ReadonlyMap<string, () => Promise<Child>> = new Map<string, () => Promise<Child>>([
  ...FAMILY_NAMES.map(family => [`hns.${family}`, hns(family)] as const),
  ['hcs.systems', async () => (await import('../hcs/systems.ts')).systemsChild],
  [LOG_MONITOR_CHILD, async () => (await import('../logmonitor/child.ts')).logMonitorChild],
  [VOLUMES_CHILD, async () => (await import('../volumes/child.ts')).volumesChild],
  [PROBE_CHILD, async () => (await import('../probes/child/child.ts')).probeChild],
  [WINDOWS_CHILD, async () => (await import('../win32/child.ts')).windowsChild],
]);

function hns(family: FamilyName): () => Promise<Child> {
  return async () => (await import('../hcn/native-child.ts')).hnsChild(family);
}
