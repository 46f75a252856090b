import {Args, Flags} from '@oclif/core';
import {FAIL_ON} from '../../../src/report/exit.ts';
import {BaseCommand} from '../../base-command.ts';
import {identityFlag, withEnv} from '../../flags.ts';

/** `kubectl win bundle diff`: what changed between two captures of a cluster. */
export default class BundleDiff extends BaseCommand {
  static override summary = 'Show what changed between two captures of a cluster.';
  static override description = `Both are judged as \`doctor --from\` does. Then it tells which findings are new, worse, better, gone or still there, and which the later one cannot tell of (unseen); which versions changed (Kubernetes, Windows, containerd, agents, images); which objects came, went or differ, field by field; and what HNS of each node has otherwise. Changes that many objects have alike are one line. What one of the two lacks is told, and is no change.

Exits with 1 where a finding at or above --fail-on is new or worse.`;
  static override examples = [
    {
      description: 'Before and after an upgrade',
      command: '<%= config.bin %> bundle diff before.tar.gz after.tar.gz',
    },
    {
      description: 'Only what became of findings',
      command: "<%= config.bin %> bundle diff before.tar.gz after.tar.gz -o json | jq '.findings[]'",
    },
  ];
  static override args = {
    before: Args.string({description: 'Capture: archive or directory', required: true}),
    after: Args.string({description: 'A later one', required: true}),
  };
  static override flags = {
    ...withEnv({
      output: Flags.option({options: ['text', 'json', 'yaml'] as const, char: 'o'})({
        description: 'Format',
        default: 'text',
      }),
      'output-file': Flags.string({description: 'Write to this file', helpValue: 'FILE'}),
      'fail-on': Flags.option({options: FAIL_ON})({
        description: 'Exit with 1 from this severity on',
        default: 'error' as const,
      }),
      strict: Flags.boolean({description: 'Exit with 4 where something could not be compared'}),
    }),
    ...identityFlag,
  };

  async run(): Promise<void> {
    const {args, flags} = await this.parse(BundleDiff);
    const {showDiff} = await import('../../services/bundle/diff.ts');
    process.exitCode = await showDiff([args.before, args.after], flags, {
      signal: this.signal,
      note: text => this.note(text),
    });
  }
}
