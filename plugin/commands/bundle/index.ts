import {Flags} from '@oclif/core';
import {confirmFlag, execFlag} from '../../agent-flags.ts';
import {pseudonymsFlag} from '../../bundle-flags.ts';
import {BaseCommand} from '../../base-command.ts';
import {clusterFlags, encryptFlags, listFlag, scopeFlags, withEnv} from '../../flags.ts';

const WHAT = 'WHAT';

/** `kubectl win bundle`: collects a support bundle. */
export default class Bundle extends BaseCommand {
  static override summary =
    'Collect a support bundle: API objects, node state, logs, and what doctor says of them.';
  static override description = `Reads what you may read of the Kubernetes API, what node agents collect where they run, and logs of Windows containers, and packs it into a .tar.gz that only you may read. Secrets are taken out on the nodes and again here; Secrets, kubeconfigs and ConfigMaps of applications are never read. Ctrl-C packs what is there; manifest.json says what is missing and why. Until it is packed, what was read lies, redacted, in a .partial folder beside it that only you may read; after an end by force --resume goes on with it. Not so with --encrypt: nothing is noted to go on with, and the next collection there removes the folder.

Every command reads it: \`kubectl win doctor --from FILE\`.`;
  static override examples = [
    {description: 'Everything', command: '<%= config.bin %> bundle'},
    {
      description: 'One node, with logs of the last two hours',
      command: '<%= config.bin %> bundle --node win-1 --logs all --since 2h',
    },
    {description: 'With rules of your own on top', command: '<%= config.bin %> bundle --redactor rules.yaml'},
  ];
  static override flags = {
    ...withEnv({
      'output-file': Flags.string({
        description: 'File to write; by default kubectl-win-bundle-TIME.tar.gz in this folder',
        helpValue: 'FILE',
      }),
      agent: Flags.option({options: ['auto', 'never', 'require'] as const})({
        description: 'Ask node agents for node state: where they run, never, or not without them',
        default: 'auto',
        helpGroup: WHAT,
      }),
      'node-proxy': Flags.boolean({
        description:
          'Of nodes without an agent, ask the kubelet through the API server: configuration, health, pods, logs; needs `get` on nodes/proxy',
        helpGroup: WHAT,
      }),
      probe: Flags.option({options: ['none', 'quick', 'full'] as const})({
        description: 'Have agents try connections: none, a sample, or every link (see `net check`)',
        default: 'none' as const,
        helpGroup: WHAT,
      }),
      logs: Flags.option({options: ['few', 'all', 'none'] as const})({
        description:
          'Logs of Windows containers that checks look at (three pods of a kind), of all containers, or none',
        default: 'few' as const,
        helpGroup: WHAT,
      }),
      tail: Flags.integer({
        description: 'Lines of each log, from its end',
        default: 10_000,
        min: 1,
        helpGroup: WHAT,
      }),
      since: Flags.string({description: 'Only log lines that are no older, such as 2h', helpGroup: WHAT}),
      'max-log-bytes': Flags.integer({
        description: 'Bytes of each log, from its end',
        default: 10 * 1024 * 1024,
        min: 1024,
        helpGroup: WHAT,
      }),
      redactor: listFlag({
        description: "File of Redactors in troubleshoot's form, applied after the built-in rules",
        helpValue: 'FILE',
        helpGroup: WHAT,
      }),
      ...pseudonymsFlag,
      'max-size': Flags.string({
        description:
          'Bytes of the archive, such as 20M or 20Mi: what has no room is left out, logs of pods first, of each its beginning',
        helpValue: 'BYTES',
      }),
      resume: Flags.string({
        description:
          'Go on with a collection that was interrupted: its .partial folder, or the archive of one that was stopped',
        helpValue: 'PATH',
      }),
      'dry-run': Flags.boolean({
        description: 'Print what would be read, and where it would stand, and ask nobody',
      }),
      strict: Flags.boolean({description: 'Exit with 4 where something is missing'}),
    }),
    ...encryptFlags,
    ...confirmFlag,
    ...execFlag,
    ...scopeFlags,
    ...clusterFlags,
  };

  async run(): Promise<void> {
    const {flags} = await this.parse(Bundle);
    if (flags['dry-run']) {
      const {planOf} = await import('../../services/bundle/plan.ts');
      process.stdout.write(
        planOf(flags)
          .map(line => `${line}\n`)
          .join(''),
      );
      return;
    }
    const {collectBundle} = await import('../../services/bundle/collect.ts');
    const {summaryOf} = await import('../../services/bundle/summary.ts');
    const collected = await collectBundle(flags, this.signal);
    for (const line of [...collected.notes, ...summaryOf(collected)]) this.note(line);
    process.stdout.write(`${collected.archive}\n`);
    process.exitCode = collected.exitCode;
  }
}
