import {nearest} from '../explain/nearest.ts';
import type {Check, ProfileName} from './define.ts';
import {AREAS} from './define.ts';

/** A set of checks for one purpose. */
export interface Profile {
  name: ProfileName;
  /** One line for `--help`. */
  description: string;
  /** Ids and areas that belong to it. Ids of checks that need an agent may stand here before the check does. */
  includes: readonly string[];
  /** Ids and areas that do not, though `includes` covers them. */
  excludes: readonly string[];
}

/** The profiles, the default first. */
export const PROFILES: readonly Profile[] = [
  {
    name: 'support',
    description: 'everything that can keep Windows workloads from running; CI build farms left out',
    includes: AREAS,
    excludes: ['CIB'],
  },
  {
    name: 'ci-build',
    description:
      'what Windows builds on a Kubernetes build farm need of the cluster, pipelines and build pods',
    // What the guides of build farms ask for, and what keeps a build pod from starting.
    includes: words(`CIB CLD
      SCH001 SCH002 SCH003 SCH004 SCH005 SCH012 SCH016 POD003 POD005 POD012 POD015
      IMG001 IMG002 IMG003 IMG010 IMG011 IMG012 NOD001 NOD002 NOD005 NOD017 NOD018 DNS006 KBL001 KBL002 KBL004`),
    excludes: [],
  },
  {
    name: 'host-process',
    description:
      'what HostProcess containers need: specification, rights, images, runtime, the node agents made of them',
    includes:
      words(`POD001 POD002 POD004 POD005 POD006 POD007 POD008 POD010 POD012 POD015 POD016 POD017 POD018 POD019
      SCH001 SCH009 SCH010 SCH011 SCH013 SCH014 SCH015 IMG001 IMG002 IMG003 IMG009 IMG011
      CRI003 CRI004 CRI012 ADV002 ADV003 CNI006 CNI007 CNI008 CNI009 NOD001 NOD002 KBL001 KBL002 KBL003`),
    excludes: [],
  },
  {
    name: 'gmsa',
    description: 'what domain identities (gMSA) need: specs, webhook, rights, nodes, clocks',
    // Clocks and time services, as Kerberos refuses what is five minutes off.
    includes:
      words(`IDN POD001 POD004 POD005 POD015 SCH011 SCH013 CRI015 NOD001 NOD002 NOD006 NOD025 ADV001 ADV002
      DNS003 DNS006 KBL001 KBL002 STO004`),
    excludes: [],
  },
  {
    name: 'storage',
    description: 'what volumes of Windows pods need: drivers, file systems, SMB shares, disks',
    includes: words(
      `STO IDN008 KBL001 KBL004 POD009 POD015 POD019 CRI010 CRI016 NOD001 NOD005 NOD010 NOD014 ADV002`,
    ),
    excludes: [],
  },
];

/** What `net check` judges: connections, and what of the hosts' networking they may follow from. */
export const NET_CHECKS: readonly string[] = words('NET DNS HNS SVC CNI ADV001 NOD010 NOD011');

/** What `hns check` judges: the host's networking, and what brings it down. */
export const HNS_CHECKS: readonly string[] = words('HNS SVC CNI NOD001 NOD010 NOD011 NOD012 NOD024 AGT001');

function words(text: string): string[] {
  return text.split(/\s+/);
}

/** What a check is called. */
type Named = Pick<Check, 'id' | 'area' | 'name'>;

/** Which checks a user asks for. */
export interface CheckChoice {
  /** Without one, every check is meant: manifests say by themselves what they are. */
  profile?: ProfileName;
  /** Ids, names and areas; they are taken from all checks, whatever the profile. None: the whole profile. */
  only: readonly string[];
  skip: readonly string[];
}

/**
 * Chooses checks by profile, ids, names and areas, in the order of the catalogue and in any case of letters. Gives a
 * sentence instead where a word names no check, with the nearest that does.
 */
export function selectChecks<C extends Named>(
  checks: readonly C[],
  {profile, only, skip}: CheckChoice,
): readonly C[] | string {
  const unknown = [...only, ...skip].find(word => !isKnown(word, checks));
  if (unknown !== undefined) return unknownWord(unknown, checks);
  const chosen = only.length > 0 ? checks.filter(c => isNamed(c, only)) : ofProfile(checks, profile);
  return chosen.filter(c => !isNamed(c, skip));
}

function ofProfile<C extends Named>(checks: readonly C[], name: ProfileName | undefined): readonly C[] {
  const profile = PROFILES.find(p => p.name === name);
  if (!profile) return checks;
  return checks.filter(c => isNamed(c, profile.includes) && !isNamed(c, profile.excludes));
}

function isNamed({id, area, name}: Named, words: readonly string[]): boolean {
  return words.some(word => {
    const upper = word.toUpperCase();
    return upper === id || upper === area || word.toLowerCase() === name;
  });
}

/** An area counts as known even while none of its checks can be answered here. */
function isKnown(word: string, checks: readonly Named[]): boolean {
  return AREAS.some(area => area === word.toUpperCase()) || checks.some(c => isNamed(c, [word]));
}

function unknownWord(word: string, checks: readonly Named[]): string {
  const guess = nearest(word, [...checks.map(c => c.id), ...AREAS, ...checks.map(c => c.name)]);
  const hint = guess ? `; did you mean ${guess}?` : `; areas are ${AREAS.join(', ')}`;
  return `"${word}" is no check and no area${hint}`;
}
