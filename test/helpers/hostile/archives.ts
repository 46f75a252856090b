import {gzipSync} from 'node:zlib';
import type {ZipQuirk} from '../archives.ts';
import {zipOf} from '../archives.ts';
import type {RawEntry} from './raw-tar.ts';
import {paxRecord, rawTar} from './raw-tar.ts';

/** Bytes that somebody hands over as a capture. */
export interface HostileArchive {
  bytes: Uint8Array;
  /** What the refusal says; undefined where it is read, as far as it goes. */
  refused?: RegExp;
  /** What is said of it where it is read. */
  told?: RegExp;
  /** Another form of what every command is tried on. */
  isVariant?: boolean;
}

const GOOD: RawEntry = {name: 'b/nodes.json', content: '{"kind":"NodeList","apiVersion":"v1","items":[]}'};
const TOO_MUCH = /unpacks to more than 1000 times/;
const TARGET = 'leaves/nothing';

/** Sizes that no file has, in octal digits and in the binary form of GNU. */
const SIZES: Record<string, string | Uint8Array> = {
  'of eight exbibytes': Buffer.from([0x80, 0, 0, 0, 0x7f, 255, 255, 255, 255, 255, 255, 255]),
  'below zero': Buffer.from([0xff, 255, 255, 255, 255, 255, 255, 255, 255, 255, 254, 0]),
  'that is no number': '9x9999999999',
  'longer than the archive': '77777777777\0',
};

function tar(...entries: RawEntry[]): Buffer {
  return rawTar([GOOD, ...entries]);
}

function pax(values: Record<string, string>, entry: RawEntry, type = 'x'): Buffer {
  const content = Object.entries(values)
    .map(([key, value]) => paxRecord(key, value))
    .join('');
  return tar({name: 'pax', type, content}, entry);
}

function zip(files: Record<string, string | Uint8Array>, quirks: Record<string, ZipQuirk> = {}): Buffer {
  const good = {'b/nodes.json': String(GOOD.content)};
  return zipOf(new Map(Object.entries({...good, ...files})), new Map(Object.entries(quirks)));
}

/** Names that lead elsewhere. */
const NAMES: readonly [title: string, name: string, refused: RegExp][] = [
  ['climbs out', '../../etc/cron.d/x', /leads out of the archive/],
  ['climbs out by backslashes', String.raw`a\..\..\x`, /leads out of the archive/],
  ['climbs out in the middle', 'b/c/../../../x', /leads out of the archive/],
  ['is absolute', '/etc/passwd', /is an absolute path/],
  ['is on a share', String.raw`\\host\share\x`, /is an absolute path/],
  ['is a device path of Windows', String.raw`\\.\PhysicalDrive0`, /is an absolute path/],
  ['names a drive', String.raw`C:\Windows\x`, /names a drive/],
  ['names a drive without a slash', 'c:x', /names a drive/],
  ['names an alternate data stream', 'b/nodes.json:hidden', /names an alternate data stream/],
];

const LINKS: readonly [title: string, type: string, target: string][] = [
  ['links out', '2', '../../x'],
  ['links to an absolute path', '2', '/etc/shadow'],
  ['links to a drive', '2', String.raw`C:\Windows\System32`],
  ['links hard to the outside', '1', '../x'],
];

const DEVICES: readonly [title: string, type: string, mode: number][] = [
  ['character device', '3', 0o020_666],
  ['block device', '4', 0o060_666],
  ['pipe', '6', 0o010_666],
];

