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
  'host-only': Flags.boolean({
    description: 'Try nothing from inside pods: only what the nodes themselves reach',
    helpGroup: PROBES,
  }),
});

/** Who tries it, where no agent does. */
export const execProbesFlag = withEnv({
  exec: Flags.boolean({
    description:
      'Where no agent can try what starts in a pod, run curl, PowerShell, bash, nc, wget or nslookup of its own image in it (needs get and create of pods/exec)',
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
