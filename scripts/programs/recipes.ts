import type {Plugin} from 'esbuild';
import {AGENT_PROGRAM} from '../../src/protocol/names.ts';
import {nativePart} from './native-part.ts';
import {ownCommands} from './own-commands.ts';
import type {Target} from './targets.ts';

/** How one of our programs becomes an executable. */
export interface Recipe {
  /** Name of the executable, without an extension. */
  name: string;
  entry: string;
  /** Modules that run before all others. */
  inject: readonly string[];
  plugin: (target: Target) => Plugin;
  /** Whether koffi's native part goes with it. */
  native: boolean;
}

export const RECIPES = {
  agent: {
    name: AGENT_PROGRAM,
    entry: 'agent/main.ts',
    inject: ['agent/native/standard-streams.ts'],
    plugin: nativePart,
    native: true,
  },
  plugin: {name: 'kubectl-win', entry: 'plugin/main.ts', inject: [], plugin: ownCommands, native: false},
} as const satisfies Record<string, Recipe>;

export type ProgramName = keyof typeof RECIPES;
