import {dirname, extname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {run, settings} from '@oclif/core';
import type {Command} from '@oclif/core';
import {EXIT} from '../src/report/exit.ts';
import {commands} from './commands.ts';
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
    topics: {
      hns: {description: 'Show what HNS has on Windows nodes, and where it is not what Kubernetes wants.'},
    },
    additionalHelpFlags: ['-h'],
    commands: {
      strategy: 'explicit' as const,
      target: extname(here) === '.ts' ? './plugin/commands.ts' : './dist/commands.js',
      identifier: 'commands',
    },
    helpClass: {
      target: extname(here) === '.ts' ? './plugin/commands.ts' : './dist/commands.js',
      identifier: 'Help',
    },
  },
};

/** Runs a command line and says with what code to exit. Errors are printed as one clear line each. */
export async function runCommand(argv: string[]): Promise<number> {
  // Node runs the sources itself: no loader is wanted.
  settings.enableAutoTranspile = false;
  try {
    await run(withEnvLists(normalize(argv)), {
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

/** The same, whatever flags each has. */
const ALL: Readonly<Record<string, Command.Class>> = commands;

/**
 * Lists that are set in the environment become flags, as oclif takes the value of a variable for one word or, where a flag
 * repeats, for its letters. What is typed counts more.
 */
function withEnvLists(argv: string[]): string[] {
  const [name, command] = calledBy(argv) ?? [];
  if (name === undefined || !command) return argv;
  const words = name.split(':').length;
  const rest = argv.slice(words);
  const lists = Object.entries(command.flags ?? {}).flatMap(([flagName, flag]) => {
    const variable = 'multiple' in flag && flag.multiple && flag.env;
    const value = variable ? process.env[variable] : undefined;
    if (!variable || !value) return [];
    delete process.env[variable];
    return rest.some(word => word === `--${flagName}` || word.startsWith(`--${flagName}=`))
      ? []
      : [`--${flagName}=${value}`];
  });
  return [...argv.slice(0, words), ...lists, ...rest];
}

/** The command that the first words call: of several the one with the most words. */
function calledBy(argv: readonly string[]): [string, (typeof ALL)[string]] | undefined {
  return Object.entries(ALL)
    .filter(([name]) => name.split(':').every((word, i) => argv[i] === word))
    .toSorted(([a], [b]) => b.length - a.length)[0];
}

/** `kubectl win` alone shows help, as every kubectl command does; a negative code to explain is no flag. */
function normalize(argv: string[]): string[] {
  if (argv.length === 0) return ['--help'];
  const code = argv.findIndex(word => /^-\d+$/.test(word));
  if (argv[0] !== 'explain' || code < 0 || argv.includes('--')) return argv;
  return [...argv.slice(0, code), ...argv.slice(code + 1), '--', argv[code] ?? ''];
}
