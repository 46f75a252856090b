import {execFileSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import test from 'ava';
import {findConfigs} from '../../../agent/cri/config-files.ts';
import {readContainerdConfig} from '../../../src/cri/config/read.ts';
import type {ContainerdConfig} from '../../../src/cri/config/read.ts';
import {redactToml} from '../../../src/cri/config/redact.ts';
import {KINDS} from './kinds.ts';

const V2 = 'plugins."io.containerd.grpc.v1.cri"';
const IMAGES = `plugins.'io.containerd.cri.v1.images'`;
const RUNTIME = `plugins.'io.containerd.cri.v1.runtime'`;

const v2 = (body: string, imports = '') => `version = 2\n${imports}\n${body}`;
const v3 = (body: string, imports = '') => `version = 3\n${imports}\n${body}`;
const IMPORTS = 'imports = ["b.toml", "d-*.toml"]';

/** Configurations of one or more files; `a.toml` is the main one. */
const CASES: Readonly<Record<string, {since: 1 | 2; files: Record<string, string>}>> = {
  'one file of version 2': {
    since: 1,
    files: {
      'a.toml': v2(
        `[${V2}]\nsandbox_image = "own/pause:1"\n[${V2}.containerd]\nsnapshotter = "native"\ndefault_runtime_name = "other"\n[${V2}.containerd.runtimes.other]\nruntime_type = "io.containerd.runc.v2"\n[${V2}.cni]\nbin_dir = "/b"\nconf_dir = "/c"`,
      ),
    },
  },
  'files of version 2 that name the same section': {
    since: 1,
    files: {
      'a.toml': v2(`[${V2}]\nsandbox_image = "own/pause:1"\n[${V2}.cni]\nconf_dir = "/c"`, IMPORTS),
      'b.toml': v2(`[${V2}]\nsandbox_image = "own/pause:2"`),
    },
  },
  'a later file of version 2 about something else': {
    since: 1,
    files: {
      'a.toml': v2(`[${V2}]\nsandbox_image = "own/pause:1"`, IMPORTS),
      'b.toml': v2('[debug]\nlevel = "debug"'),
    },
  },
  'files of version 3, of which the last counts': {
    since: 2,
    files: {
      'a.toml': v3(
        `[${IMAGES}.pinned_images]\nsandbox = 'own/pause:1'\n[${RUNTIME}.cni]\nconf_dir = '/c'\nbin_dirs = ['/a', '/b']`,
        IMPORTS,
      ),
      'b.toml': v3(`[${IMAGES}]\nsnapshotter = 'native'\n[${RUNTIME}.cni]\nbin_dirs = ['/d']`),
      'd-1.toml': v3(`[${IMAGES}.pinned_images]\nsandbox = 'own/pause:2'`),
      'd-2.toml': v3(
        `[${IMAGES}.pinned_images]\nsandbox = ''\n[${RUNTIME}.containerd.runtimes.other]\nruntime_type = 'io.containerd.runc.v2'`,
      ),
    },
  },
  'a section of version 2 in a file of version 3': {
    since: 2,
    files: {'a.toml': v3(`[${V2}]\nsandbox_image = "own/pause:1"`)},
  },
};

for (const [title, kind] of Object.entries(KINDS)) {
  test(`configurations are read as ${title} itself reads them`, async t => {
    const {folder, configVersion} = await kind(line => t.log(line));
    const major = configVersion === 2 ? 1 : 2;
    const program = join(folder, 'containerd');
    const dump = (...args: string[]) =>
      readContainerdConfig(
        [{file: 'dump', text: execFileSync(program, [...args], {encoding: 'utf8', stdio: 'pipe'})}],
        major,
      );
    const byDefault = facts(dump('config', 'default'));
    for (const [name, {since, files}] of Object.entries(CASES)) {
      if (since > major) continue;
      const place = mkdtempSync(join(tmpdir(), 'config-'));
      try {
        for (const [file, text] of Object.entries(files)) writeFileSync(join(place, file), text);
        const main = join(place, 'a.toml');
        const theirs = facts(dump('--config', main, 'config', 'dump'));
        const found = await findConfigs({os: 'linux', commandLine: async () => `containerd -c ${main}`});
        const texts = found.files.map(({path, text}) => ({file: path, text: redactToml(text)}));
        const ours = facts(readContainerdConfig(texts, major));
        for (const key of Object.keys(byDefault)) {
          t.deepEqual(ours[key] ?? byDefault[key], theirs[key] ?? byDefault[key], `${name}: ${key}`);
        }
      } finally {
        rmSync(place, {recursive: true});
      }
    }
  });
}

/** What is compared, by its name; what a configuration leaves to the default is undefined. */
function facts(config: ContainerdConfig): Record<string, unknown> {
  const {sandboxImage, snapshotter, defaultRuntime, runtimes, cni, logLevel} = config;
  const other = runtimes.find(runtime => runtime.name === 'other')?.type;
  const binDirs = cni.binDirs.length > 0 ? cni.binDirs : undefined;
  return {sandboxImage, snapshotter, defaultRuntime, other, binDirs, confDir: cni.confDir, logLevel};
}
