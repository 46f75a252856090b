import type {RunProgram} from '../host/run-program.ts';
import type {AskWindows} from './helper.ts';

/** What the collectors of Windows are made with; tests pass their own. */
export interface WindowsPorts {
  ask: AskWindows;
  run: RunProgram;
}
