/**
 * Windows builds that run Kubernetes nodes. Names and dates:
 * https://learn.microsoft.com/windows-server/get-started/windows-server-release-info and
 * https://learn.microsoft.com/lifecycle/products/windows-server-2025; Kubernetes versions:
 * https://kubernetes.io/docs/concepts/windows/intro/#windows-os-version-support.
 */
export const checkedAt = '2026-11-21';

/** One build of Windows, whatever its revision. */
export interface WindowsBuild {
  build: number;
  name: string;
  /** Last day with security updates, without paid extensions. */
  endOfSupport: string;
  /** Whether Kubernetes ever listed it for nodes. */
  node: boolean;
  /** First and last Kubernetes minor that lists it for nodes; open where absent. */
  kubernetes?: {from?: string; to?: string};
}

/** Ascending by build. */
export const BUILDS: readonly WindowsBuild[] = [
  {build: 14393, name: 'Windows Server 2016', endOfSupport: '2027-01-12', node: false},
  {build: 17134, name: 'Windows Server, version 1803', endOfSupport: '2019-11-12', node: false},
  {
    build: 17763,
    name: 'Windows Server 2019',
    endOfSupport: '2029-01-09',
    node: true,
    kubernetes: {from: '1.14', to: '1.34'},
  },
  {
    build: 18362,
    name: 'Windows Server, version 1903',
    endOfSupport: '2020-12-08',
    node: true,
    kubernetes: {to: '1.19'},
  },
  {
    build: 18363,
    name: 'Windows Server, version 1909',
    endOfSupport: '2021-05-11',
    node: true,
    kubernetes: {to: '1.21'},
  },
  {
    build: 19041,
    name: 'Windows Server, version 2004',
    endOfSupport: '2021-12-14',
    node: true,
    kubernetes: {to: '1.22'},
  },
  {
    build: 19042,
    name: 'Windows Server, version 20H2',
    endOfSupport: '2022-08-09',
    node: true,
    kubernetes: {to: '1.24'},
  },
  {
    build: 20348,
    name: 'Windows Server 2022',
    endOfSupport: '2031-10-14',
    node: true,
    kubernetes: {from: '1.23'},
  },
  {build: 22621, name: 'Windows 11, version 22H2', endOfSupport: '2025-10-14', node: false},
  {build: 22631, name: 'Windows 11, version 23H2', endOfSupport: '2026-11-10', node: false},
  {
    build: 25398,
    name: 'Windows Server, version 23H2',
    endOfSupport: '2025-10-24',
    node: true,
    kubernetes: {from: '1.28'},
  },
  {
    build: 26100,
    name: 'Windows Server 2025',
    endOfSupport: '2034-10-10',
    node: true,
    kubernetes: {from: '1.31'},
  },
  {build: 26200, name: 'Windows 11, version 25H2', endOfSupport: '2028-10-10', node: false},
];

const BY_BUILD = new Map(BUILDS.map(row => [row.build, row]));

/** Looks a build up. */
export function buildOf(build: number): WindowsBuild | undefined {
  return BY_BUILD.get(build);
}

/** `Windows Server 2022 (20348)`, or the bare number where the table has no name. */
export function buildName(build: number): string {
  const known = BY_BUILD.get(build);
  return known ? `${known.name} (${build})` : `build ${build}`;
}

/** From here on the kernel keeps its interface to containers from one long-term release to the next. */
const STABLE_ABI = 20348;
/** Long-term releases since then, which an image may be as old as, ascending. */
const LONG_TERM = [20348, 26100] as const;

/**
 * Whether an image of one build runs under process isolation on a host of another: exactly the same build before Windows
 * Server 2022, and from there on any build from the long-term release before the host's up to the host's own
 * (https://learn.microsoft.com/virtualization/windowscontainers/deploy-containers/version-compatibility).
 */
export function imageRunsOn(image: number, host: number): boolean {
  if (image === host) return true;
  if (host < STABLE_ABI || image > host) return false;
  return image >= (oldestFor(host) ?? host);
}

/** The long-term release before the one a host is of: 20348 for 25398 and 26100, 26100 for what follows. */
function oldestFor(host: number): number | undefined {
  return LONG_TERM.findLast(build => build < host);
}
