import {fields, integer, text} from '../kube/shape.ts';
import type {Indexed} from './items.ts';
import {itemsOf} from './items.ts';

/** A scheduled task outside Microsoft's own folder (`tasks.json`). */
export interface NodeTask {
  /** `\hns-remediator-task`. */
  path: string;
  /** `Disabled`, `Queued`, `Ready`, `Running`, `Unknown`. */
  state?: string;
  /** RFC 3339; absent where it never ran. */
  lastRun?: string;
  /** Exit code or HRESULT of the last run, unsigned. */
  lastResult?: number;
}

const shape = fields<NodeTask>({path: text, state: text, lastRun: text, lastResult: integer}, {path: ''});

/** Reads `tasks.json`. */
export function readTasks(value: unknown): Indexed<NodeTask>[] | undefined {
  return Array.isArray(value) ? itemsOf(value, shape, ({path}) => path !== '') : undefined;
}
