/** What a program is built for. */
export interface Target {
  /** Operating system and architecture as images name them. */
  readonly os: 'windows' | 'linux';
  readonly arch: 'amd64' | 'arm64';
  /** The same as Node.js, pkg and npm packages name them: `win-x64`. */
  readonly node: {
    readonly platform: 'win32' | 'linux';
    readonly arch: 'x64' | 'arm64';
    readonly pkg: 'win' | 'linux';
  };
  readonly extension: '.exe' | '';
}

/** Every platform of the agent. */
export const TARGETS = {
  'windows/amd64': {
    os: 'windows',
    arch: 'amd64',
    node: {platform: 'win32', arch: 'x64', pkg: 'win'},
    extension: '.exe',
  },
  'linux/amd64': {
    os: 'linux',
    arch: 'amd64',
    node: {platform: 'linux', arch: 'x64', pkg: 'linux'},
    extension: '',
  },
  'linux/arm64': {
    os: 'linux',
    arch: 'arm64',
    node: {platform: 'linux', arch: 'arm64', pkg: 'linux'},
    extension: '',
  },
} as const satisfies Record<string, Target>;

export type Platform = keyof typeof TARGETS;
