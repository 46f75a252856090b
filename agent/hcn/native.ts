import {bindHnsCall, bindObject} from './bindings.ts';
import type {HnsCall, ObjectFunctions} from './bindings.ts';
import type {Out} from './call.ts';
import {checked, textOf} from './call.ts';
import {HcnError} from './errors.ts';
import type {HcnType} from './families.ts';
import {guidBytes} from './guid.ts';
import type {Hcn} from './hcn.ts';

/** HostComputeQuery without a filter (https://learn.microsoft.com/virtualization/api/hcn/hns_schema#HostComputeQuery). */
const QUERY = '{"SchemaVersion":{"Major":2,"Minor":0},"Flags":0}';
const HCN_E_GUID_CONVERSION_FAILURE = 0x803b_0019;

/** HCN through the DLLs of this Windows. A DLL is loaded when it is first asked, so that one may be missing. */
export function nativeHcn(): Hcn {
  const types = new Map<HcnType, ObjectFunctions>();
  let hnsCall: HnsCall | undefined;
  const of = (type: HcnType): ObjectFunctions => {
    const bound = types.get(type) ?? bindObject(type);
    types.set(type, bound);
    return bound;
  };
  return {
    enumerate: type => {
      const functions = of(type);
      return textOf(`HcnEnumerate${type}s`, (ids, error) => functions.enumerate(QUERY, ids, error));
    },
    open(type, id) {
      const method = `HcnOpen${type}`;
      const guid = guidBytes(id);
      if (!guid)
        throw new HcnError(method, HCN_E_GUID_CONVERSION_FAILURE, `HNS listed ${id}, which is no GUID`);
      const handle: Out<bigint> = [null];
      checked(method, error => of(type).open(guid, handle, error));
      if (handle[0] === null) throw new Error(`${method} answered success without a handle`);
      return handle[0];
    },
    properties: (type, handle) => {
      const functions = of(type);
      return textOf(`HcnQuery${type}Properties`, (text, error) =>
        functions.query(handle, QUERY, text, error),
      );
    },
    close: (type, handle) => checked(`HcnClose${type}`, () => of(type).close(handle)),
    get(path) {
      hnsCall ??= bindHnsCall();
      const call = hnsCall;
      // The response carries the error too.
      return textOf(`HNSCall GET ${path}`, (response, error) => {
        const hresult = call('GET', path, '', response);
        error[0] = response[0];
        return hresult;
      });
    },
  };
}
