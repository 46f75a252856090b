import {createHash} from 'node:crypto';
import {copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {unpackedName} from '../../agent/native/addon.ts';
import {AGENT_PROGRAM} from '../../src/protocol/names.ts';
import {buildOnce} from '../cache/build-once.ts';
import {forgetOld} from '../cache/forget-old.ts';
import {cacheRoot} from '../cache/places.ts';
import {ADDON, bundle} from './bundle.ts';
import {pack, PKG} from './pack.ts';
import {runtime} from './runtime.ts';
import {TARGETS} from './targets.ts';
import type {Platform} from './targets.ts';

/** Raised when the same input would give another program. */
const RECIPE = 2;

/** Builds of one platform that stay in the cache: an executable is 100 MB. */
const KEPT = 6;

/** A built program. */
export interface Program {
  /** The executable, alone in what it needs. */
  readonly path: string;
  /** Its native part as it unpacks it: beside the executable, nothing is written at run time. */
  readonly addon: string;
}

/** What is built, and who is told that it takes time. */
export interface ProgramOptions {
  platform: Platform;
  say: (line: string) => void;
  /** The file that runs; tests pass their own. */
  entry?: string;
}

/**
 * Builds the agent (or another entry point the same way) into one executable, or finds it in the cache. The same sources give
 * the same bytes.
 */
export function buildProgram({platform, say, entry = 'agent/main.ts'}: ProgramOptions): Promise<Program> {
  const key = `${platform} ${entry}`;
  const known = built.get(key) ?? build({platform, say, entry});
  built.set(key, known);
  return known;
}

/** Sources do not change while a process builds from them. */
const built = new Map<string, Promise<Program>>();

async function build({platform, say, entry}: Required<ProgramOptions>): Promise<Program> {
  const target = TARGETS[platform];
  const {addon, home, version} = await runtime(say);
  const script = await bundle(entry, target);
  const native = readFileSync(addon(target));
  const key = createHash('sha256')
    .update(
      JSON.stringify([RECIPE, platform, version, readFileSync(join(PKG, 'package.json'), 'utf8'), home]),
    )
    .update(script)
    .digest('hex')
    .slice(0, 16);
  const name = `${AGENT_PROGRAM}${target.extension}`;
  const addonName = unpackedName(ADDON, native);
  const folder = await buildOnce(join(cacheRoot, 'agent', `${platform.replace('/', '-')}-${key}`), {
    what: `${name} for ${platform}`,
    say,
    make: async half => {
      const stage = join(half, 'stage');
      mkdirSync(stage);
      writeFileSync(join(stage, 'main.cjs'), script);
      writeFileSync(join(stage, ADDON), native);
      // Without dependencies: pkg would walk them and pack what the bundle holds already.
      const manifest = {name: AGENT_PROGRAM, version: '0.0.0', bin: 'main.cjs', pkg: {assets: [ADDON]}};
      writeFileSync(join(stage, 'package.json'), JSON.stringify(manifest));
      await pack({
        stage,
        output: join(half, name),
        target: `node${version}-${target.node.pkg}-${target.node.arch}`,
        home,
      });
      rmSync(stage, {recursive: true});
      copyFileSync(addon(target), join(half, addonName));
    },
  });
  forgetOld(folder, KEPT);
  return {path: join(folder, name), addon: join(folder, addonName)};
}
