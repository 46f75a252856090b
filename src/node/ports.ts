import {fields, integer, isRecord, text} from '../kube/shape.ts';
import {itemsOf} from './items.ts';

/** `net/ports.json` (CONTRACT §4.2). */
export interface NodePorts {
  dynamicRange?: {protocol?: string; start?: number; count?: number};
  excluded: {protocol?: string; start?: number; end?: number; administered?: boolean}[];
  /** Free blocks of 64 ports, which load balancers and outbound NAT take. */
  freeBlocks64?: number;
  /** Dynamic ports in use, where the agent counts them. */
  used?: number;
}

const range = fields<NonNullable<NodePorts['dynamicRange']>>({
  protocol: text,
  start: integer,
  count: integer,
});
const exclusion = fields<NodePorts['excluded'][number]>({
  protocol: text,
  start: integer,
  end: integer,
  administered: (value: unknown) => (typeof value === 'boolean' ? value : undefined),
});

/** Reads `net/ports.json`. */
export function readPorts(value: unknown): NodePorts | undefined {
  if (!isRecord(value)) return undefined;
  const dynamicRange = range(value['dynamicRange'], '', undefined);
  const freeBlocks64 = integer(value['freeBlocks64'], '', undefined);
  const used = integer(value['used'], '', undefined);
  return {
    ...(dynamicRange && {dynamicRange}),
    excluded: itemsOf(value['excludedRanges'], exclusion),
    ...(freeBlocks64 !== undefined && {freeBlocks64}),
    ...(used !== undefined && {used}),
  };
}
