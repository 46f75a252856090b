/** One log of a folder: the live file and what its rotations are called. */
export interface LogName {
  /** What wrote it; also the folder below `logs/` in a bundle. */
  readonly component: string;
  /** Id by which it is asked for, unless another place has taken it. */
  readonly id: string;
  /** Name of the live file. */
  readonly file: string;
}

/** A folder in which a distribution puts logs. It is a fixed root: nothing outside of it is read on its behalf. */
export interface LogPlace {
  /** Absolute path. */
  readonly folder: string;
  /** Logs that are known by name, in the order in which they are told. */
  readonly logs: readonly LogName[];
  /** Component of every other `*.log` in it; without it only the known ones are read. */
  readonly others?: string;
  /** Who puts logs there, and where that is known from. */
  readonly source: string;
}

/** A log whose id is its component: what an operator means by "the kubelet's log". */
export function mainLog(component: string, file: string): LogName {
  return {component, id: component, file};
}

/** A further log of a component: `kubelet.out`. */
export function furtherLog(component: string, part: string, file: string): LogName {
  return {component, id: `${component}.${part}`, file};
}
