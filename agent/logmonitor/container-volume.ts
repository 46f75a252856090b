import type {NodeView} from './node-view.ts';

/** A device and the path on it. */
const NT_PATH = /^(\\Device\\[^\\]+)\\(.*)$/i;

/** Device that the program of a process lies on, and its path there; `undefined` where this node sees no such process. */
export function locate(
  pid: number,
  view: Pick<NodeView, 'programOf'>,
): {device: string; path: string} | undefined {
  const [, device, path] = NT_PATH.exec(view.programOf(pid) ?? '') ?? [];
  return device === undefined || path === undefined ? undefined : {device, path};
}

/** The volume of a container, or why it has none that may be looked at. */
export type ContainerVolume = {device: string} | {why: string};

/** The volumes of containers that have processes `pids`, in that order. No two containers share one. */
export function volumesOf(
  pids: readonly number[],
  view: Pick<NodeView, 'programOf' | 'systemDevice'>,
): ContainerVolume[] {
  const system = view.systemDevice().toLowerCase();
  const devices = pids.map(pid => locate(pid, view)?.device.toLowerCase());
  return devices.map(device => {
    if (device === undefined)
      return {
        why: 'its process has no program that this node can see: it ended, or runs in a virtual machine',
      };
    if (device === system)
      return {why: "its process runs from the node's own volume, not from one of the container's"};
    if (devices.indexOf(device) !== devices.lastIndexOf(device))
      return {
        why: 'another container has the same process or volume: process ids of virtual machines are not those of the node',
      };
    return {device};
  });
}
