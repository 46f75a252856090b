import {isRecord} from '../kube/shape.ts';
import type {Evidence} from '../snapshot/evidence.ts';
import {collected, missing} from '../snapshot/evidence.ts';
import type {ProbeLoss, Probing} from './evidence.ts';
import {gapShape, headShape, lossShape, probeShape, resultShape} from './shapes.ts';
import type {PlanGap, Probe, ProbeResult} from './types.ts';

/** Where a bundle has the plan and its results (CONTRACT §4). */
export const PROBES_FILE = 'kubectl-win/probes.jsonl';

const KIND = 'ProbePlan';
/** The head is the first line. */
const FIRST_PROBE_LINE = 2;

/** The line of the file, counted from 1, that has a probe of this position in its plan, with its result. */
export function lineOfProbe(position: number): number {
  return position + FIRST_PROBE_LINE;
}

/** Writes the file: a head, a line for each probe with its result, then what could not be planned and what was lost. */
export function writeProbing({plan, results, losses}: Probing): string {
  const byProbe = new Map(results.map(r => [r.probe, r]));
  const {probes, gaps, nodes, chanceToMiss} = plan;
  const lines: object[] = [
    {apiVersion: 'kubectl-win/v1', kind: KIND, nodes, chanceToMiss, probes: probes.length},
    ...probes.map(probe => {
      const {probe: _id, ...result} = byProbe.get(probe.id) ?? {probe: ''};
      return {...probe, result: byProbe.has(probe.id) ? result : null};
    }),
    ...gaps.map(gap => ({gap})),
    ...losses.map(loss => ({loss})),
  ];
  return lines.map(line => `${JSON.stringify(line)}\n`).join('');
}

/** Reads the file. What was cut short is partial, what is no such file `failed`; neither throws. */
export function readProbing(fileText: string, damage?: string): Evidence<Probing> {
  const [first = '', ...rest] = fileText.split('\n');
  const head = headShape(parse(first), '', undefined);
  if (head?.kind !== KIND) return missing('failed', `${PROBES_FILE} does not begin with a plan of probes`);
  const probes: Probe[] = [];
  const results: ProbeResult[] = [];
  const gaps: PlanGap[] = [];
  const losses: ProbeLoss[] = [];
  for (const line of rest) {
    const value = line === '' ? undefined : parse(line);
    if (!isRecord(value)) continue;
    const probe = probeShape(value, '', undefined);
    const result = probe && resultShape(value['result'], '', undefined);
    const gap = gapShape(value['gap'], '', undefined);
    const loss = lossShape(value['loss'], '', undefined);
    if (probe) probes.push(probe);
    if (probe && result) results.push({...result, probe: probe.id});
    if (gap) gaps.push(gap);
    if (loss) losses.push(loss);
  }
  const {nodes, chanceToMiss} = head;
  const short =
    probes.length < head.probes
      ? `${PROBES_FILE} has ${probes.length} of ${head.probes} probes`
      : // Each line ends with a line feed: what is cut short inside its last lines lacks gaps or losses.
        fileText.endsWith('\n')
        ? damage && `${PROBES_FILE}: ${damage}`
        : `${PROBES_FILE} is cut short`;
  return collected(
    {plan: {probes, gaps, nodes, chanceToMiss}, results, losses},
    short === undefined ? undefined : missing('failed', short),
  );
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
