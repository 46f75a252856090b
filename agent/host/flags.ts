import {ALLOWED_FLAGS, PROGRAM_ALIASES} from './flag-tables.ts';

/** Flags that may be told of the program in `image` (a file name, with or without `.exe`); undefined for all other programs. */
export function allowedFlags(image: string): ReadonlySet<string> | undefined {
  const program = image.toLowerCase().replace(/\.exe$/, '');
  const known = PROGRAM_ALIASES[program] ?? program;
  return Object.hasOwn(ALLOWED_FLAGS, known) ? new Set(ALLOWED_FLAGS[known]) : undefined;
}

/**
 * Takes the allowed flags out of a program's arguments. A value that is not attached with `=` is taken from the next argument
 * only if that is no flag itself; all else is dropped. Where a flag is repeated, the last one holds, as in pflag.
 */
export function flagsOf(args: readonly string[], allowed: ReadonlySet<string>): Record<string, string> {
  const flags = new Map<string, string>();
  for (const [i, arg] of args.entries()) {
    const [, name = '', attached] = /^--?([\w-]+)(?:=(.*))?$/s.exec(arg) ?? [];
    if (!allowed.has(name)) continue;
    const next = args[i + 1];
    flags.set(name, attached ?? (next === undefined || next.startsWith('-') ? 'true' : next));
  }
  return Object.fromEntries(flags);
}
