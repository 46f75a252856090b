import {createHash} from 'node:crypto';
import type {Dependency} from './dependencies.ts';

/** What a bill of materials is of. */
export interface Bill {
  name: string;
  version: string;
  licence: string;
  description: string;
  /** RFC 3339. */
  timestamp: string;
}

/**
 * Bill of materials of what ships, in CycloneDX 1.5 (https://cyclonedx.org/docs/1.5/json/), made of lockfiles alone. `npm sbom --omit dev` leaves
 * out what tools use, too (tar-stream, of npm 11.19), and tells the checkout's folder, the time and a random number; of the same lockfiles this is
 * the same text.
 */
export function cycloneDx(bill: Bill, dependencies: readonly Dependency[]): string {
  const shipped = dependencies.filter(d => !d.dev);
  const components = [...new Map(shipped.map(d => [purlOf(d), componentOf(d)])).values()].toSorted((a, b) =>
    a['bom-ref'] < b['bom-ref'] ? -1 : 1,
  );
  const main = {
    'bom-ref': `pkg:npm/${bill.name}@${bill.version}`,
    type: 'application',
    name: bill.name,
    version: bill.version,
    description: bill.description,
    licenses: [{license: {id: bill.licence}}],
    purl: `pkg:npm/${bill.name}@${bill.version}`,
  };
  const whole = {
    $schema: 'http://cyclonedx.org/schema/bom-1.5.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    serialNumber: `urn:uuid:${uuidOf(JSON.stringify([main, components]))}`,
    version: 1,
    metadata: {timestamp: bill.timestamp, lifecycles: [{phase: 'build'}], component: main},
    components,
    dependencies: [{ref: main['bom-ref'], dependsOn: components.map(c => c['bom-ref'])}],
  };
  return `${JSON.stringify(whole, undefined, 2)}\n`;
}

interface Component {
  'bom-ref': string;
  type: 'library';
  name: string;
  version: string;
  purl: string;
  scope: 'required' | 'optional';
  licenses?: ({expression: string} | {license: {id: string}})[];
  hashes?: {alg: 'SHA-512'; content: string}[];
}

function componentOf(dependency: Dependency): Component {
  const {name, version, licence, integrity, optional} = dependency;
  const purl = purlOf(dependency);
  const sha512 = /^sha512-(\S+)$/.exec(integrity ?? '')?.[1];
  return {
    'bom-ref': purl,
    type: 'library',
    name,
    version,
    purl,
    scope: optional ? 'optional' : 'required',
    ...(licence !== undefined && {
      licenses: [/ (?:OR|AND|WITH) /.test(licence) ? {expression: licence} : {license: {id: licence}}],
    }),
    ...(sha512 !== undefined && {
      hashes: [{alg: 'SHA-512', content: Buffer.from(sha512, 'base64').toString('hex')}],
    }),
  };
}

/** https://github.com/package-url/purl-spec */
function purlOf({name, version}: Dependency): string {
  return `pkg:npm/${name.replace('@', '%40')}@${version}`;
}

/** A UUID that follows from a text (version 8 of RFC 9562). */
function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}
