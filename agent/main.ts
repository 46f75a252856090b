import {writeSync} from 'node:fs';
import {AGENT_PROGRAM} from '../src/protocol/names.ts';
import {CHILDREN} from './child/children.ts';
import {UsageError} from './config/usage.ts';
import {agentVersion} from './config/version.ts';
import {connect} from './connect.ts';
import {expire} from './expire/expire.ts';
import {serve} from './serve.ts';
import {ListenError} from './server/listen.ts';
import {snapshot} from './snapshot.ts';

const STDOUT = 1;
const STDERR = 2;
/** The exit codes of the project: usage, could not run, a fault of our own. */
const EXIT = {usage: 2, couldNotRun: 3, bug: 70} as const;

void main(process.argv.slice(2));

async function main([word = '', ...args]: readonly string[]): Promise<void> {
  try {
    await run(word, args);
  } catch (error) {
    const known = error instanceof UsageError || error instanceof ListenError;
    const text = known || !(error instanceof Error) ? String(error) : (error.stack ?? error.message);
    writeSync(STDERR, `${AGENT_PROGRAM}: ${known ? error.message : text}\n`);
    process.exitCode = error instanceof UsageError ? EXIT.usage : known ? EXIT.couldNotRun : EXIT.bug;
  }
}

async function run(word: string, args: readonly string[]): Promise<void> {
  switch (word) {
    case 'serve':
      return await serve(args);
    case 'connect':
      return await connect(args);
    case 'snapshot':
      return await snapshot(args);
    case 'expire':
      return await expire();
    case 'version':
      writeSync(STDOUT, `${agentVersion()}\n`);
      return;
    case 'child':
      return await child(args);
    default:
      throw new UsageError(
        `there is no command ${JSON.stringify(word)}: it is serve, connect, snapshot, expire or version`,
      );
  }
}

async function child([name = '']: readonly string[]): Promise<void> {
  const load = CHILDREN.get(name);
  if (!load) throw new UsageError('this program starts its child processes itself');
  const work = await load();
  await work();
}
