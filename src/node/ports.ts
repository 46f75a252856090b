import {fields, integer, isRecord} from '../kube/shape.ts';

/** `net/ports.json` (CONTRACT §4.2), of TCP; what the node did not tell is absent. */
export interface NodePorts {
  dynamicRange?: {start?: number; count?: number};
  /** Free blocks of 64 ports, which load balancers without DSR take: an upper bound. */
  freeBlocks64?: number;
  /** Different ports of the dynamic range that have a socket. */
  used?: number;
}

const shape = fields<NodePorts>({
  dynamicRange: fields({start: integer, count: integer}),
  freeBlocks64: integer,
  used: integer,
});

/** Reads `net/ports.json`. */
export function readPorts(value: unknown): NodePorts | undefined {
  return isRecord(value) ? shape(value, '', undefined) : undefined;
}
