/** Ports of TCP, by the names that `net/ports.json` has (CONTRACT §4.2). */
export interface PrintedPorts {
  freeBlocks64?: number;
  dynamicRange?: {start: number; count: number};
  excludedRanges?: {protocol: 'tcp'; start: number; end: number; administered: boolean}[];
}

const RANGE = /^\s*(\d{1,5})\s+(\d{1,5})\s*(\*)?\s*$/;

/**
 * Reads `netsh int ipv4 show excludedportrange`: two columns, and a star behind what an administrator set. A second table is of UDP.
 * Undefined where there is no table.
 */
export function readExcludedPorts(text: string): PrintedPorts | undefined {
  const [, first] = text.split(/^-+ +-+ *$/m);
  if (first === undefined) return undefined;
  const excludedRanges = first.split(/\r?\n/).flatMap(line => {
    const [, start, end, star] = RANGE.exec(line) ?? [];
    return start === undefined || end === undefined
      ? []
      : [{protocol: 'tcp' as const, start: Number(start), end: Number(end), administered: star === '*'}];
  });
  return {excludedRanges};
}

/** Reads `netsh int ipv4 show dynamicportrange`: the first port and how many, of TCP before UDP. */
export function readDynamicPorts(text: string): PrintedPorts | undefined {
  const [start, count] = [...text.matchAll(/:\s*(\d{1,5})\s*$/gm)].map(m => Number(m[1]));
  return start === undefined || count === undefined ? undefined : {dynamicRange: {start, count}};
}

/** Reads `reservedports.txt` of collectlogs.ps1 (microsoft/SDN), which says in English how many blocks of 64 ports are free. */
export function readReservedPorts(text: string): PrintedPorts | undefined {
  if (text.includes('Running out of ephemeral ports')) return {freeBlocks64: 0};
  const [, blocks] = /up to (\d{1,5}) allocations of 64 contiguous/.exec(text) ?? [];
  return blocks === undefined ? undefined : {freeBlocks64: Number(blocks)};
}