/** What has a name, a kind or a size that does harm where it is unpacked. */
export function hostileArchives(): Map<string, HostileArchive> {
  const all = new Map<string, HostileArchive>();
  for (const [title, name, refused] of NAMES) {
    const forms = {
      'tar, a name that': tar({name}),
      'tar.gz, a folder whose name': gzipSync(tar({name: `${name}/`, type: '5'})),
      'pax, a name that': pax({path: name}, {name: 'b/x'}),
      'GNU tar, a long name that': tar(
        {name: '././@LongLink', type: 'L', content: `${name}\0`},
        {name: 'b/x'},
      ),
      'zip, a name that': zip({[name]: 'x'}),
      'zip without a directory, a name that': withoutDirectory(zip({[name]: 'x'})),
    };
    for (const [form, bytes] of Object.entries(forms))
      all.set(`${form} ${title}`, {bytes, refused, isVariant: title !== 'climbs out'});
  }
  for (const [title, type, linkname] of LINKS) {
    const refused = /is a link out of the archive/;
    all.set(`tar, an entry that ${title}`, {bytes: tar({name: 'b/l', type, linkname}), refused});
    all.set(`pax, an entry that ${title}`, {
      bytes: pax({linkpath: linkname}, {name: 'b/l', type, linkname: TARGET}),
      refused,
    });
    all.set(`zip, an entry that ${title}`, {
      bytes: zip({'b/l': type === '1' ? '../../x' : linkname}, {'b/l': {mode: 0o120_777}}),
      refused,
    });
  }
  all.set('tar, a link inside', {
    bytes: tar({name: 'b/l', type: '2', linkname: 'nodes.json'}),
    told: /left out/,
  });
  for (const [title, type, mode] of DEVICES) {
    all.set(`tar, a ${title}`, {bytes: tar({name: 'b/d', type}), refused: /is a device/});
    all.set(`zip, a ${title}`, {bytes: zip({'b/d': ''}, {'b/d': {mode}}), refused: /is a device/});
  }
  for (const [title, size] of Object.entries(SIZES))
    all.set(`tar, a size ${title}`, {
      bytes: tar({name: 'b/pods.json', size, content: '{}'}),
      told: /damaged/,
    });
  for (const size of ['-1', '9'.repeat(30), '1e9', ''])
    all.set(`pax, the size ${JSON.stringify(size)}`, {
      bytes: pax({size}, {name: 'b/pods.json', content: '{}'}),
    });
  return new Map([...all, ...oddTars(), ...oddZips()]);
}

/** Forms of tar that are rare, and tricks with its headers. */
function oddTars(): Map<string, HostileArchive> {
  const twice = {name: 'b/nodes.json', content: '{"kind":"List","items":[]}'};
  return new Map<string, HostileArchive>([
    ['tar, a name twice', {bytes: tar(twice), told: /twice/}],
    ['tar, a name in two cases', {bytes: tar({name: 'b/NODES.json', content: '{}'})}],
    ['tar, a file that is a folder as well', {bytes: tar({name: 'b/nodes.json/x', content: '{}'})}],
    [
      'tar, names that Windows keeps for devices',
      {bytes: tar({name: 'b/NUL'}, {name: 'b/com1.json', content: '{}'}, {name: 'b/x. ', content: 'x'})},
    ],
    [
      'tar, control characters in a name',
      {bytes: tar({name: 'b/\u001B[2J\u001B]0;x\u0007\r\n.json', content: '{}'})},
    ],
    [
      'tar, a name of 4,000 characters',
      {bytes: tar({name: 'l', type: 'L', content: `b/${'n'.repeat(4000)}\0`}, {name: 'b/x', content: '{}'})},
    ],
    [
      'tar, a name of 2,000 folders',
      {
        bytes: tar(
          {name: 'l', type: 'L', content: `b/${'d/'.repeat(2000)}x\0`},
          {name: 'b/x', content: '{}'},
        ),
      },
    ],
    [
      'tar, names that are properties of every object',
      {bytes: tar({name: 'b/__proto__', content: '{}'}, {name: 'b/constructor/prototype', content: '{}'})},
    ],
    [
      'GNU tar, a sparse file of a tebibyte',
      {bytes: tar({name: 'b/pods.json', type: 'S', content: 'x'}), told: /left out/},
    ],
    [
      'pax, a sparse file of a tebibyte',
      {
        bytes: pax(
          {
            'GNU.sparse.major': '1',
            'GNU.sparse.minor': '0',
            'GNU.sparse.name': '../../x',
            'GNU.sparse.realsize': String(2 ** 40),
          },
          {name: 'b/pods.json', content: '1\n0\n1099511627776\n'},
        ),
        told: /left out/,
      },
    ],
    ['pax, a header that all entries have', {bytes: pax({path: '../x', comment: 'c'}, {name: 'b/x'}, 'g')}],
    [
      'pax, a header of 8 MiB',
      {bytes: pax({comment: 'c'.repeat(8 * 2 ** 20)}, {name: 'b/x'}), told: /damaged/},
    ],
    [
      'pax, 100,000 records',
      {
        bytes: tar(
          {
            name: 'p',
            type: 'x',
            content: Array.from({length: 100_000}, (_, i) => paxRecord(`k${i}`, 'v')).join(''),
          },
          {name: 'b/x'},
        ),
      },
    ],
    [
      'pax, records whose lengths lie',
      {bytes: tar({name: 'p', type: 'x', content: '0 path=x\n-5 a=b\n999999 c=d\n'}, {name: 'b/x'})},
    ],
    ['pax, a zero byte in a name', {bytes: pax({path: 'b/x\0.json'}, {name: 'b/x'}), refused: /zero byte/}],
    ['tar, an entry of an unknown kind', {bytes: tar({name: 'b/v', type: 'V'}), told: /left out/}],
    [
      'tar.gz, cut in the middle',
      {bytes: gzipSync(tar({name: 'b/x', content: Buffer.alloc(5000, 'abc')})).subarray(0, 90)},
    ],
    ['tar.gz, whose sum is wrong', {bytes: spoilt(gzipSync(tar()), -8)}],
    ['tar.gz, with rubbish behind', {bytes: Buffer.concat([gzipSync(tar()), Buffer.from('rubbish')])}],
    ['gz inside gz inside gz', {bytes: gzipSync(gzipSync(gzipSync(tar())))}],
  ]);
}

