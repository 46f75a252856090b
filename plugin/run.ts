import {dirname, extname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {run, settings} from '@oclif/core';
import {EXIT} from '../src/report/exit.ts';
import {calledBy, COMMANDS} from './called.ts';
import {offered} from './commands.ts';
import {withDefaults} from './defaults.ts';
import {describeError} from './failure.ts';
import {SUMMARY, TOPICS} from './topics.ts';
import {nameShell} from './unknown-user.ts';
import {toolVersion} from './version.ts';

const here = fileURLToPath(import.meta.url);
const root = join(dirname(here), '..');

/** Package facts that oclif works by; given here so that a bundle needs no package.json beside it. */
const PACKAGE = {
  name: 'kubectl-win',
  description: SUMMARY,
  version: toolVersion(),
  oclif: {
    bin: 'kubectl win',
    binAliases: ['kubectl-win'],
    dirname: 'kubectl-win',
    topicSeparator: ' ' as const,
    topics: TOPICS,
    additionalHelpFlags: ['-h'],
    commands: {
      strategy: 'explicit' as const,
      target: extname(here) === '.ts' ? './plugin/commands.ts' : './dist/commands.js',
      identifier: 'offered',
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
  nameShell(process.env);
  try {
    const words = await withDefaults(normalize(argv));
    Object.assign(offered, meantBy(words));
    await run(words, {
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

/** The command that is called; with those below it for the long help, which lists them; all, where none is called. */
function meantBy(argv: readonly string[]): typeof offered {
  const [called, command] = calledBy(argv) ?? [];
  if (called === undefined || !command) return COMMANDS;
  // The framework sorts what it is told by the rules of a language, and loading these takes 16 ms.
  if (!argv.includes('--all')) return {[called]: command};
  return Object.fromEntries(
    Object.entries(COMMANDS).filter(([name]) => name === called || name.startsWith(`${called}:`)),
  );
}

/** `kubectl win` alone shows help, as every kubectl command does; a negative code to explain is no flag. */
function normalize(argv: string[]): string[] {
  if (argv.length === 0) return ['--help'];
  const code = argv.findIndex(word => /^-\d+$/.test(word));
  if (argv[0] !== 'explain' || code < 0 || argv.includes('--')) return argv;
  return [...argv.slice(0, code), ...argv.slice(code + 1), '--', argv[code] ?? ''];
}
