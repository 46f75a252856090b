import {HcnError} from '../../agent/hcn/errors.ts';
import type {HcnType} from '../../agent/hcn/families.ts';
import type {Hcn} from '../../agent/hcn/hcn.ts';

/** What a recorded service answers. */
export interface Recording {
  /** Objects by kind and id: their JSON, or the HRESULT that opening (`open`) or asking them (`query`) ends with. */
  objects?: Partial<Record<HcnType, Record<string, string | {open: number} | {query: number}>>>;
  /** Kinds whose enumeration fails. */
  enumerate?: Partial<Record<HcnType, number>>;
  /** Responses by path. */
  v1?: Record<string, string>;
}

/** A Host Compute Network service that answers from a recording and counts what is open. */
export function recordedHcn({
  objects = {},
  enumerate = {},
  v1 = {},
}: Recording): Hcn & {opened: number; closed: number} {
  const ids: string[] = [];
  const hcn = {
    opened: 0,
    closed: 0,
    enumerate(type: HcnType) {
      const hresult = enumerate[type];
      if (hresult !== undefined) throw new HcnError(`HcnEnumerate${type}s`, hresult, null);
      return JSON.stringify(Object.keys(objects[type] ?? {}));
    },
    open(type: HcnType, id: string) {
      const object = objects[type]?.[id];
      if (typeof object === 'object' && 'open' in object)
        throw new HcnError(`HcnOpen${type}`, object.open, null);
      hcn.opened++;
      return BigInt(ids.push(id));
    },
    properties(type: HcnType, handle: bigint) {
      const id = ids[Number(handle) - 1] ?? '';
      const object = objects[type]?.[id];
      if (typeof object === 'string') return object;
      throw new HcnError(
        `HcnQuery${type}Properties`,
        object && 'query' in object ? object.query : 0x8000_4005,
        null,
      );
    },
    close() {
      hcn.closed++;
    },
    get(path: string) {
      const response = v1[path];
      if (response === undefined) throw new HcnError(`HNSCall GET ${path}`, 0x8007_0490, null);
      return response;
    },
  };
  return hcn;
}
