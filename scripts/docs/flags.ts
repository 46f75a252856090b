/** What documents say of a flag. */
export interface FlagFacts {
  name: string;
  char?: string;
  description?: string;
  hidden?: boolean;
  helpValue?: string | string[];
  options?: readonly string[];
  default?: unknown;
  env?: string;
  type: string;
}

/** The flags that `--help` shows, by their order. */
export function flagsOf(flags: Record<string, Omit<FlagFacts, 'name'>> = {}): FlagFacts[] {
  return Object.entries(flags)
    .map(([name, flag]) => ({...flag, name}))
    .filter(({hidden}) => !hidden);
}

/** `-o, --output text|json` */
export function flagUsage(flag: FlagFacts): string {
  const short = flag.char ? `-${flag.char}, ` : '';
  const value = flag.type === 'boolean' ? '' : ` ${valueOf(flag)}`;
  return `${short}--${flag.name}${value}`;
}

function valueOf({options, helpValue}: FlagFacts): string {
  if (options) return options.join('|');
  return [helpValue ?? 'VALUE'].flat().join(' ');
}

/** What it does, and what it is where nobody sets it. */
export function meaningOf({description = '', default: standard}: FlagFacts): string {
  const scalar = typeof standard === 'string' || typeof standard === 'number';
  return scalar ? `${description} (default: ${standard})` : description;
}
