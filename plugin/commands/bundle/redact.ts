import {Args, Flags} from '@oclif/core';
import {BaseCommand} from '../../base-command.ts';
import {pseudonymsFlag} from '../../bundle-flags.ts';
import {encryptFlags, identityFlag, listFlag, withEnv} from '../../flags.ts';

/** Files that are named one by one. */
const MAX_TOLD = 100;

/** `kubectl win bundle redact`: takes secrets out of a capture that somebody has already. */
export default class BundleRedact extends BaseCommand {
  static override summary = 'Write a capture anew without its secrets.';
  static override description =
    'Takes captures of every layout and keeps it. Files that are no text, such as memory dumps and archives, and those whose names not every system takes, are left out and named.';
  static override examples = [
    '<%= config.bin %> bundle redact old.tar.gz --output-file safe.tar.gz',
    {
      description: 'With rules of your own on top',
      command: '<%= config.bin %> bundle redact old.tar.gz --output-file safe.tar.gz --redactor rules.yaml',
    },
    {
      description: 'With pseudonyms in place of names and addresses',
      command: '<%= config.bin %> bundle redact old.tar.gz --output-file safe.tar.gz --pseudonyms names,ips',
    },
  ];
  static override args = {path: Args.string({description: 'Capture: archive or directory', required: true})};
  static override flags = {
    ...withEnv({
      'output-file': Flags.string({description: 'File to write', helpValue: 'FILE'}),
      redactor: listFlag({
        description: "File of Redactors in troubleshoot's form, applied after the built-in rules",
        helpValue: 'FILE',
      }),
    }),
    ...pseudonymsFlag,
    ...encryptFlags,
    ...identityFlag,
  };

  async run(): Promise<void> {
    const {args, flags} = await this.parse(BundleRedact);
    const {redactBundle} = await import('../../services/bundle/redact.ts');
    const {files, redactions, left, cut, notes} = await redactBundle(args.path, flags, this.signal);
    const times = redactions.reduce((sum, {count}) => sum + count, 0);
    for (const text of notes) this.note(text);
    for (const {path, why} of left.slice(0, MAX_TOLD)) this.note(`${path} was left out: ${why}`);
    if (left.length > MAX_TOLD) this.note(`${left.length - MAX_TOLD} more were left out`);
    for (const {path, why} of cut) this.note(`${path} is not whole: ${why}`);
    this.note(`${files} files, ${times} values taken out`);
    process.stdout.write(`${flags['output-file']}\n`);
  }
}
