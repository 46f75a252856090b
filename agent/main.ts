import {writeSync} from 'node:fs';
import {AGENT_PROGRAM} from '../src/protocol/names.ts';
import {CHILDREN} from './child/children.ts';
import {UsageError} from './config/usage.ts';
import {agentVersion} from './config/version.ts';
import {ListenError} from './server/listen.ts';

const STDOUT = 1;
const STDERR = 2;
/** The exit codes of the project: usage, could not run, a fault of our own. */
const EXIT = {usage: 2, couldNotRun: 3, bug: 70} as const;

type Command = (args: readonly string[]) => Promise<void>;

/** Each is loaded when it runs: a child process needs none of what the server stands on. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  serve: async () => (await import('./serve.ts')).serve,
  connect: async () => (await import('./connect.ts')).connect,
  snapshot: async () => (await import('./snapshot.ts')).snapshot,
  async expire() {
    const {expire} = await import('./expire/expire.ts');
    return async () => await expire();
  },
  version: async () => version,
};

void main(process.argv.slice(2));

async function main([word = '', ...args]: readonly string[]): Promise<void> {
  try {
    const command = word === 'child' ? child : await commandOf(word);
    await command(args);
  } catch (error) {
    const known = error instanceof UsageError || error instanceof ListenError;
    const text = known || !(error instanceof Error) ? String(error) : (error.stack ?? error.message);
    writeSync(STDERR, `${AGENT_PROGRAM}: ${known ? error.message : text}\n`);
    process.exitCode = error instanceof UsageError ? EXIT.usage : known ? EXIT.couldNotRun : EXIT.bug;
  }
}

async function commandOf(word: string): Promise<Command> {
  const load = Object.hasOwn(COMMANDS, word) ? COMMANDS[word] : undefined;
  if (load) return await load();
  const names = Object.keys(COMMANDS);
  throw new UsageError(
    `there is no command ${JSON.stringify(word)}: it is ${names.slice(0, -1).join(', ')} or ${names.at(-1)}`,
  );
}

async function version(): Promise<void> {
  writeSync(STDOUT, `${agentVersion()}\n`);
}

async function child([name = '']: readonly string[]): Promise<void> {
  const load = CHILDREN.get(name);
  if (!load) throw new UsageError('this program starts its child processes itself');
  const work = await load();
  await work();
}
