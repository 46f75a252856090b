import {writeSync} from 'node:fs';
import {UsageError} from './config/usage.ts';
import {agentVersion} from './config/version.ts';

const STDOUT = 1;

type Command = (args: readonly string[]) => Promise<void>;

/** Each is loaded when it runs. */
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

/** Carries out a command of whoever started the program. Throws a {@link UsageError} where there is no such command. */
export async function runCommand([word = '', ...args]: readonly string[]): Promise<void> {
  const load = Object.hasOwn(COMMANDS, word) ? COMMANDS[word] : undefined;
  if (!load) {
    const names = Object.keys(COMMANDS);
    throw new UsageError(
      `there is no command ${JSON.stringify(word)}: it is ${names.slice(0, -1).join(', ')} or ${names.at(-1)}`,
    );
  }
  const command = await load();
  await command(args);
}

async function version(): Promise<void> {
  writeSync(STDOUT, `${agentVersion()}\n`);
}
