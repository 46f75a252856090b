import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';

/** A package as a lockfile has it. */
export interface Dependency {
  /** Folder below the lockfile's, `node_modules/a/node_modules/b`. */
  place: string;
  name: string;
  version: string;
  /** SPDX expression; undefined where the lockfile has none. */
  licence: string | undefined;
  /** Subresource integrity of its archive. */
  integrity: string | undefined;
  /** Only for building and testing: nothing of it is in what ships. */
  dev: boolean;
  optional: boolean;
}

/**
 * Licences whose works may be part of, or used to build, something under Apache-2.0 (https://www.apache.org/legal/resolved.html,
 * categories A; CC0 and Unlicense are public domain there). A licence that is not here fails a test, and is thought about.
 */
export const COMPATIBLE: ReadonlySet<string> = new Set([
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'ISC',
  'MIT',
  'PSF-2.0',
  'Python-2.0',
  'Unlicense',
]);

/** Licences that tools may have beside these: what is changed of such a tool must be open, and nothing of it ships (category B there). */
export const COMPATIBLE_OF_TOOLS: ReadonlySet<string> = new Set(['MPL-2.0']);

interface LockedPackage {
  version?: string;
  license?: string;
  integrity?: string;
  dev?: boolean;
  optional?: boolean;
  link?: boolean;
}

/** Reads a lockfile of version 3, without the project itself. */
export function dependenciesOf(lockfile: string): Dependency[] {
  // npm writes it.
  const {packages} = JSON.parse(readFileSync(lockfile, 'utf8')) as {packages: Record<string, LockedPackage>};
  return Object.entries(packages)
    .filter(([place]) => place !== '')
    .map(([place, {version = '', license, integrity, dev = false, optional = false}]) => ({
      place,
      name: place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length),
      version,
      licence: license,
      integrity,
      dev,
      optional,
    }));
}

/** Whether an SPDX expression leaves a choice that is compatible: one of `OR`, all of `AND`. */
export function isCompatible(expression: string): boolean {
  return expression
    .replaceAll(/[()]/g, '')
    .split(/ OR /)
    .some(choice => choice.split(/ AND /).every(id => COMPATIBLE.has(id.trim())));
}

/** Names that files with licences and notices have, in the order in which they are told. */
const LICENCE_FILES = /^(?:licen[cs]e|copying|notice)/i;

/**
 * The licences of everything that ships, with their texts: what they ask to go with copies. `root` is the folder of the lockfile, with its
 * packages installed; one that is not installed here, as it is for another system, is told by its name.
 */
export function notices(dependencies: readonly Dependency[], root: string): string {
  const shipped = dependencies.filter(d => !d.dev).toSorted((a, b) => (a.place < b.place ? -1 : 1));
  const head =
    'kubectl win is under the Apache License 2.0 (LICENSE). Its executables hold what follows, each under its own licence.';
  const parts = shipped.map(({name, version, licence = 'no licence told', place}) => {
    const texts = licenceTexts(join(root, place));
    return [`${name} ${version} (${licence})`, ...texts].join('\n\n');
  });
  return `${[head, ...new Set(parts)].join(`\n\n${'-'.repeat(80)}\n\n`)}\n`;
}

function licenceTexts(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter(name => LICENCE_FILES.test(name) && !/\.[jt]s$/.test(name))
    .toSorted()
    .map(name => readFileSync(join(folder, name), 'utf8').replaceAll('\r\n', '\n').trim());
}
