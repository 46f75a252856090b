import {dirname, extname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {run, settings} from '@oclif/core';
import {EXIT} from '../src/report/exit.ts';
import {describeError} from './failure.ts';
import {toolVersion} from './version.ts';

const here = fileURLToPath(import.meta.url);
const root = join(dirname(here), '..');

/** Package facts that oclif works by; given here so that a bundle needs no package.json beside it. */
const PACKAGE = {
  name: 'kubectl-win',
  description: 'Says why Windows workloads on Kubernetes do not work. Reads, never changes.',
  version: toolVersion(),
  oclif: {
    bin: 'kubectl win',
    binAliases: ['kubectl-win'],
    dirname: 'kubectl-win',
    topicSeparator: ' ' as const,
    additionalHelpFlags: ['-h'],
    commands: {
      strategy: 'explicit' as const,
      target: extname(here) === '.ts' ? './plugin/commands.ts' : './dist/commands.js',
      identifier: 'commands',
    },
  },
};

/** Runs a command line and says with what code to exit. Errors are printed as one clear line each. */
export async function runCommand(argv: string[]): Promise<number> {
  // Node runs the sources itself: no loader is wanted.
  settings.enableAutoTranspile = false;
  try {
    await run(normalize(argv), {
      root,
      pjson: PACKAGE,
      version: PACKAGE.version,
      userPJSON: PACKAGE,
    } as Parameters<typeof run>[1]);
    return Number(process.exitCode ?? EXIT.ok);
  } catch (error) {
    const {text, exitCode} = describeError(error, argv);
    if (text) process.stderr.write(text);
    return exitCode;
  }
}

/** `kubectl win` alone shows help, as every kubectl command does; a negative code to explain is no flag. */
function normalize(argv: string[]): string[] {
  if (argv.length === 0) return ['--help'];
  const code = argv.findIndex(word => /^-\d+$/.test(word));
  if (argv[0] !== 'explain' || code < 0 || argv.includes('--')) return argv;
  return [...argv.slice(0, code), ...argv.slice(code + 1), '--', argv[code] ?? ''];
}
