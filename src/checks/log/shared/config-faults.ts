import type {ConfigFault} from '../../../parse/logmonitor-config/config.ts';
import {overlap, within} from '../../../parse/logmonitor-config/versions.ts';
import type {Outcome} from '../../define.ts';
import {pass} from '../../define.ts';
import type {SeenConfig} from './configs.ts';

export const LOGMONITOR_LINK =
  'https://github.com/microsoft/windows-container-tools/tree/main/LogMonitor/docs';

/** Outcomes of one configuration: its faults in the versions that may read it, or a pass. */
export function* configOutcomes(config: SeenConfig, faults: readonly ConfigFault[]): Generator<Outcome> {
  const met = faults.filter(({versions, certain}) =>
    certain ? within(config.versions, versions) : overlap(versions, config.versions),
  );
  for (const fault of met) {
    yield {
      status: 'fail',
      subject: config.subject,
      ...(config.node !== undefined && {node: config.node}),
      cause: fault.cause,
      ...config.told(fault),
      fix: [fault.fix],
    };
  }
  if (met.length === 0) yield pass(config.subject);
}
