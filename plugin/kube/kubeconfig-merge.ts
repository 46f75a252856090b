import {readFileSync, statSync} from 'node:fs';
import path from 'node:path';
import {parse} from 'yaml';
import {UserError} from '../errors.ts';
import type {ClusterEntry, ContextEntry, KubeconfigFile, UserEntry} from './kubeconfig-shape.ts';
import {kubeconfigShape} from './kubeconfig-shape.ts';

/** Several kubeconfig files as one. */
export interface MergedKubeconfig {
  currentContext: string | undefined;
  clusters: Map<string, ClusterEntry>;
  users: Map<string, UserEntry>;
  contexts: Map<string, ContextEntry>;
  /** The files that were there, in order. */
  files: string[];
}

/**
 * Merges files as kubectl does: of a name that several have the first file's entry counts whole, and the first current
 * context that is set counts. A file that is not there is passed over unless `required`.
 */
export function mergeKubeconfigs(files: readonly string[], required: boolean): MergedKubeconfig {
  const merged: MergedKubeconfig = {
    currentContext: undefined,
    clusters: new Map(),
    users: new Map(),
    contexts: new Map(),
    files: [],
  };
  for (const file of files) {
    const content = readText(file, required);
    if (content === undefined) continue;
    merged.files.push(file);
    const config = parseKubeconfig(file, content);
    resolvePaths(config, path.dirname(path.resolve(file)));
    merged.currentContext ||= config['current-context'];
    addFirst(merged.clusters, config.clusters, file, e => e.cluster);
    addFirst(merged.users, config.users, file, e => e.user);
    addFirst(merged.contexts, config.contexts, file, e => e.context);
  }
  return merged;
}

/** Kubeconfigs of a thousand clusters have some megabytes; a larger file is something else. */
const MAX_BYTES = 32 * 1024 * 1024;

function readText(file: string, required: boolean): string | undefined {
  try {
    if (statSync(file).size > MAX_BYTES) throw invalid(file, 'it is larger than any kubeconfig');
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof UserError) throw error;
    const code = codeOf(error);
    if (code === 'ENOENT' && !required) return undefined;
    const why = {
      ENOENT: 'does not exist',
      EACCES: 'may not be read by this user',
      EISDIR: 'is a directory',
    }[code];
    throw new UserError(`kubeconfig ${file} ${why ?? `cannot be read: ${code}`}`, {
      code: 'kubeconfig-unreadable',
      fix: ['name a kubeconfig file with `--kubeconfig` or `KUBECONFIG`', `ls -l ${file}`],
      cause: error,
    });
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}

function parseKubeconfig(file: string, content: string): KubeconfigFile {
  const problems: string[] = [];
  let parsed: unknown;
  try {
    parsed = parse(content);
  } catch (error) {
    const [first = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
    throw invalid(file, first.replace(/:$/, ''), error);
  }
  if (parsed === null || parsed === undefined) return {};
  const config = kubeconfigShape(parsed, '', p => {
    if (p.problem === 'wrong-type') problems.push(p.message);
  });
  if (!config) throw invalid(file, 'it holds no map');
  if (problems[0] !== undefined) throw invalid(file, problems[0]);
  return config;
}

function invalid(file: string, why: string, cause?: unknown): UserError {
  return new UserError(`kubeconfig ${file} is invalid: ${why}`, {
    code: 'kubeconfig-invalid',
    fix: [`kubectl config view --kubeconfig ${file}`],
    cause,
  });
}

/** Paths in a kubeconfig count from the file that names them; a bare command is looked up in PATH. */
function resolvePaths(config: KubeconfigFile, root: string): void {
  const resolve = (value: string): string => (path.isAbsolute(value) ? value : path.join(root, value));
  for (const {cluster} of config.clusters ?? []) {
    if (cluster['certificate-authority'])
      cluster['certificate-authority'] = resolve(cluster['certificate-authority']);
  }
  for (const {user} of config.users ?? []) {
    for (const key of ['client-certificate', 'client-key', 'tokenFile'] as const) {
      const value = user[key];
      if (value) user[key] = resolve(value);
    }
    if (user.exec?.command.includes(path.sep)) user.exec.command = resolve(user.exec.command);
  }
}

function addFirst<E extends {name: string}, T>(
  into: Map<string, T>,
  entries: readonly E[] | undefined,
  file: string,
  valueOf: (entry: E) => T,
): void {
  const own = new Set<string>();
  for (const entry of entries ?? []) {
    if (own.has(entry.name)) throw invalid(file, `the name \`${entry.name}\` stands in it twice`);
    own.add(entry.name);
    if (!into.has(entry.name)) into.set(entry.name, valueOf(entry));
  }
}
