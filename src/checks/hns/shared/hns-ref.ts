import type {HnsEndpoint} from '../../../hns/model.ts';
import {hnsPlace} from '../../../hns/place.ts';
import type {HnsKind, HnsKinds} from '../../../hns/readings.ts';
import type {FileRef} from '../../define.ts';
import type {SeenNode} from '../../each-node.ts';

/** Makes places in the answers of one node's HNS. */
export type HnsRefs<K extends HnsKind> = (
  object: HnsKinds[K],
  field?: keyof HnsKinds[K] & string,
  more?: {index?: number; value?: unknown},
) => FileRef;

/** Makes places in the answers of one node's HNS: in the file of the generation that says the thing. */
export function hnsRefs<K extends HnsKind>(at: SeenNode<never>['at'], kind: K): HnsRefs<K> {
  return (object, field, {index, value} = {}) => {
    const {file, pointer} = hnsPlace(kind, object, field, index);
    return at(file, pointer, value);
  };
}

/** Points at an address of an endpoint, the first unless another is named, with its value. */
export function ipRef(ref: HnsRefs<'endpoints'>, endpoint: HnsEndpoint, position = 0): FileRef {
  const value = endpoint.ips[position];
  const place = ref(endpoint, 'ips');
  const isV1 = place.pointer.endsWith('/IPAddress');
  if (!isV1) return {...place, pointer: `${place.pointer}/${position}/IpAddress`, value};
  const pointer =
    value?.includes(':') === true ? place.pointer.replace(/IPAddress$/, 'IPv6Address') : place.pointer;
  return {...place, pointer, value};
}
