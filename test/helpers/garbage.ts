import {readFileSync, readdirSync} from 'node:fs';
import {join} from 'node:path';
import * as fc from 'fast-check';
import {RESOURCES} from '../../src/kube/resources.ts';
import type {Resource} from '../../src/kube/resources.ts';
import {apiVersionOf} from '../../src/kube/resources.ts';
import {isRecord} from '../../src/kube/shape.ts';
import {healthy} from './cluster.ts';
import type {Raw} from './raw.ts';

const sample = join(import.meta.dirname, '../../plugin/sample/cluster-resources');

/** Every object of the embedded sample capture and of the healthy cluster: nearly all kinds and faults that checks know. */
export function realObjects(): Raw[] {
  const files = readdirSync(sample, {recursive: true, encoding: 'utf8'}).filter(f => f.endsWith('.json'));
  const lists = files.flatMap(file => itemsOf(JSON.parse(readFileSync(join(sample, file), 'utf8'))));
  return [...healthy().objects, ...lists];
}

function itemsOf(list: unknown): Raw[] {
  const items = isRecord(list) ? list['items'] : list;
  const kind = isRecord(list) && typeof list['kind'] === 'string' ? list['kind'].replace(/List$/, '') : '';
  if (!Array.isArray(items)) return [];
  const resource = RESOURCES.find(r => r.kind === kind);
  return items.map((item: Raw) => ({...(resource && {apiVersion: apiVersionOf(resource), kind}), ...item}));
}

/** Strings that mean something to a language, a terminal, a regular expression or a number parser. */
export const hostileText = fc.constantFrom(
  '',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'a/b/c/d',
  '..',
  '1e999',
  '-1',
  '9007199254740993',
  'NaN',
  '10.0.99999999999999999999',
  '10.0.20348.',
  '999.999.999.999/99',
  'containerd://',
  'v',
  'v1.99999999999999999999.x',
  'not a date',
  '9999-12-31T23:59:59Z',
  '+275760-09-13T00:00:00.001Z',
  '0000-00-00T00:00:00Z',
  '\u001b]8;;https://evil.example\u0007click\u001b]8;;\u0007',
  '\u202egnp.exe',
  '\ud800',
  '<script>alert(1)</script>',
  ']]>',
  '`${x}`',
  "'; rm -rf / #",
  '{{.}}',
  '*',
  '(a+)+$',
  '\0',
  'x'.repeat(3000),
);

/** A value of any type where another was due. */
export const garbage: fc.Arbitrary<unknown> = fc.oneof(
  hostileText,
  fc.constantFrom(null, true, false, 0, -1, 2 ** 53 + 2, 1e308, -0.5, 4_294_967_296),
  fc.constantFrom<unknown>([], {}, [null], [[]], [{}], {a: null}, {name: {}}, [[[['x']]]]),
  fc.jsonValue({maxDepth: 2}),
);

const ODD_KEYS = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf', ''];

/** One change of a tree: `at` picks the place, `key` an odd key to add there, `value` what is put there. */
export interface Change {
  at: number;
  key: number;
  value: unknown;
}

/** Changes to make to a tree, each at a place that is picked by number. */
export const changes: fc.Arbitrary<Change[]> = fc.array(
  fc.record({at: fc.nat(), key: fc.nat({max: 3 * ODD_KEYS.length}), value: garbage}),
  {minLength: 1, maxLength: 40},
);

/** Puts garbage into a tree: in place of values, and under odd keys beside them. */
export function spoil(objects: readonly Raw[], made: readonly Change[]): unknown[] {
  const spoilt: unknown[] = structuredClone([...objects]);
  const places: {holder: Record<string, unknown>; key: string}[] = [];
  // An array of JSON is indexed by its keys like any object.
  for (const object of spoilt) placesIn(object as Record<string, unknown>, places);
  for (const {at, key, value} of made) {
    const place = places[at % places.length];
    if (!place) continue;
    const odd = ODD_KEYS[key];
    const target = place.holder[place.key];
    // A copy each: a value put into itself would be no JSON.
    if (odd !== undefined && isRecord(target)) define(target, odd, structuredClone(value));
    else define(place.holder, place.key, structuredClone(value));
  }
  return spoilt;
}

function placesIn(
  value: Record<string, unknown>,
  places: {holder: Record<string, unknown>; key: string}[],
): void {
  for (const key of Object.keys(value)) {
    const inner = value[key];
    if (key !== 'apiVersion' && key !== 'kind') places.push({holder: value, key});
    // As above.
    if (typeof inner === 'object' && inner !== null) placesIn(inner as Record<string, unknown>, places);
  }
}

/** As JSON.parse does it: `__proto__` becomes a key of its own. */
function define(target: object, key: string, value: unknown): void {
  Object.defineProperty(target, key, {value, writable: true, enumerable: true, configurable: true});
}

/** An object of a kind that has nothing right but its kind. */
export function junkOf(resource: Resource, body: Record<string, unknown>): Record<string, unknown> {
  return {...body, apiVersion: apiVersionOf(resource), kind: resource.kind};
}
