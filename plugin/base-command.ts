import {Command} from '@oclif/core';
import {maskSecrets} from '../src/redact/quoted.ts';
import {visible} from '../src/report/visible.ts';
import {commonFlags} from './flags.ts';
import {interruption} from './interruption.ts';

/** What all commands share: flags, and errors that only `main` prints. */
export abstract class BaseCommand extends Command {
  static override baseFlags = commonFlags;

  /** Ends when the user interrupts; a second Ctrl-C ends the process at once. */
  protected readonly signal: AbortSignal = interruption();

  /** Says something that is no result: it goes to standard error. */
  protected note(text: string): void {
    process.stderr.write(`note: ${visible(maskSecrets(text))}\n`);
  }

  protected override async catch(error: Error): Promise<never> {
    throw error;
  }
}
