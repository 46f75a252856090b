import type {HnsKind} from '../../hns/readings.ts';
import type {RawObject} from '../../hns/values.ts';
import {field, guidOf} from '../../hns/values.ts';
import type {HnsText} from './text.ts';

/**
 * The objects of one kind in a text, each once: collectlogs.ps1 writes a table and then the same objects as JSON. What says most of
 * an object counts, and rows without an id are left out where others have one. What a text breaks off in is left out, too, for the
 * fields that it lacks are not those that HNS lacks.
 */
export function objectsOfKind({objects, cuts}: HnsText, kind: HnsKind): RawObject[] {
  const whole = cuts.some(cut => cut.why === 'ended') ? objects.slice(0, -1) : objects;
  const found = whole.filter(object => object.kind === kind).map(({raw}) => raw);
  const byId = Map.groupBy(found, raw => guidOf(field(raw, 'ID', 'Id', 'NamespaceGuid')) ?? '');
  if (byId.size === 1 && byId.has('')) return found;
  byId.delete('');
  return [...byId.values()].flatMap(same => richest(same));
}

/** Of the objects with one GUID those with the most fields: of a table and JSON the JSON, and both of two that are doubled. */
function richest(same: readonly RawObject[]): RawObject[] {
  const most = Math.max(...same.map(raw => Object.keys(raw).length));
  return same.filter(raw => Object.keys(raw).length === most);
}
