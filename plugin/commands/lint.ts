import {Args, Flags} from '@oclif/core';
import {BaseCommand} from '../base-command.ts';
import {withEnv} from '../flags.ts';
import {reportFlags} from '../report-flags.ts';

/** `kubectl win lint`: the checks that manifests alone can answer. */
export default class Lint extends BaseCommand {
  static override summary = 'Say what in manifests will not work on Windows nodes.';
  static override description =
    'Reads Kubernetes manifests, CI pipelines, LogMonitorConfig.json and configurations of images (docker image inspect, crane config, crictl inspecti), from files, directories or standard input, and points at the lines. No cluster is needed.';
  static override examples = [
    {description: 'Files and directories', command: '<%= config.bin %> lint deploy/ service.yaml'},
    {description: 'What Helm or kustomize renders', command: 'helm template . | <%= config.bin %> lint -'},
    {
      description: 'What an image starts',
      command: 'docker image inspect shop/web:1.2 | <%= config.bin %> lint -',
    },
    {
      description: 'For code scanning',
      command: '<%= config.bin %> lint deploy/ -o sarif --output-file lint.sarif',
    },
  ];
  static override strict = false;
  static override args = {
    file: Args.string({description: 'File or directory; - reads standard input', required: true}),
  };
  static override flags = {
    ...withEnv({
      'kubernetes-version': Flags.string({description: 'Version that the manifests are for, such as 1.35'}),
    }),
    ...reportFlags,
  };

  async run(): Promise<void> {
    const {argv, flags} = await this.parse(Lint);
    const {lint} = await import('../services/lint.ts');
    const {present} = await import('../services/present.ts');
    const result = await lint(argv.map(String), flags, this.signal);
    for (const note of result.notes) this.note(note);
    ({exit: process.exitCode} = await present(result, flags, text => this.note(text)));
  }
}
