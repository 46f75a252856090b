import {existsSync} from 'node:fs';
import {EXIT} from '../src/report/exit.ts';
import {settingsFile} from './settings-file.ts';

const ENVIRONMENT = 'KUBECTL_WIN_';

/** Whether nothing but the command line says what is wanted: no variable of ours and no file of settings. */
export function isPlain(env: NodeJS.ProcessEnv): boolean {
  return (
    !Object.keys(env).some(name => name.startsWith(ENVIRONMENT)) && !existsSync(settingsFile(env)?.path ?? '')
  );
}

/** Whether words have another short flag than `-o` with its value as the next word: what stands together is the framework's to take apart. */
export function hasOtherShorts(words: readonly string[]): boolean {
  return words.some(word => /^-[^-]/.test(word) && word !== '-o');
}

/** Runs what needs no command framework, and says with what code to exit. Errors are printed as the framework's are. */
export async function quickly(argv: readonly string[], run: () => Promise<void>): Promise<number> {
  try {
    await run();
    return Number(process.exitCode ?? EXIT.ok);
  } catch (error) {
    const {describeError} = await import('./failure.ts');
    const {text, exitCode} = describeError(error, argv);
    process.stderr.write(text);
    return exitCode;
  }
}
