import {Flags} from '@oclif/core';
import {COLOR_CHOICES} from './terminal.ts';

/** Gives every flag its environment variable: `--fail-on` reads `KUBECTL_WIN_FAIL_ON`. */
export function withEnv<T extends Record<string, {env?: string}>>(flags: T): T {
  for (const [name, flag] of Object.entries(flags)) {
    flag.env ??= `KUBECTL_WIN_${name.toUpperCase().replaceAll('-', '_')}`;
  }
  return flags;
}

/** A flag that repeats or takes commas. */
export const listFlag = (options: {
  char?: 'l';
  description: string;
  helpValue?: string;
  helpGroup?: string;
}) =>
  // One value after each flag: what follows may be a file.
  Flags.string({multiple: true, multipleNonGreedy: true, delimiter: ',', ...options});

const CLUSTER = 'CLUSTER';

/** How to reach the cluster, under kubectl's names. */
export const clusterFlags = withEnv({
  kubeconfig: Flags.string({
    description: 'Path of the kubeconfig file',
    helpGroup: CLUSTER,
    helpValue: 'FILE',
  }),
  context: Flags.string({description: 'Context of the kubeconfig to use', helpGroup: CLUSTER}),
  cluster: Flags.string({description: 'Cluster of the kubeconfig to use', helpGroup: CLUSTER}),
  user: Flags.string({description: 'User of the kubeconfig to use', helpGroup: CLUSTER}),
  server: Flags.string({char: 's', description: 'Address of the API server', helpGroup: CLUSTER}),
  token: Flags.string({description: 'Bearer token for the API server', helpGroup: CLUSTER}),
  as: Flags.string({description: 'User to impersonate', helpGroup: CLUSTER}),
  'as-uid': Flags.string({description: 'UID to impersonate', helpGroup: CLUSTER}),
  'as-group': Flags.string({
    description: 'Group to impersonate; repeat for several',
    multiple: true,
    multipleNonGreedy: true,
    helpGroup: CLUSTER,
  }),
  'certificate-authority': Flags.string({
    description: "File of the server's CA",
    helpGroup: CLUSTER,
    helpValue: 'FILE',
  }),
  'tls-server-name': Flags.string({
    description: "Name to expect in the server's certificate",
    helpGroup: CLUSTER,
  }),
  'insecure-skip-tls-verify': Flags.boolean({
    description: "Do not check the server's certificate",
    helpGroup: CLUSTER,
  }),
  'request-timeout': Flags.string({
    description: 'How long one request may take, such as 30s',
    helpGroup: CLUSTER,
  }),
});

/** Files with identities, for captures that are encrypted. */
export const identityFlag = withEnv({
  identity: Flags.string({
    description: 'File with an age identity that decrypts the capture',
    multiple: true,
    multipleNonGreedy: true,
    helpValue: 'FILE',
  }),
});

/** For whom an archive is encrypted. */
export const encryptFlags = withEnv({
  encrypt: listFlag({
    description: 'Encrypt for this age recipient (age1…); repeat for several',
    helpValue: 'RECIPIENT',
  }),
  'recipients-file': Flags.string({
    description: 'Encrypt for the age recipients in this file, one a line',
    multiple: true,
    multipleNonGreedy: true,
    helpValue: 'FILE',
  }),
});

/** A capture to read in place of a cluster. */
export const captureFlags = {
  ...withEnv({
    from: Flags.string({
      description:
        'Read a capture (directory, tar.gz, zip, file, or one of them with .age) instead of a cluster',
      helpValue: 'PATH',
    }),
  }),
  ...identityFlag,
};

const SCOPE = 'SCOPE';

/** What to look at. */
export const scopeFlags = withEnv({
  namespace: Flags.string({
    char: 'n',
    description: 'Only pods and objects of this namespace',
    helpGroup: SCOPE,
  }),
  'all-namespaces': Flags.boolean({
    char: 'A',
    description: 'Every namespace that may be read (default)',
    helpGroup: SCOPE,
    exclusive: ['namespace'],
  }),
  selector: Flags.string({char: 'l', description: 'Only pods with these labels', helpGroup: SCOPE}),
  node: listFlag({description: 'Only these nodes', helpGroup: SCOPE}),
  'node-selector': Flags.string({description: 'Only nodes with these labels', helpGroup: SCOPE}),
});

/** Flags that every command has. */
export const commonFlags = withEnv({
  color: Flags.option({options: COLOR_CHOICES})({
    description: 'When to colour',
    default: 'auto',
    helpGroup: 'GLOBAL',
  }),
  verbose: Flags.integer({
    char: 'v',
    description: 'Level of detail on stderr: 1 steps, 6 requests, 7 and 8 their headers',
    default: 0,
    helpGroup: 'GLOBAL',
  }),
  'no-pager': Flags.boolean({
    description: 'Do not show what is longer than the terminal by a pager (KUBECTL_WIN_PAGER, PAGER, less)',
    default: false,
    helpGroup: 'GLOBAL',
  }),
});
