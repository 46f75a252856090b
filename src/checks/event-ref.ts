import type {WinEvent} from '../node/eventlog.ts';
import type {FileRef} from './define.ts';
import type {SeenNode} from './each-node.ts';

/** Points at an event of a node's event log: the pointer is its position in the file. */
export function eventRef(at: SeenNode<never>['at'], event: WinEvent): FileRef {
  const {file, index, provider, id, time, data} = event;
  return at(file, `/${index}`, {provider, id, time, ...(Object.keys(data).length > 0 && {data})});
}
