import {createHash} from 'node:crypto';
import {copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {unpackedName} from '../../agent/native/addon.ts';
import {buildOnce} from '../cache/build-once.ts';
import {forgetOld} from '../cache/forget-old.ts';
import {cacheRoot} from '../cache/places.ts';
import {MAIN, bundle} from './bundle.ts';
import {ADDON} from './native-part.ts';
import {pack, PKG} from './pack.ts';
import {RECIPES} from './recipes.ts';
import type {ProgramName} from './recipes.ts';
import {runtime} from './runtime.ts';
import {TARGETS} from './targets.ts';
import type {AgentPlatform, Platform} from './targets.ts';

/** Raised when the same input would give another program. */
const RECIPE_VERSION = 4;

/** Builds of one platform that stay in the cache: an executable is 100 MB. */
const KEPT = 6;

/** A built program. */
export interface Program {
  /** The executable, alone in what it needs. */
  readonly path: string;
  /** Its native part as it unpacks it, where it has one: beside the executable, nothing is written at run time. */
  readonly addon?: string;
}

/** What is built (the agent unless said otherwise), and who is told that it takes time. */
export type ProgramOptions = (
  | {program?: 'agent'; platform: AgentPlatform}
  | {program: 'plugin'; platform: Platform}
) & {
  say: (line: string) => void;
  /** The file that runs; tests pass their own. */
  entry?: string;
};

interface Building {
  program: ProgramName;
  platform: Platform;
  say: (line: string) => void;
  entry: string;
}

/**
 * Builds a program (or another entry point the same way) into one executable, or finds it in the cache. The same sources give
 * the same bytes.
 */
export function buildProgram({platform, say, program = 'agent', entry}: ProgramOptions): Promise<Program> {
  const options = {platform, say, program, entry: entry ?? RECIPES[program].entry};
  const key = `${platform} ${program} ${options.entry}`;
  const known = built.get(key) ?? build(options);
  built.set(key, known);
  return known;
}

/** Sources do not change while a process builds from them. */
const built = new Map<string, Promise<Program>>();

async function build({platform, say, program, entry}: Building): Promise<Program> {
  const target = TARGETS[platform];
  const recipe = RECIPES[program];
  const {addon, home, version} = await runtime(platform, say);
  const scripts = await bundle(entry, {recipe, target});
  const {name} = recipe;
  const facts = [
    RECIPE_VERSION,
    name,
    platform,
    version,
    readFileSync(join(PKG, 'package.json'), 'utf8'),
    home,
    [...scripts.keys()],
  ];
  const hash = createHash('sha256').update(JSON.stringify(facts));
  for (const script of scripts.values()) hash.update(script);
  const key = hash.digest('hex').slice(0, 16);
  const file = `${name}${target.extension}`;
  const native = recipe.native ? addon : undefined;
  const folder = await buildOnce(join(cacheRoot, program, `${platform.replace('/', '-')}-${key}`), {
    what: `${file} for ${platform}`,
    say,
    make: async half => {
      const stage = join(half, 'stage');
      mkdirSync(stage);
      for (const [part, script] of scripts) writeFileSync(join(stage, part), script);
      if (native !== undefined) copyFileSync(native, join(stage, ADDON));
      // Without dependencies: pkg would walk them and pack what the bundle holds already.
      const parts = [...scripts.keys()].filter(part => part !== MAIN);
      const assets = native === undefined ? parts : [...parts, ADDON];
      const manifest = {name, version: '0.0.0', bin: MAIN, pkg: {assets}};
      writeFileSync(join(stage, 'package.json'), JSON.stringify(manifest));
      await pack({
        stage,
        output: join(half, file),
        target: `node${version}-${target.node.pkg}-${target.node.arch}`,
        home,
      });
      rmSync(stage, {recursive: true});
      if (native !== undefined) copyFileSync(native, join(half, unpackedName(ADDON, readFileSync(native))));
    },
  });
  forgetOld(folder, KEPT);
  return {
    path: join(folder, file),
    ...(native !== undefined && {addon: join(folder, unpackedName(ADDON, readFileSync(native)))}),
  };
}
