import {COLLECTORS, keyOfFile} from '../protocol/collectors.ts';
import type {AgentOs} from '../protocol/names.ts';
import {COLLECTION_FILE, CONTACT_FILE} from './agent.ts';
import {NODE_COLLECTORS, NODE_KEYS} from './evidence.ts';
import {HNSDIAG_FILE} from '../hns/readings.ts';
import {LOG_CHANNEL_FILE} from './log-channel.ts';
import type {FileKey} from './readings.ts';
import {NODE_READINGS} from './readings.ts';

interface Pattern {
  file: RegExp;
  key: RegExp;
  evidence: FileKey;
}

/** A channel of the event log is a log, too; the other channels, and that they could not be read, are none of it. */
const LOG_CHANNEL: Pattern = {
  file: patternOf(LOG_CHANNEL_FILE),
  key: patternOf(keyOfFile(LOG_CHANNEL_FILE)),
  evidence: 'node.logs',
};

/** What `hnsdiag list all` tells. */
const HNSDIAG: readonly Pattern[] = (
  [
    'node.hns',
    'node.hns.networks',
    'node.hns.endpoints',
    'node.hns.namespaces',
    'node.hns.loadbalancers',
  ] as const
).map(evidence => ({file: patternOf(HNSDIAG_FILE), key: patternOf(keyOfFile(HNSDIAG_FILE)), evidence}));

const PATTERNS: readonly Pattern[] = NODE_KEYS.flatMap(evidence => {
  if (!isFileKey(evidence)) return [];
  return evidence === 'node.logs'
    ? [...patternsOf(evidence, ['logs']), LOG_CHANNEL]
    : patternsOf(evidence, NODE_COLLECTORS[evidence]);
}).concat(HNSDIAG);

function patternsOf(evidence: FileKey, collectors: readonly string[]): Pattern[] {
  return COLLECTORS.filter(c => collectors.includes(c.name)).flatMap(({name, files}) =>
    files.map(file => ({
      file: patternOf(file),
      // A collector that made no file is named itself.
      key: new RegExp(`${patternOf(keyOfFile(file)).source}|^${name.replaceAll('.', String.raw`\.`)}$`),
      evidence,
    })),
  );
}

function patternOf(path: string): RegExp {
  const escaped = path.replace(/[.+?^${}()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(`^${escaped.replaceAll('*', '[^/]+')}$`);
}

/** The kinds of evidence that a file of a node is part of; none where no check reads it. */
export function evidenceOfFile(file: string): FileKey[] {
  return named(PATTERNS.filter(p => p.file.test(file)));
}

/** Whether anything is made of a file of a node. */
export function isReadFile(file: string): boolean {
  return file === CONTACT_FILE || file === COLLECTION_FILE || evidenceOfFile(file).length > 0;
}

/** The kinds of evidence that a key of a collection is part of: that of a file, or a collector's name. */
export function evidenceOfKey(key: string): FileKey[] {
  return named(PATTERNS.filter(p => p.key.test(key)));
}

function named(patterns: readonly Pattern[]): FileKey[] {
  return [...new Set(patterns.map(p => p.evidence))];
}

/** Whether evidence is made of files that agents send. */
export function isFileKey(key: string): key is FileKey {
  return Object.hasOwn(NODE_READINGS, key);
}

/** Whether nodes of an operating system can have this evidence. */
export function isOf(os: AgentOs, evidence: FileKey): boolean {
  const wanted: readonly string[] = NODE_COLLECTORS[evidence];
  return COLLECTORS.some(c => wanted.includes(c.name) && c.os.some(o => o === os));
}
