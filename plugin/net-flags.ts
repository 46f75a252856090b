import {Flags} from '@oclif/core';
import {execFlag} from './agent-flags.ts';
import {clusterFlags, listFlag, scopeFlags, withEnv} from './flags.ts';

const PROBES = 'PROBES';

/** What is tried. */
export const probeFlags = withEnv({
  probe: Flags.option({options: ['quick', 'full'] as const})({
    description: 'A sample, or every link between nodes and more tries of each',
    default: 'quick' as const,
    helpGroup: PROBES,
  }),
  coverage: Flags.string({
    description: 'Probability, such as 0.95, with which any one link between nodes is tried',
    helpGroup: PROBES,
  }),
  target: listFlag({
    description: 'Further address or name to try from pods; nothing outside the cluster is tried unasked',
    helpValue: 'HOST:PORT|URL',
    helpGroup: PROBES,
  }),
});

/** Where the `net` commands read, and what of it. */
export const netSourceFlags = {
  ...withEnv({
    from: Flags.string({
      description: 'Read a capture (directory, tar.gz, zip or file) instead of a cluster',
      helpValue: 'PATH',
    }),
  }),
  ...probeFlags,
  ...execFlag,
  ...scopeFlags,
  ...clusterFlags,
};
