import type {HnsNetwork} from '../../../hns/model.ts';

/** Azure VFP Switch Extension, by build: to 17763 and from 20348 on. Names of extensions are localised. */
const VFP: ReadonlySet<string> = new Set([
  'e9b59cfa-2be1-4b21-828f-b6fbdbddc017',
  'f74f241b-440f-4433-bb28-00f89ead20d8',
]);
/** What a network's virtual switch says of VFP; undefined where the answer names no extensions. */
export function vfpOf({extensions}: HnsNetwork): 'enabled' | 'disabled' | 'absent' | undefined {
  if (extensions.length === 0) return undefined;
  const vfp = extensions.filter(e => VFP.has(e.id));
  if (vfp.length === 0) return 'absent';
  return vfp.some(e => e.enabled) ? 'enabled' : 'disabled';
}
