import {spawn} from 'node:child_process';
import type {ChildProcess} from 'node:child_process';
import {randomBytes} from 'node:crypto';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {createInterface} from 'node:readline';
import type {ExecutionContext} from 'ava';
import {AgentClient} from './client.ts';
import type {SyntheticOptions} from './synthetic-agent.ts';

const SCRIPT = join(import.meta.dirname, 'synthetic-agent.ts');

type Entry = Record<string, unknown> & {event: string};

/** An agent in a process of its own, killed with the test. */
export class AgentProcess {
  readonly child: ChildProcess;
  readonly key: Uint8Array;
  readonly #entries: Entry[] = [];
  readonly #waiting = new Set<() => void>();

  constructor(t: ExecutionContext, options: Omit<SyntheticOptions, 'key'>) {
    this.key = randomBytes(32);
    const given = JSON.stringify({...options, key: Buffer.from(this.key).toString('base64')});
    this.child = spawn(process.execPath, [SCRIPT, given], {stdio: ['pipe', 'pipe', 'pipe']});
    this.child.stdin?.on('error', () => undefined);
    t.teardown(() => this.child.kill('SIGKILL'));
    if (!this.child.stderr) throw new Error('there is no pipe');
    createInterface(this.child.stderr).on('line', line => {
      if (line.startsWith('{')) this.#entries.push(JSON.parse(line));
      this.#waiting.forEach(look => look());
    });
  }

  /** A client of an agent that serves. */
  async client(): Promise<AgentClient> {
    return await AgentClient.to(Number((await this.entry('started'))['port']), this.key);
  }

  /** The first line of its log that tells of such an event. */
  async entry(event: string): Promise<Entry> {
    return await new Promise(resolve => {
      const look = (): void => {
        const found = this.#entries.find(entry => entry.event === event);
        if (!found) return;
        this.#waiting.delete(look);
        resolve(found);
      };
      this.#waiting.add(look);
      look();
    });
  }

  /** Its exit code, once it has ended. */
  async ended(): Promise<number | null> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return this.child.exitCode;
    return await new Promise(resolve => this.child.on('exit', resolve));
  }
}

/** Whether a process is there; one that has ended and was not yet waited for is not. */
export function isAlive(pid: number): boolean {
  try {
    return !/^\d+ \(.*\) Z/s.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

/** Waits until a process is gone. */
export async function gone(pid: number): Promise<void> {
  while (isAlive(pid)) await new Promise(resolve => setTimeout(resolve, 10));
}