function oddZips(): Map<string, HostileArchive> {
  const many = Object.fromEntries(Array.from({length: 50}, (_, i) => [`b/f${i}.json`, '{}']));
  return new Map<string, HostileArchive>([
    ['zip, an encrypted file', {bytes: zip({'b/pods.json': '{}'}, {'b/pods.json': {encrypted: true}})}],
    [
      'zip without a directory, an encrypted file',
      {bytes: withoutDirectory(zip({'b/pods.json': '{}'}, {'b/pods.json': {encrypted: true}}))},
    ],
    [
      'zip, sizes that need zip64 and do not have it',
      {bytes: zip({'b/pods.json': '{}'}, {'b/pods.json': {claims: 0xffff_ffff}}), refused: TOO_MUCH},
    ],
    [
      'zip, a claim of 4 GiB',
      {
        bytes: zip({'b/pods.json': '{}'}, {'b/pods.json': {claims: 0xffff_fffe}}),
        refused: TOO_MUCH,
      },
    ],
    [
      'zip, a claim below what is there',
      {bytes: zip({'b/pods.json': Buffer.alloc(20_000_000, 0x20)}, {'b/pods.json': {claims: 10}})},
    ],
    [
      'zip without a directory, a claim of 4 GiB',
      {
        bytes: withoutDirectory(zip({'b/pods.json': '{}'}, {'b/pods.json': {claims: 0xffff_fffe}})),
        refused: TOO_MUCH,
      },
    ],
    [
      'zip, a zero byte in a name',
      {bytes: zip({'b/x': 'x'}, {'b/x': {rawName: Buffer.from('b/x\0.json')}}), refused: /zero byte/},
    ],
    [
      'zip, a name that is no UTF-8',
      {bytes: zip({'b/x': 'x'}, {'b/x': {rawName: Buffer.from([0x62, 0x2f, 0xff, 0xfe, 0x80])}})},
    ],
    [
      'zip, a name twice',
      {bytes: zip({'b/y': '{}'}, {'b/y': {rawName: Buffer.from('b/nodes.json')}}), told: /twice/},
    ],
    ['zip, entries that share their bytes', {bytes: overlapping(zip(many))}],
    ['zip, a directory that lies beyond its end', {bytes: spoilt(zip(many), -6)}],
    ['zip, whose directory is damaged', {bytes: spoilt(zip(many), -400)}],
    ['zip inside zip', {bytes: zip({'b/inner.zip': zip({'../x': 'x'})})}],
  ]);
}

/** A zip archive that was cut before its directory. */
function withoutDirectory(bytes: Buffer): Buffer {
  return bytes.subarray(0, bytes.indexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02])));
}

/** Has every entry of a zip archive's directory point to the first file (https://www.bamsoftware.com/hacks/zipbomb/). */
function overlapping(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  const mark = Buffer.from([0x50, 0x4b, 0x01, 0x02]);
  for (let at = copy.indexOf(mark); at >= 0; at = copy.indexOf(mark, at + 1)) copy.writeUInt32LE(0, at + 42);
  return copy;
}

function spoilt(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes);
  const place = copy.length + at;
  copy[place] = (copy[place] ?? 0) ^ 0xff;
  return copy;
}
