import {Args, Flags} from '@oclif/core';
import {BaseCommand} from '../base-command.ts';
import {execFlag} from '../agent-flags.ts';
import {captureFlags, clusterFlags, listFlag, withEnv} from '../flags.ts';

const PODS = 'PODS';
const NODES = 'NODES';
const FILTER = 'FILTER';
const OUTPUT = 'OUTPUT';

/** `kubectl win logs`: logs of Windows containers, with LogMonitor understood. */
export default class Logs extends BaseCommand {
  static override summary = 'Show logs of containers, with what LogMonitor prints understood.';
  static override description =
    'Reads every format that LogMonitor 1.0 to 2.2.1 prints (event logs, ETW, files, processes), filters by level, event, provider, channel and file, and passes on what it does not know. Nothing is dropped; `-o raw` gives back every byte.';
  static override examples = [
    {description: 'One pod', command: '<%= config.bin %> logs web-0'},
    {
      description: 'Errors of all pods of a Deployment, as they come',
      command: '<%= config.bin %> logs -f deployment/web --level Error',
    },
    {description: 'Why a pod does not start, as a story', command: '<%= config.bin %> logs --timeline web-0'},
    {
      description: 'The log of a kubelet, from a bundle',
      command: '<%= config.bin %> logs --from bundle.tar.gz node/win-1 --source kubelet',
    },
    {
      description: 'Errors of the System channel in a saved log',
      command: '<%= config.bin %> logs --file-input web.log --channel System --level Error',
    },
    {
      description: 'A file of the container runtime, for other tools',
      command: '<%= config.bin %> logs --file-input 0.log --input-format cri -o ndjson',
    },
    {
      description: 'Standard input, with a template',
      command:
        "kubectl logs web-0 | <%= config.bin %> logs --file-input - -o 'template={{.time}} {{.eventId}} {{.message}}'",
    },
  ];
  static override args = {
    // Standard input may be the log itself: the parser must not take it for an argument.
    target: Args.string({
      description: 'POD, TYPE/NAME such as deployment/web, or node/NAME',
      required: false,
      ignoreStdin: true,
    }),
  };
  static override flags = {
    ...withEnv({
      follow: Flags.boolean({
        char: 'f',
        description: 'Go on with what comes, over restarts, rotations and lost connections',
        helpGroup: PODS,
      }),
      previous: Flags.boolean({
        char: 'p',
        description: 'Log of the container before its last restart',
        helpGroup: PODS,
      }),
      container: Flags.string({char: 'c', description: 'Only this container', helpGroup: PODS}),
      'all-containers': Flags.boolean({
        description: 'All containers of a pod, also those that initialise it',
        helpGroup: PODS,
        exclusive: ['container'],
      }),
      namespace: Flags.string({char: 'n', description: 'Namespace of the pods', helpGroup: PODS}),
      'all-namespaces': Flags.boolean({
        char: 'A',
        description: 'Pods of every namespace',
        helpGroup: PODS,
        exclusive: ['namespace'],
      }),
      timeline: Flags.boolean({
        description:
          'Tell what happened around POD or node/NAME: logs, events and node logs by time; with --from, as a capture has them',
        helpGroup: PODS,
      }),
      selector: Flags.string({char: 'l', description: 'Pods with these labels', helpGroup: PODS}),
      'max-log-requests': Flags.integer({
        description: 'The most logs that are read at a time',
        default: 50,
        min: 1,
        helpGroup: PODS,
      }),
    }),
    ...withEnv({
      'file-input': Flags.string({
        description: 'Read this log file instead of a cluster; - reads standard input',
        helpValue: 'PATH',
      }),
      'input-format': Flags.option({options: ['auto', 'cri', 'plain'] as const})({
        description: 'Lines of the file: as the container runtime keeps them, or as they were printed',
        default: 'auto' as const,
      }),
      'logmonitor-layout': Flags.string({
        description:
          'customLogFormat of a source whose logFormat is Custom, for layouts that cannot be told by their look; repeat for several',
        helpValue: 'LAYOUT',
        multiple: true,
        multipleNonGreedy: true,
      }),
      threads: Flags.integer({
        description: 'Threads to read a file with; on two cores one is faster, each more takes 40 MB',
        default: 1,
        min: 1,
        max: 64,
      }),
      'from-source': listFlag({
        description: 'Only records of EventLog, File, ETW, Process, Monitor (LogMonitor itself) or Raw',
        helpValue: 'SOURCE',
        helpGroup: FILTER,
      }),
      level: Flags.string({
        description: 'Only this level and worse: Critical, Error, Warning, Information, Verbose',
        helpGroup: FILTER,
      }),
      'event-id': listFlag({description: 'Only these event ids', helpValue: 'ID', helpGroup: FILTER}),
      provider: listFlag({
        description: 'Only these event providers; * stands for anything',
        helpGroup: FILTER,
      }),
      channel: listFlag({description: 'Only these event channels; * stands for anything', helpGroup: FILTER}),
      file: listFlag({description: 'Only lines of these files; * stands for anything', helpGroup: FILTER}),
      include: Flags.string({
        description: 'Only messages that this regular expression matches; repeat for several',
        helpValue: 'REGEX',
        helpGroup: FILTER,
        multiple: true,
        multipleNonGreedy: true,
      }),
      exclude: Flags.string({
        description: 'No messages that this regular expression matches; repeat for several',
        helpValue: 'REGEX',
        helpGroup: FILTER,
        multiple: true,
        multipleNonGreedy: true,
      }),
      since: Flags.string({
        description: 'Only what is newer than this, such as 5m or 2h',
        helpValue: 'DURATION',
        helpGroup: FILTER,
      }),
      'since-time': Flags.string({
        description: 'Only what is newer than this moment (RFC 3339)',
        helpValue: 'TIME',
        helpGroup: FILTER,
      }),
      until: Flags.string({
        description: 'Only what is older than this moment (RFC 3339), or than so long ago',
        helpValue: 'TIME',
        helpGroup: FILTER,
      }),
      tail: Flags.integer({
        description: 'Only so many records, the last ones; -1 shows all',
        helpGroup: FILTER,
      }),
      'limit-bytes': Flags.integer({
        description: 'Stop before more bytes than this are written',
        helpGroup: FILTER,
        min: 1,
      }),
      output: Flags.string({
        char: 'o',
        description: 'Format: text, raw, json, ndjson, csv, template=TEXT with places such as {{.message}}',
        default: 'text',
        helpGroup: OUTPUT,
      }),
      timestamps: Flags.boolean({description: 'Show times', helpGroup: OUTPUT}),
      timezone: Flags.string({
        description: 'Zone to show times in, such as Europe/Berlin; as they came otherwise',
        helpValue: 'ZONE',
        helpGroup: OUTPUT,
      }),
      prefix: Flags.boolean({
        description: 'Show pod and container before each line (default: where several logs meet)',
        helpGroup: OUTPUT,
        allowNo: true,
      }),
      highlight: Flags.string({
        description: 'Mark what this regular expression matches; repeat for several',
        helpValue: 'REGEX',
        helpGroup: OUTPUT,
        multiple: true,
        multipleNonGreedy: true,
      }),
      'keep-raw': Flags.boolean({
        description: 'Give JSON records their own bytes as `raw`',
        helpGroup: OUTPUT,
      }),
      stats: Flags.boolean({
        description: 'Sum up at the end, on standard error: by source, level, provider, event id',
        helpGroup: OUTPUT,
      }),
    }),
    ...withEnv({
      source: Flags.string({
        description: 'Which log of node/NAME, by an id of --list-sources',
        helpValue: 'ID',
        helpGroup: NODES,
      }),
      'list-sources': Flags.boolean({description: 'Show which logs node/NAME has', helpGroup: NODES}),
      'node-proxy': Flags.boolean({
        description: "Ask the kubelet's NodeLogQuery instead of the agent (needs nodes/proxy)",
        helpGroup: NODES,
      }),
      ...execFlag,
    }),
    ...captureFlags,
    ...clusterFlags,
  };

  async run(): Promise<void> {
    const {args, flags} = await this.parse(Logs);
    const {logs} = await import('../services/logs/logs.ts');
    await logs(args.target, flags, {signal: this.signal, note: text => this.note(text)});
  }
}
