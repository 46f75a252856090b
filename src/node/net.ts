import type {Fields, Reader} from '../kube/shape.ts';
import {fieldOf, itemsOf} from './items.ts';
import {fields, integer, list, text} from '../kube/shape.ts';
import type {Indexed} from './items.ts';

/** Compartment of the host (NET_IF_COMPARTMENT_ID_PRIMARY of netioapi.h); each pod has another. */
export const HOST_COMPARTMENT = 1;

/** What adapters and routes are joined by. */
interface OfInterface {
  /** Interface index, which only the compartment makes unique. */
  interface?: number;
  compartment: number;
}

/** An adapter of the host or of a pod (`net/adapters.json`, CONTRACT §4.2). */
export interface NodeAdapter extends OfInterface {
  /** As Windows shows it, in the node's language where Windows named it: `vEthernet (Ethernet)`. */
  name: string;
  description?: string;
  /** `00-15-5d-01-02-03`. */
  mac?: string;
  mtu?: number;
  /** `up`, `down`, … (RFC 2863 ifOperStatus). */
  status?: string;
  /** `10.0.0.1/24`. */
  addresses: string[];
  gateways: string[];
  dns: string[];
}

/** A route of the host or of a pod (`net/routes.json`, CONTRACT §4.2). */
export interface NodeRoute extends OfInterface {
  /** `10.0.0.0/8`. */
  destination: string;
  /** `0.0.0.0` or `::` where it is on the link. */
  nextHop: string;
  metric?: number;
}

const adapter = ofInterface<NodeAdapter>(
  {
    name: text,
    description: text,
    mac: text,
    mtu: integer,
    status: text,
    addresses: list(text),
    gateways: list(text),
    dns: list(text),
    compartment: integer,
  },
  {name: '', addresses: [], gateways: [], dns: [], compartment: HOST_COMPARTMENT},
);

const route = ofInterface<NodeRoute>(
  {destination: text, nextHop: text, metric: integer, compartment: integer},
  {destination: '', nextHop: '', compartment: HOST_COMPARTMENT},
);

/** Reads `net/adapters.json`. */
export function readAdapters(value: unknown): Indexed<NodeAdapter>[] | undefined {
  return Array.isArray(value) ? itemsOf(value, adapter, ({name}) => name !== '') : undefined;
}

/** Reads `net/routes.json`. */
export function readRoutes(value: unknown): Indexed<NodeRoute>[] | undefined {
  return Array.isArray(value) ? itemsOf(value, route, ({destination}) => destination !== '') : undefined;
}

/** `index` is the file's word for the interface, and ours for a place in a file. */
function ofInterface<T extends OfInterface>(
  readers: Fields<Omit<T, 'interface'>>,
  defaults: Partial<Omit<T, 'interface'>>,
): Reader<Omit<T, 'interface'> & Pick<OfInterface, 'interface'>> {
  const shape = fields<Omit<T, 'interface'>>(readers, defaults);
  return value => {
    const read = shape(value, '', undefined);
    const index = integer(fieldOf(value, 'index'), '', undefined);
    return read && {...read, ...(index !== undefined && {interface: index})};
  };
}
