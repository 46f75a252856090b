import type {LogName, LogPlace} from './place.ts';

/** What rotations add to a name: a number or a time, in the ways of nssm, lumberjack, logrotate and kube-log-runner. */
const MARK = /^\d[\dTZ.:_-]*$/;

/** The logs of a place, by the names of the files that are in it. */
export function logsOf({logs, others}: LogPlace, names: readonly string[]): LogName[] {
  if (others === undefined) return [...logs];
  const known = logs.map(log => log.file);
  const further = names.filter(name => name.endsWith('.log') && !known.includes(name)).toSorted();
  const isRotation = (name: string): boolean =>
    [...known, ...further].some(live => live !== name && isRotationOf(live, name));
  return [
    ...logs,
    ...further
      .filter(name => !isRotation(name))
      .map(file => ({component: others, id: idOf(others, file.slice(0, -'.log'.length)), file})),
  ];
}

/** Names of the files that a log has been rotated into, in no order. */
export function rotationsOf(live: string, names: readonly string[]): string[] {
  return names.filter(name => isRotationOf(live, name));
}

/** An id that nothing else of the node has taken. */
export function uniqueId(id: string, taken: Set<string>): string {
  let free = id;
  for (let n = 2; taken.has(free); n++) free = `${id}-${n}`;
  taken.add(free);
  return free;
}

/** The id of a log that is known by its file alone. */
export function idOf(component: string, stem: string): string {
  const part = stem
    .replaceAll(/[^A-Za-z0-9_-]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 80);
  return part === '' || part === component ? component : `${component}.${part}`;
}

/** `kubelet-20260901T120000.000.log` and `kubelet.log.1`, `kubelet.log-20260901` are rotations of `kubelet.log`. */
function isRotationOf(live: string, name: string): boolean {
  const dot = live.lastIndexOf('.');
  const [stem, extension] = dot < 1 ? [live, ''] : [live.slice(0, dot), live.slice(dot)];
  const inside = name.startsWith(`${stem}-`) && name.endsWith(extension);
  const behind = name.startsWith(`${live}.`) || name.startsWith(`${live}-`);
  return (
    (inside && MARK.test(name.slice(stem.length + 1, name.length - extension.length))) ||
    (behind && MARK.test(name.slice(live.length + 1)))
  );
}
