import type {ExecutionContext} from 'ava';
import type {TriedItem} from '../../../src/report/probes/lists.ts';
import type {Run} from '../../helpers/cli.ts';
import {win} from '../../helpers/cli.ts';
import type {TestLab} from '../lab.ts';
import {Breaker} from './breaker.ts';
import type {NetFault} from './fault.ts';
import type {Topology} from './topology.ts';

/** A finding as `net check -o json` prints it. */
export interface Told {
  readonly id: string;
  readonly severity: string;
  readonly message: string;
  readonly causedBy: readonly string[];
  readonly subjects: readonly {readonly kind: string; readonly namespace?: string; readonly name: string}[];
}

/** What `net check -o json` prints, as far as tests look. */
export interface Checked {
  readonly items: readonly TriedItem[];
  readonly findings: readonly Told[];
  readonly verdict: string;
  readonly checklist: readonly {readonly id: string; readonly state: string; readonly expected: number}[];
  readonly unknown: readonly {
    readonly detail: string;
    readonly subjects: readonly {readonly name: string}[];
  }[];
}

/** Runs a `net` command against the lab. */
export function net(lab: TestLab, ...args: string[]): Promise<Run> {
  return win(['net', ...args], '', {KUBECONFIG: lab.kubeconfigs.admin});
}

/** Runs `net check` against the lab. */
export async function check(
  lab: TestLab,
  ...flags: readonly string[]
): Promise<Checked & {code: number | null}> {
  const {code, stdout, stderr} = await net(lab, 'check', '-o', 'json', ...flags);
  if (stdout === '') throw new Error(stderr);
  // Its schema has a test of its own.
  return {...(JSON.parse(stdout) as Checked), code};
}

/** What is wrong, by the words of its findings; nothing is all well. */
export function wrongIn({findings}: Checked): string[] {
  return findings
    .filter(f => f.severity !== 'info')
    .map(f => `${f.causedBy.length > 0 ? '-> ' : ''}${f.id} ${namesOf(f).join(' ')}: ${f.message}`);
}

/** Whether a fault that is injected is found, and nothing else as a cause; it is mended whatever comes of it. */
export async function findsFault(
  t: ExecutionContext,
  {lab, topology}: {lab: TestLab; topology: Topology},
  fault: NetFault,
): Promise<void> {
  const breaker = new Breaker(lab, topology);
  try {
    await fault.inject(breaker);
    tellsFault(t, await check(lab, ...(fault.flags ?? [])), fault);
  } finally {
    await breaker.mend();
  }
}

/** Whether a fault was told as it is, and nothing else as a cause. */
function tellsFault(t: ExecutionContext, checked: Checked, {expect}: NetFault): void {
  const {id, leg, subject, message, beside = []} = expect;
  const causes = checked.findings.filter(f => f.severity !== 'info' && f.causedBy.length === 0);
  const own = causes.filter(f => f.id === id);
  const told =
    own.find(f => message.test(f.message) && namesOf(f).every(name => subject.test(name))) ?? own[0];
  const names = told ? namesOf(told) : [];
  const legs = new Set(checked.items.filter(i => isBad(i)).map(i => i.leg));
  const others = causes.filter(f => f.id !== id && !beside.includes(f.id));
  const isTold =
    told !== undefined &&
    names.length > 0 &&
    names.every(name => subject.test(name)) &&
    message.test(told.message) &&
    legs.has(leg) &&
    others.length === 0;
  if (!isTold) t.log([checked.verdict, ...wrongIn(checked), `legs: ${[...legs].join(' ')}`].join('\n'));
  t.is(told?.id, id);
  t.deepEqual(
    names.filter(name => !subject.test(name)),
    [],
  );
  t.regex(told?.message ?? '', message);
  t.true(legs.has(leg), `no probe of ${leg} failed`);
  t.deepEqual(
    others.map(f => f.id),
    [],
  );
}

/** Failed, lost a try, or took a second. */
function isBad({result}: TriedItem): boolean {
  return (
    result !== null && (!result.ok || result.lost > 0 || (result.slowestMs ?? result.ms ?? 0) >= SLOW_MS)
  );
}

const SLOW_MS = 1000;

function namesOf({subjects}: Told): string[] {
  return subjects.map(({kind, namespace, name}) => [kind, namespace, name].filter(Boolean).join('/'));
}
