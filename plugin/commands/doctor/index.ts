import {Flags} from '@oclif/core';
import {PROFILES} from '../../../src/checks/profiles.ts';
import {confirmFlag, execFlag} from '../../agent-flags.ts';
import {BaseCommand} from '../../base-command.ts';
import {captureFlags, clusterFlags, scopeFlags, withEnv} from '../../flags.ts';
import {publishFlags} from '../../publish-flags.ts';
import {reportFlags} from '../../report-flags.ts';

const profileNames = PROFILES.map(p => p.name);

/** `kubectl win doctor`: what is wrong with the Windows side of a cluster, and why. */
export default class Doctor extends BaseCommand {
  static override summary = 'Say what is wrong with the Windows side of a cluster, and why.';
  static override description = `Reads the Kubernetes API with the rights you have, or a capture, and prints root causes first, each with the facts that prove it and the next command to type. Nothing is changed, unless a flag of PUBLISH says where findings are written.

Profiles:
${PROFILES.map(p => `- ${p.name}: ${p.description}`).join('\n')}`;
  static override examples = [
    {description: 'Diagnose the current cluster', command: '<%= config.bin %> doctor'},
    {description: 'One namespace, as a developer', command: '<%= config.bin %> doctor -n shop'},
    {
      description: 'A support archive, without a cluster',
      command: '<%= config.bin %> doctor --from bundle.tar.gz',
    },
    {
      description: 'Only what is new, for a pipeline',
      command: '<%= config.bin %> doctor --baseline last.json -o junit',
    },
  ];
  static override flags = {
    ...captureFlags,
    ...withEnv({
      profile: Flags.option({options: profileNames})({
        description: 'Which set of checks (below)',
        default: 'support' as const,
      }),
      agent: Flags.option({options: ['auto', 'never', 'require', 'once'] as const})({
        description:
          'Ask node agents for node state: where they run, never, not without them, or by agents on --node that remove themselves',
        default: 'auto',
      }),
      probe: Flags.option({options: ['none', 'quick', 'full'] as const})({
        description: 'Have agents try connections, too: none, a sample, or every link (see `net check`)',
        default: 'none',
      }),
      'ci-namespace': Flags.string({
        description: 'Namespace of CI builds, for --profile ci-build',
        dependsOn: ['ci-service-account'],
      }),
      'ci-service-account': Flags.string({
        description: 'Service account of CI builds',
        dependsOn: ['ci-namespace'],
      }),
      delegate: Flags.string({
        description: 'Workload of the CI delegate',
        helpValue: 'NS/NAME',
        dependsOn: ['ci-namespace'],
      }),
    }),
    ...confirmFlag,
    ...publishFlags,
    ...execFlag,
    ...scopeFlags,
    ...reportFlags,
    ...clusterFlags,
  };

  async run(): Promise<void> {
    const {flags} = await this.parse(Doctor);
    const {diagnose} = await import('../../services/diagnose.ts');
    const {present} = await import('../../services/present.ts');
    const {checkPublishing, publish} = await import('../../services/publish/publish.ts');
    const note = (text: string): void => this.note(text);
    checkPublishing(flags);
    const diagnosis = await diagnose(flags, this.signal, {note});
    const {exit, report} = await present(diagnosis, flags, note);
    await publish({report, snapshot: diagnosis.snapshot}, flags, {signal: this.signal, note});
    process.exitCode = exit;
  }
}
