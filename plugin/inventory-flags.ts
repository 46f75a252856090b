import {Flags} from '@oclif/core';
import {execFlag} from './agent-flags.ts';
import {captureFlags, clusterFlags, scopeFlags, withEnv} from './flags.ts';

/** Flags of the commands that list what is on nodes. */
export const inventoryFlags = {
  ...captureFlags,
  ...withEnv({
    output: Flags.option({options: ['text', 'wide', 'json', 'yaml'] as const, char: 'o'})({
      description: 'Format',
      default: 'text',
    }),
    agent: Flags.option({options: ['auto', 'never', 'require'] as const})({
      description: 'Ask node agents for node state: where they run, never, or not without them',
      default: 'auto',
    }),
    now: Flags.string({description: 'Judge as of this moment (RFC 3339)', hidden: true}),
  }),
  ...execFlag,
  ...scopeFlags,
  ...clusterFlags,
};
