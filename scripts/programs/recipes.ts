import type {Plugin} from 'esbuild';
import {AGENT_PROGRAM} from '../../src/protocol/names.ts';
import {asData} from './as-data.ts';
import {nativePart} from './native-part.ts';
import {noDiscovery, ownCommands} from './own-commands.ts';
import type {Target} from './targets.ts';

/** How one of our programs becomes an executable. */
export interface Recipe {
  /** Name of the executable, without an extension. */
  name: string;
  entry: string;
  /** Modules that the entry imports when it comes to them, and that stay scripts of their own, by the names of these. */
  parts: Readonly<Record<string, string>>;
  /** Modules that run before all others. */
  inject: readonly string[];
  /** Whether everything else that is imported when it comes to it stays a script of its own, too. */
  split: boolean;
  plugins: (target: Target) => Plugin[];
  /** Whether koffi's native part goes with it. */
  native: boolean;
}

export const RECIPES = {
  agent: {
    name: AGENT_PROGRAM,
    entry: 'agent/main.ts',
    parts: {'commands.cjs': 'agent/commands.ts', 'child.cjs': 'agent/child/children.ts'},
    inject: ['agent/native/standard-streams.ts'],
    split: false,
    plugins: target => [nativePart(target)],
    native: true,
  },
  plugin: {
    name: 'kubectl-win',
    entry: 'plugin/main.ts',
    parts: {},
    inject: [],
    // Small scripts, as V8 reads a script as a whole, and reading it costs more than running it.
    split: true,
    plugins: () => [ownCommands(), noDiscovery(), asData()],
    native: false,
  },
} as const satisfies Record<string, Recipe>;

export type ProgramName = keyof typeof RECIPES;
