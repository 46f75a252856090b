import type {ExcludedRange, PortProtocol, PortRange} from '../../src/protocol/node-facts.ts';

/**
 * The range in `netsh interface ipv4 show dynamicport`. Its words are translated, its layout is not: two lines below a rule of
 * dashes end in the first port and in the number of ports.
 */
export function parseDynamicRange(output: string, protocol: PortProtocol): PortRange | undefined {
  const [start, count] = output
    .slice(Math.max(0, output.lastIndexOf('---')))
    .split(/\r?\n/)
    .flatMap(line => /(\d+)\s*$/.exec(line)?.[1] ?? []);
  return start === undefined || count === undefined
    ? undefined
    : {protocol, start: Number(start), count: Number(count)};
}

/** Ranges in `netsh interface ipv4 show excludedportrange`: lines of two numbers, and `*` where an administrator set it. */
export function parseExcludedRanges(output: string, protocol: PortProtocol): ExcludedRange[] {
  return [...output.matchAll(/^[ \t]*(\d+)[ \t]+(\d+)[ \t]*(\*?)[ \t\r]*$/gm)].map(
    ([, start, end, mark]) => ({
      protocol,
      start: Number(start),
      end: Number(end),
      administered: mark === '*',
    }),
  );
}
