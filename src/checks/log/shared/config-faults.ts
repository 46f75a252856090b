import type {ConfigFault, LogMonitorConfig} from '../../../parse/logmonitor-config/config.ts';
import type {Outcome} from '../../define.ts';
import {fail, pass, ref, subjectOf} from '../../define.ts';

export const LOGMONITOR_LINK =
  'https://github.com/microsoft/windows-container-tools/tree/main/LogMonitor/docs';

/** Outcomes of one configuration: its faults, or a pass. In a ConfigMap the evidence is the value that holds it. */
export function* configOutcomes(
  {holder, pointer, value}: LogMonitorConfig,
  faults: readonly ConfigFault[],
): Generator<Outcome> {
  const inFile = pointer === '' && value !== undefined;
  for (const fault of faults) {
    yield fail(holder, {
      cause: fault.cause,
      message: inFile ? sentence(fault.message) : `${pointer.slice('/data/'.length)}: ${fault.message}`,
      evidence: [inFile ? ref(holder, fault.pointer, fault.value) : ref(holder, pointer)],
      fix: [fault.fix],
    });
  }
  if (faults.length === 0) yield pass(subjectOf(holder));
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
