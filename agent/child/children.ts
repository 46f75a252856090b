import {UsageError} from '../config/usage.ts';
import type {FamilyName} from '../hcn/families.ts';
import {FAMILY_NAMES} from '../hcn/families.ts';
import type {Child} from './child.ts';
import {CHILD} from './names.ts';

/** Children by name; each is loaded when it runs, so that none loads what another one needs. */
export const CHILDREN: ReadonlyMap<string, () => Promise<Child>> = new Map<string, () => Promise<Child>>([
  ...FAMILY_NAMES.map(family => [`hns.${family}`, hns(family)] as const),
  ['hcs.systems', async () => (await import('../hcs/systems.ts')).systemsChild],
  [CHILD.logMonitor, async () => (await import('../logmonitor/child.ts')).logMonitorChild],
  [CHILD.volumes, async () => (await import('../volumes/child.ts')).volumesChild],
  [CHILD.probe, async () => (await import('../probes/child/child.ts')).probeChild],
  [CHILD.windows, async () => (await import('../win32/child.ts')).windowsChild],
]);

/** Does the work of a child. Throws a {@link UsageError} where nobody but this program itself can have started it. */
export async function runChildNamed([name = '']: readonly string[]): Promise<void> {
  const load = CHILDREN.get(name);
  if (!load) throw new UsageError('this program starts its child processes itself');
  const work = await load();
  await work();
}

function hns(family: FamilyName): () => Promise<Child> {
  return async () => (await import('../hcn/native-child.ts')).hnsChild(family);
}
