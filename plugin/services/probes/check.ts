import {NET_SCHEDULE} from '../../../src/agent-manifests/net-schedule.ts';
import {NET_CHECKS} from '../../../src/checks/profiles.ts';
import {netInputOf} from '../../../src/checks/net/shared/input.ts';
import {seenOf} from '../../../src/checks/net/shared/seen.ts';
import {checklistOf} from '../../../src/probes/checklist.ts';
import type {StepOutcome} from '../../../src/probes/checklist.ts';
import type {Probing} from '../../../src/probes/evidence.ts';
import {hasFailed} from '../../../src/probes/types.ts';
import {buildReport} from '../../../src/report/build.ts';
import {EXIT} from '../../../src/report/exit.ts';
import type {ExitCode} from '../../../src/report/exit.ts';
import type {Finding} from '../../../src/report/report.ts';
import {PLAIN} from '../../../src/report/palette.ts';
import {checkAnswer} from '../../../src/report/probes/lists.ts';
import {checkText} from '../../../src/report/probes/check-text.ts';
import {openMetricsOf} from '../../../src/report/probes/open-metrics.ts';
import {connectionFindings} from '../../../src/report/probes/findings.ts';
import {visibleJson} from '../../../src/report/visible.ts';
import type {Snapshot} from '../../../src/snapshot/snapshot.ts';
import {evidenceOf} from '../../../src/snapshot/snapshot.ts';
import {UserError} from '../../errors.ts';
import type {ColorChoice} from '../../terminal.ts';
import {paletteFor, widthOf} from '../../terminal.ts';
import {toolVersion} from '../../version.ts';
import {diagnose} from '../diagnose.ts';
import type {InventoryRun} from '../inventory.ts';
import type {ReadFlags} from '../read-snapshot.ts';
import {writeResult} from '../result.ts';
import {writeEvents} from './events.ts';
import {gatewayOf, push} from './push.ts';
import type {ProbeFlags} from './flags.ts';

/** Flags of `net check` and `net matrix`. */
export interface NetFlags extends Omit<ReadFlags, 'agent'>, ProbeFlags {
  color: ColorChoice;
  'output-file'?: string | undefined;
}

/** Flags of `net check`. */
export interface CheckFlags extends NetFlags {
  output: 'text' | 'json' | 'openmetrics';
  'push-gateway'?: string | undefined;
  events: boolean;
}

/** What was tried, and what it comes to. */
export interface Judged {
  readonly snapshot: Snapshot;
  readonly probing: Probing;
  readonly checklist: readonly StepOutcome[];
  /** Probes whose failure a NetworkPolicy explains. */
  readonly expected: ReadonlySet<string>;
  /** Of connections, and what they follow from. */
  readonly findings: readonly Finding[];
  readonly interrupted: boolean;
}

/** Tries the connections of a cluster, or takes those of a capture, and judges them. Throws a `UserError` where there are none. */
export async function tryAndJudge(flags: NetFlags, {signal, note}: InventoryRun): Promise<Judged> {
  const diagnosis = await diagnose(
    {
      ...flags,
      agent: 'auto',
      profile: 'support',
      confirm: '0',
      output: 'json',
      check: [...NET_CHECKS],
      wide: true,
      connections: true,
    },
    signal,
    {note},
  );
  const {snapshot, judgement, locate, timings, interrupted = false} = diagnosis;
  for (const text of diagnosis.notes) note(text);
  const probes = evidenceOf(snapshot, 'probes');
  if (!probes.ok) {
    throw new UserError(probes.detail, {
      code: 'no-probes',
      fix: ['kubectl win agent install', 'ask for the Role kubectl-win-agent-use in namespace kubectl-win'],
      exitCode: EXIT.couldNotRun,
    });
  }
  const report = buildReport(snapshot, judgement, {version: toolVersion(), timings}, locate);
  const seen = seenOf(netInputOf(snapshot, probes.value));
  return {
    snapshot,
    probing: probes.value,
    expected: seen.forbidden,
    checklist: checklistOf(probes.value.plan, probes.value.results, seen.forbidden),
    findings: connectionFindings(report.findings),
    interrupted,
  };
}

/** Tells which connections work; answers with the exit code. */
export async function showCheck(flags: CheckFlags, run: InventoryRun): Promise<ExitCode> {
  const gateway = gatewayOf(flags['push-gateway'], NET_SCHEDULE);
  const judged = await tryAndJudge(flags, run);
  await writeResult(render(judged, flags), flags['output-file']);
  if (gateway) await push(gateway, metricsOf(judged), run.signal);
  if (flags.events) await writeEvents({...judged, component: NET_SCHEDULE}, flags, run);
  const exit = exitOf(judged);
  // What is wrong is in the metrics: the program that wrote them has not failed.
  return exit === EXIT.findings && flags.output === 'openmetrics' ? EXIT.ok : exit;
}

function render(judged: Judged, {output, color, 'output-file': file}: CheckFlags): string {
  switch (output) {
    case 'json':
      return visibleJson(`${JSON.stringify(checkAnswer(judged), undefined, 2)}\n`);
    case 'openmetrics':
      return metricsOf(judged);
    case 'text':
      return checkText(judged, {
        palette: file === undefined ? paletteFor(process.stdout, color) : PLAIN,
        width: widthOf(process.stdout),
      });
    default:
      return output satisfies never;
  }
}

/** A failed check is 1, and one in which nothing could be tried did not run. */
export function exitOf({interrupted, findings, probing}: Judged): ExitCode {
  if (interrupted) return EXIT.interrupted;
  if (findings.some(f => f.severity === 'error')) return EXIT.findings;
  return probing.results.some(r => r.ok || hasFailed(r)) ? EXIT.ok : EXIT.couldNotRun;
}

function metricsOf(judged: Judged): string {
  return openMetricsOf({...judged, at: Date.parse(judged.snapshot.source.collectedAt) / 1000});
}
