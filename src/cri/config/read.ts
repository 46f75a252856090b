import {TomlError, parse} from 'smol-toml';
import {at, isObject, objectAt, textAt, textsAt} from '../json.ts';
import type {JsonObject} from '../json.ts';
import {CONFIG_VERSIONS, mergeDeep, sectionsOf} from './sections.ts';
import type {Sections} from './sections.ts';

/** A file of the configuration as it lies on the node or in a capture. */
export interface ConfigFile {
  file: string;
  text: string;
}

/** A way to run pods: what RuntimeClasses name as `handler`. */
export interface RuntimeHandler {
  name: string;
  /** `io.containerd.runhcs.v1`. */
  type: string | undefined;
  /** The pause image in the options of runhcs: a second place, which can disagree. */
  sandboxImage: string | undefined;
  /** 1 is Hyper-V. */
  isolation: number | undefined;
}

/** What is wrong with a file, and where. */
export interface ConfigProblem {
  file: string;
  /** From 1; absent where it is about the file as a whole. */
  line?: number;
  problem: 'invalid' | 'unknown-version' | 'version-too-high';
  message: string;
}

/** What containerd reads from its configuration that matters for pods. What is absent has containerd's default. */
export interface ContainerdConfig {
  /** Of the main file. */
  version: number;
  sandboxImage: string | undefined;
  snapshotter: string | undefined;
  defaultRuntime: string | undefined;
  runtimes: readonly RuntimeHandler[];
  cni: {binDirs: readonly string[]; confDir: string | undefined; maxConfNum: number | undefined};
  /** Pipe or socket. */
  address: string | undefined;
  root: string | undefined;
  state: string | undefined;
  logLevel: string | undefined;
  disabledPlugins: readonly string[];
  imports: readonly string[];
  problems: readonly ConfigProblem[];
}

/**
 * Reads containerd's configuration: the main file first, then those that it imports, in containerd's order. Up to 1.x a
 * later file replaces a plugin's whole section, from 2.0 on it is laid over it; where nobody knows which containerd reads
 * it, the main file's version decides.
 */
export function readContainerdConfig(
  files: readonly ConfigFile[],
  containerdMajor?: number,
): ContainerdConfig {
  const problems: ConfigProblem[] = [];
  let top: JsonObject = {};
  let sections: Sections = {images: {}, runtime: {}};
  let first: number | undefined;
  for (const file of files) {
    const document = parseToml(file, problems);
    if (!document) continue;
    const version = versionOf(document);
    if (!CONFIG_VERSIONS.includes(version)) {
      problems.push({
        file: file.file,
        problem: 'unknown-version',
        message: `version ${version} is unknown to every containerd: known are ${CONFIG_VERSIONS.join(', ')}`,
      });
    }
    first ??= version;
    if (version > first) problems.push(tooNew(file.file, version, first));
    const own = sectionsOf(document, version);
    const lays = (containerdMajor ?? first - 1) >= 2;
    sections = {
      images: lay(sections.images, own.images, lays),
      runtime: lay(sections.runtime, own.runtime, lays),
    };
    const {plugins: _, ...rest} = document;
    top = mergeDeep(top, {...rest, server: serverSections(document)});
  }
  return {...readTop(top), ...readSections(sections), version: first ?? 1, problems};
}

/** https://github.com/containerd/containerd/blob/main/cmd/containerd/server/config/config.go, `LoadConfig`. */
function tooNew(file: string, version: number, first: number): ConfigProblem {
  return {
    file,
    problem: 'version-too-high',
    message: `version ${version} is higher than that of the main file (${first}): containerd 2.3 does not start with it`,
  };
}

function lay(to: JsonObject, from: JsonObject, merges: boolean): JsonObject {
  if (merges) return mergeDeep(to, from);
  return Object.keys(from).length > 0 ? from : to;
}

/** Version 4 moved these from the top into plugins. */
function serverSections(document: JsonObject): JsonObject {
  const plugins = objectAt(document, 'plugins');
  return {
    grpc: objectAt(plugins, 'io.containerd.server.v1.grpc'),
    debug: objectAt(plugins, 'io.containerd.server.v1.debug'),
  };
}

function readTop(top: JsonObject) {
  return {
    address: textAt(top, 'server', 'grpc', 'address') ?? textAt(top, 'grpc', 'address'),
    logLevel: textAt(top, 'server', 'debug', 'level') ?? textAt(top, 'debug', 'level'),
    root: textAt(top, 'root'),
    state: textAt(top, 'state'),
    disabledPlugins: textsAt(top, 'disabled_plugins'),
    imports: textsAt(top, 'imports'),
  };
}

function readSections({images, runtime}: Sections) {
  return {
    sandboxImage: textAt(images, 'pinned_images', 'sandbox'),
    snapshotter: textAt(images, 'snapshotter'),
    defaultRuntime: textAt(runtime, 'containerd', 'default_runtime_name'),
    runtimes: Object.entries(objectAt(runtime, 'containerd', 'runtimes'))
      .filter(([, value]) => isObject(value))
      .map(([name, value]) => ({
        name,
        type: textAt(value, 'runtime_type'),
        sandboxImage: textAt(value, 'options', 'SandboxImage'),
        isolation: numberAt(value, 'options', 'SandboxIsolation'),
      })),
    cni: {
      binDirs: textsAt(runtime, 'cni', 'bin_dirs'),
      confDir: textAt(runtime, 'cni', 'conf_dir'),
      maxConfNum: numberAt(runtime, 'cni', 'max_conf_num'),
    },
  };
}

function numberAt(value: unknown, ...keys: readonly string[]): number | undefined {
  const found = at(value, ...keys);
  return typeof found === 'number' ? found : undefined;
}

function versionOf(document: JsonObject): number {
  const version = at(document, 'version');
  return typeof version === 'number' ? version : 1;
}

/** Parses one file. smol-toml quotes the lines around an error, which may hold a secret: only the place and its first line stay. */
function parseToml({file, text}: ConfigFile, problems: ConfigProblem[]): JsonObject | undefined {
  try {
    return parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const [message = ''] = error.message.split('\n');
    problems.push({
      file,
      line: error.line,
      problem: 'invalid',
      message: message.replace(/^Invalid TOML document: /, ''),
    });
    return undefined;
  }
}

/** The files that a parsed main file imports, as it names them; nothing where it does not parse. */
export function importsOf(file: ConfigFile): readonly string[] {
  return textsAt(parseToml(file, []), 'imports');
}
