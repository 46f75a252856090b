import {execa} from 'execa';

/** What a registry knows against the packages that ship: advisories of level high and above by package, or why nobody knows. */
export type Advisories = {found: readonly Advisory[]} | {unknown: string};

/** A package with such an advisory. */
export interface Advisory {
  name: string;
  severity: 'high' | 'critical';
  /** What the advisory says, with its address; of a package that only depends on another one, that one's name. */
  because: string;
}

/** Of `npm audit --json` (https://docs.npmjs.com/cli/commands/npm-audit). */
interface Audit {
  vulnerabilities?: Record<
    string,
    {name: string; severity: string; via: readonly (string | {title: string; url: string})[]}
  >;
  message?: string;
}

/** A registry that does not answer holds nothing up for longer than this. */
const PATIENCE = ['--fetch-retries=0', '--fetch-timeout=30000'];

/** Asks the registry about what the lockfile of a folder has, development aside. */
export async function advisoriesOf(folder: string, registry?: string): Promise<Advisories> {
  const args = ['audit', '--json', '--audit-level=high', '--omit=dev', '--package-lock-only', ...PATIENCE];
  if (registry !== undefined) args.push(`--registry=${registry}`);
  // It exits with 1 where it found something.
  const {stdout, stderr} = await execa('npm', args, {cwd: folder, reject: false, stdin: 'ignore'});
  try {
    return read(JSON.parse(stdout) as Audit);
  } catch {
    return {unknown: stderr.trim().split('\n')[0] || 'npm could not be asked'};
  }
}

function read({vulnerabilities, message}: Audit): Advisories {
  if (!vulnerabilities) return {unknown: (message ?? 'no answer').replace(/ - .*/s, '')};
  const found: Advisory[] = [];
  for (const {name, severity, via} of Object.values(vulnerabilities)) {
    if (severity !== 'high' && severity !== 'critical') continue;
    const reasons = via.map(reason =>
      typeof reason === 'string' ? reason : `${reason.title} (${reason.url})`,
    );
    found.push({name, severity, because: reasons.join(', ')});
  }
  return {found};
}
