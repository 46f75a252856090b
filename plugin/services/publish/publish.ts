import {DOCTOR_SCHEDULE} from '../../../src/agent-manifests/doctor-schedule.ts';
import {doctorMetrics} from '../../../src/report/doctor-metrics.ts';
import type {DoctorReport} from '../../../src/report/report.ts';
import {millis, SECOND} from '../../../src/snapshot/time.ts';
import type {Snapshot} from '../../../src/snapshot/snapshot.ts';
import type {InventoryRun} from '../inventory.ts';
import {writeEvents} from '../probes/events.ts';
import {gatewayOf, push} from '../probes/push.ts';
import type {PublishFlags} from './flags.ts';
import {writePolicyReports} from './policy-reports.ts';

/** Refuses before anything is read what could not be told afterwards. Throws a `UserError`. */
export function checkPublishing(flags: PublishFlags): void {
  gatewayOf(flags['push-gateway'], DOCTOR_SCHEDULE);
}

/** Tells a report to those that the flags name. What a cluster does not take is a note; a Pushgateway that takes nothing is an error. */
export async function publish(
  {report, snapshot}: {report: DoctorReport; snapshot: Snapshot},
  flags: PublishFlags,
  run: InventoryRun,
): Promise<void> {
  const seconds = (millis(report.source.collectedAt) ?? 0) / SECOND;
  const told = {findings: report.findings, snapshot, component: DOCTOR_SCHEDULE};
  if (flags.events) await writeEvents(told, flags, run);
  if (flags['policy-reports']) await writePolicyReports(report, flags, {...run, seconds});
  const gateway = gatewayOf(flags['push-gateway'], DOCTOR_SCHEDULE);
  if (gateway) await push(gateway, doctorMetrics(report, seconds), run.signal);
}
