import type {DefenderFacts} from '../../src/protocol/node-facts.ts';
import {CollectError} from '../collect/collector.ts';
import type {Collector} from '../collect/collector.ts';
import {Gaps} from '../host/gaps.ts';
import {jsonFile} from '../host/json-file.ts';
import {askPowerShell, itemsOf} from './powershell.ts';
import type {PartAnswers} from './powershell.ts';
import type {WindowsPorts} from './ports.ts';

/** CIM classes behind Get-MpComputerStatus and Get-MpPreference; the module of those is not on every server. */
const NAMESPACE = 'root/Microsoft/Windows/Defender';
const PARTS = [
  {
    key: 'status',
    ask: `Get-CimInstance -Namespace '${NAMESPACE}' -ClassName MSFT_MpComputerStatus | Select-Object AntivirusEnabled, RealTimeProtectionEnabled, AMRunningMode`,
  },
  {
    key: 'preference',
    ask: `Get-CimInstance -Namespace '${NAMESPACE}' -ClassName MSFT_MpPreference | Select-Object ExclusionPath, ExclusionProcess, ExclusionExtension`,
  },
];

/** Makes `defender.json`; missing as `unsupported` where Defender is not installed. */
export function defenderCollector({run}: Pick<WindowsPorts, 'run'>): Collector {
  return {
    name: 'defender',
    timeoutMs: 20_000,
    maxBytes: 1024 * 1024,
    async *collect({signal}) {
      const gaps = new Gaps();
      const answers = await askPowerShell(run, PARTS, signal);
      const value: DefenderFacts = {
        status: gaps.fact('status', () => statusOf(answers)),
        exclusions: gaps.fact('exclusions', () => exclusionsOf(answers)),
      };
      if (!value.status && !value.exclusions) statusOf(answers);
      yield jsonFile('defender.json', {value, source: `CIM ${NAMESPACE}`, ...gaps.partial()});
    },
  };
}

function statusOf(answers: PartAnswers): DefenderFacts['status'] {
  const status = firstOf(answers, 'status');
  const mode = status['AMRunningMode'];
  return {
    antivirusEnabled: status['AntivirusEnabled'] === true,
    realTimeProtection: status['RealTimeProtectionEnabled'] === true,
    runningMode: typeof mode === 'string' ? mode : null,
  };
}

function exclusionsOf(answers: PartAnswers): DefenderFacts['exclusions'] {
  const preference = firstOf(answers, 'preference');
  return {
    paths: textsOf(preference['ExclusionPath']),
    processes: textsOf(preference['ExclusionProcess']),
    extensions: textsOf(preference['ExclusionExtension']),
  };
}

function firstOf(answers: PartAnswers, key: string): Record<string, unknown> {
  const [first] = itemsOf(answers, key);
  if (typeof first !== 'object' || first === null)
    throw new CollectError('failed', 'Defender answered nothing');
  return first as Record<string, unknown>;
}

/** CIM leaves out a list that is empty. */
function textsOf(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).filter(item => typeof item === 'string');
}
