import {Flags} from '@oclif/core';
import {execFlag} from './agent-flags.ts';
import {captureFlags, clusterFlags, scopeFlags, withEnv} from './flags.ts';

const FILTER = 'FILTER';

/** Where the `hns` commands read, and how agents are asked. */
export const hnsSourceFlags = {
  ...captureFlags,
  ...withEnv({
    agent: Flags.option({options: ['auto', 'never', 'require'] as const})({
      description: 'Ask node agents: where they run, never, or not without them',
      default: 'auto',
    }),
  }),
};

/** What of HNS is shown. */
export const hnsChoiceFlags = withEnv({
  pod: Flags.string({description: 'Only what is of this pod', helpValue: 'NS/NAME', helpGroup: FILTER}),
  service: Flags.string({
    description: 'Only what is of this Service',
    helpValue: 'NS/NAME',
    helpGroup: FILTER,
  }),
  vip: Flags.string({
    description: 'Only what is of this virtual IP',
    helpValue: 'IP[:PORT]',
    helpGroup: FILTER,
  }),
});

/** Flags of the commands that list what HNS has. */
export const hnsListFlags = {
  ...hnsSourceFlags,
  ...withEnv({
    output: Flags.option({options: ['text', 'wide', 'json', 'yaml', 'csv'] as const, char: 'o'})({
      description: 'Format',
      default: 'text',
    }),
  }),
  ...hnsChoiceFlags,
  ...execFlag,
  ...scopeFlags,
  ...clusterFlags,
};
