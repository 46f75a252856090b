import type {Node} from '../../../kube/types.ts';

/** Internal addresses of a node, with their places in its status. */
export function internalIps({status}: Node): {address: string; position: number}[] {
  return (status.addresses ?? []).flatMap(({type, address}, position) =>
    type === 'InternalIP' ? [{address, position}] : [],
  );
}
