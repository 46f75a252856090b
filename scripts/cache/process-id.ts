import {readFileSync} from 'node:fs';

/** A process as it can be told apart from a later one with the same id. */
export interface ProcessId {
  pid: number;
  /** Clock ticks since boot at which it started (field 22 of `/proc/<pid>/stat`). */
  startTime: string;
}

/** The identity of a process that runs now. */
export function identify(pid: number): ProcessId {
  return {pid, startTime: startTimeOf(pid) ?? ''};
}

/** Whether exactly this process runs, not another that got its id. */
export function isRunning({pid, startTime}: ProcessId): boolean {
  return startTime !== '' && startTimeOf(pid) === startTime;
}

function startTimeOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in parentheses may hold spaces, so fields are counted from behind it: state is field 3.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const zombie = fields[0] === 'Z';
    return zombie ? undefined : fields[22 - 3];
  } catch {
    return undefined;
  }
}
