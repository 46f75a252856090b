import {fields, flag, integer, isRecord, text} from '../kube/shape.ts';
import type {Indexed} from './items.ts';
import {itemsOf} from './items.ts';

/** Ports that nobody may take on his own; both ends are among them. */
export interface ExcludedPorts {
  protocol: string;
  start: number;
  end: number;
  /** Set by an administrator, or by HNS for a load balancer. */
  administered: boolean;
}

/** `net/ports.json` (CONTRACT §4.2), of TCP; what the node did not tell is absent. */
export interface NodePorts {
  dynamicRange?: {start?: number; count?: number};
  /** Free blocks of 64 ports, which load balancers without DSR take: an upper bound. */
  freeBlocks64?: number;
  /** Different ports of the dynamic range that have a socket. */
  used?: number;
  excludedRanges?: Indexed<ExcludedPorts>[];
}

const excludedShape = fields<ExcludedPorts>(
  {protocol: text, start: integer, end: integer, administered: flag},
  {protocol: 'tcp', start: 0, end: 0, administered: false},
);

const shape = fields<NodePorts>({
  dynamicRange: fields({start: integer, count: integer}),
  freeBlocks64: integer,
  used: integer,
  excludedRanges: value => (Array.isArray(value) ? itemsOf(value, excludedShape) : undefined),
});

/** Reads `net/ports.json`. */
export function readPorts(value: unknown): NodePorts | undefined {
  return isRecord(value) ? shape(value, '', undefined) : undefined;
}
