import {isRecord} from '../../../src/kube/shape.ts';
import {HcnError, UnsupportedError} from '../../hcn/errors.ts';
import type {Hcn} from '../../hcn/hcn.ts';
import {nativeHcn} from '../../hcn/native.ts';
import {isVanished, propertiesOf} from '../../hcn/queries.ts';
import {systemFunction, systemLibrary} from '../../hcn/library.ts';
import type {Entered} from './entered.ts';
import {EnterError} from './entered.ts';

/** What entering a compartment asks of Windows. */
export interface CompartmentPorts {
  readonly hcn: Hcn;
  /** `SetCurrentThreadCompartmentId`: 0, or an error of Windows. */
  readonly set: (compartment: number) => number;
  /** `GetCurrentThreadCompartmentId`. */
  readonly get: () => number;
}

/** This Windows. Throws `UnsupportedError` where it has no compartments. */
export function thisWindows(): CompartmentPorts {
  // https://learn.microsoft.com/windows/win32/api/netioapi/nf-netioapi-setcurrentthreadcompartmentid
  const iphlpapi = systemLibrary('iphlpapi.dll');
  return {
    hcn: nativeHcn(),
    set: systemFunction(iphlpapi, 'SetCurrentThreadCompartmentId', 'uint32', ['uint32']),
    get: systemFunction(iphlpapi, 'GetCurrentThreadCompartmentId', 'uint32', []),
  };
}

/** NET_IF_COMPARTMENT_ID_UNSPECIFIED and NET_IF_COMPARTMENT_ID_PRIMARY (ifdef.h): the host's. */
const HOST_COMPARTMENTS: ReadonlySet<number> = new Set([0, 1]);

/**
 * Enters the compartment of an HNS namespace with this thread, synchronously and before any socket exists: a socket belongs to
 * the compartment that its thread was in. The namespace is asked for its compartment before and after, as ids are given out
 * again. Throws an {@link EnterError}.
 */
export function enterCompartment(namespace: string, {hcn, set, get}: CompartmentPorts): Entered {
  const compartment = compartmentOf(namespace, hcn);
  if (HOST_COMPARTMENTS.has(compartment))
    throw new EnterError('failed', `namespace ${namespace} is in the host's own compartment`);
  const status = set(compartment);
  if (status !== 0)
    throw new EnterError('failed', `compartment ${compartment} cannot be entered (Windows error ${status})`);
  if (get() !== compartment)
    throw new EnterError('failed', `this thread is not in compartment ${compartment} after it entered it`);
  const gone = (): string | undefined => {
    try {
      const now = compartmentOf(namespace, hcn);
      return now === compartment ? undefined : `namespace ${namespace} has another compartment now`;
    } catch (error) {
      if (error instanceof EnterError) return error.message;
      throw error;
    }
  };
  const why = gone();
  if (why !== undefined) throw new EnterError('gone', why);
  return {way: 'compartment', gone};
}

/** `NamespaceId` is the compartment (https://learn.microsoft.com/virtualization/api/hcn/hns_schema#HostComputeNamespace). */
function compartmentOf(namespace: string, hcn: Hcn): number {
  const value: unknown = JSON.parse(textOf(namespace, hcn));
  const id = isRecord(value) ? value['NamespaceId'] : undefined;
  if (typeof id === 'number') return id;
  throw new EnterError('failed', `HNS does not say which compartment namespace ${namespace} has`);
}

function textOf(namespace: string, hcn: Hcn): string {
  try {
    return propertiesOf(hcn, 'Namespace', namespace);
  } catch (error) {
    if (error instanceof UnsupportedError) throw new EnterError('unsupported', error.message, error);
    if (error instanceof HcnError)
      throw new EnterError(isVanished(error) ? 'gone' : 'failed', error.message, error);
    throw error;
  }
}
