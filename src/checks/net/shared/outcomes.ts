import type {Leg} from '../../../probes/types.ts';
import type {Tried} from '../../../probes/verdict.ts';
import {placeText, targetText, wordsOf} from '../../../probes/verdict.ts';
import {isAnswered} from '../../../probes/types.ts';
import {missing} from '../../../snapshot/evidence.ts';
import {count} from '../../../text/words.ts';
import type {Fail, Outcome, ProbeRef, Subject, SumUp} from '../../define.ts';
import {pass, unknown} from '../../define.ts';
import type {NetInput, Seen} from './seen.ts';
import {seenOf} from './seen.ts';

/** What was tried of a node's own connections. */
export interface FromNode {
  readonly node: string;
  readonly tried: readonly Tried[];
  readonly seen: Seen;
}

/** Judges what was tried node by node, by where it starts; a node whose probes have no result is unknown. */
export function* eachVantage(
  input: NetInput,
  legs: readonly Leg[],
  judge: (from: FromNode) => Iterable<Fail>,
): Generator<Outcome> {
  const seen = seenOf(input);
  const {only} = input;
  yield* lossesOf(seen, legs, only);
  for (const [node, tried] of seen.byNode(legs)) {
    if (only !== undefined && node !== only) continue;
    const fails = [...judge({node, tried, seen})];
    yield* fails;
    if (fails.length === 0) yield pass({kind: 'Node', name: node});
  }
}

/** Nodes whose probes of these legs came to nothing. */
export function* lossesOf(seen: Seen, legs: readonly Leg[], only?: string): Generator<Outcome> {
  for (const {node, reason, detail} of seen.lost(...legs))
    if (only === undefined || node === only)
      yield unknown({kind: 'Node', name: node}, 'probes', missing(reason, detail));
}

/** What is told of a connection that failed. */
export function failOf(
  tried: Tried,
  {subject, seen, ...more}: {subject: Subject; seen: Seen} & Partial<Omit<Fail, 'status' | 'subject'>>,
): Fail {
  const {probe} = tried;
  const workload = subject.kind === 'Pod' ? seen.workloadOf(subject) : undefined;
  return {
    status: 'fail',
    subject,
    node: probe.from.node,
    ...(workload !== undefined && {workload}),
    key: probe.id,
    cause: causeOf(tried),
    message: sentenceOf(tried),
    evidence: [refOf(tried)],
    ...more,
  };
}

/** What a probe goes to, as a subject. */
export function targetSubject({probe: {to}}: Tried): Subject {
  return {...to.of};
}

/** Whether somebody there said no, or nobody said anything; of IPv6 apart, as it fails by itself. */
export function causeOf({probe, result}: Tried): string {
  const what = isAnswered(result) ? 'refused' : 'no answer';
  return probe.to.host.includes(':') ? `${what} over IPv6` : what;
}

/** `Pod shop/web-0 on win-1 does not reach pod shop/api-1 (10.244.2.5:80): it does not answer in time`. */
export function sentenceOf({probe, result}: Tried): string {
  const fails = isAnswered(result)
    ? `it ${wordsOf(result.error)}, so the way there works and nothing serves that port`
    : `it ${wordsOf(result.error)}`;
  return `${placeText(probe)} does not get to ${targetText(probe.to)}: ${fails}`;
}

/** The place of a probe in the evidence, with what came of it. */
export function refOf({probe, result}: Tried): ProbeRef {
  return {probe: probe.id, pointer: '', value: result.ok ? 'ok' : (result.error ?? 'failed')};
}

/** Sums fails of one cause up: `12 connections to 3 pods fail, such as: …`. */
export function summedUp(noun: string): SumUp {
  return (fails, subjects) =>
    `${count(fails.length, 'connection')} to ${count(subjects, noun)} failed, such as: ${fails[0]?.message ?? ''}`;
}
