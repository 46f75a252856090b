import type {TaskFacts} from '../../src/protocol/node-facts.ts';
import type {Collector} from '../collect/collector.ts';
import {jsonFile} from '../host/json-file.ts';
import {askPowerShell, itemsOf} from './powershell.ts';
import type {WindowsPorts} from './ports.ts';

/**
 * Scheduled tasks outside Microsoft's own folder: those of the distribution (AKS: k8s-restart-job, hns-remediator-task, …) and of whoever
 * runs the node. Through the scheduler's own object, whose states are numbers; `schtasks` translates them.
 */
const PARTS = [
  {
    key: 'tasks',
    ask: [
      `$s = New-Object -ComObject Schedule.Service`,
      `$s.Connect()`,
      `$q = New-Object System.Collections.Queue`,
      `$q.Enqueue($s.GetFolder('\\'))`,
      `while ($q.Count -gt 0) { $f = $q.Dequeue(); foreach ($t in $f.GetTasks(1)) { @{ path = $t.Path; state = [int]$t.State; lastRun = $t.LastRunTime.ToUniversalTime().ToString('o'); lastResult = $t.LastTaskResult } }; foreach ($d in $f.GetFolders(0)) { if ($d.Path -ne '\\Microsoft') { $q.Enqueue($d) } } }`,
    ].join('; '),
  },
];

/** Makes `tasks.json`. */
export function tasksCollector({run}: Pick<WindowsPorts, 'run'>): Collector {
  return {
    name: 'tasks',
    timeoutMs: 20_000,
    maxBytes: 1024 * 1024,
    async *collect({signal}) {
      const answers = await askPowerShell(run, PARTS, signal);
      const value = itemsOf(answers, 'tasks').flatMap(item => taskFacts(item));
      yield jsonFile('tasks.json', {value, source: 'Schedule.Service'});
    },
  };
}

/** TASK_STATE (taskschd.h). */
const STATES: readonly TaskFacts['state'][] = ['Unknown', 'Disabled', 'Queued', 'Ready', 'Running'];

/** The scheduler says "never" with a date before it existed: 30 November 1999, or the zero of COM's dates in 1899. */
const NEVER = '2000';

/** A task as the script writes it; nothing where it is of another form. */
export function taskFacts(item: unknown): TaskFacts[] {
  if (typeof item !== 'object' || item === null) return [];
  const {path, state, lastRun, lastResult} = item as Record<string, unknown>;
  if (typeof path !== 'string') return [];
  return [
    {
      path,
      state: STATES[Number(state)] ?? 'Unknown',
      lastRun: typeof lastRun === 'string' && lastRun >= NEVER ? lastRun : null,
      lastResult: Number(lastResult) >>> 0,
    },
  ];
}
