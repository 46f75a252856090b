import {hmac} from '@noble/hashes/hmac.js';
import {sha256} from '@noble/hashes/sha2.js';
import {utf8ToBytes} from '@noble/hashes/utils.js';
import {WORDS} from './words.ts';

/** Names as they are to be replaced. */
export interface NameList {
  /** Names of nodes and their hosts, which Windows writes in capitals, too. */
  readonly hosts: readonly string[];
  /** Names of namespaces, Services, workloads and pods. */
  readonly objects: readonly string[];
}

/** Letters of pseudonyms: those of base32 (RFC 4648 §6), which are letters of names, too. */
const LETTERS = 'abcdefghijklmnopqrstuvwxyz234567';
/** Of 20,000 names two get one pseudonym in one cluster of five thousand. */
const LENGTH = 8;
/** Shorter names are found in every text. */
const SHORTEST = 2;
/** A host's name on Windows has no more (https://learn.microsoft.com/troubleshoot/windows-server/active-directory/naming-conventions-for-computer-domain-site-ou). */
const NETBIOS = 15;

/** The pseudonym of a name: letters and digits, and never a word of any list. */
export function pseudonymOf(key: Uint8Array, name: string): string {
  const digest = hmac(sha256, key, utf8ToBytes(`name\0${name.toLowerCase()}`));
  return `x${[...digest.subarray(0, LENGTH)].map(byte => LETTERS[byte % LETTERS.length]).join('')}`;
}

/** A word, and what may stand before it and is no part of it: an escape of JSON, `%2F` of an address. */
const WORD = /[A-Za-z0-9]+/g;
const ESCAPED = /^(?:[bfnrt]|u[0-9A-Fa-f]{4})(?=.)/;
/** Beside a name's word: what goes on is looked at together. */
const RUN_BEFORE = /[A-Za-z0-9.-]{0,253}$/;
const RUN_AFTER = /[A-Za-z0-9.-]{0,253}/y;
/** Longest name in DNS: no run is looked at further back. */
const MAX_RUN = 253;

/** How providers begin the names of nodes, which tells what kind of a cluster it is. */
const POOL = /^(?:aks|eks|gke|gk3)-/;
/** Words that the API's own names begin or end with: `node.kubernetes.io`. */
const API_NAME = /(?:^|\.)(?:kubernetes|k8s)\.io$/;
const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const MAC = /^[0-9a-f]{2}(?:-[0-9a-f]{2}){5}$/i;

/** Replaces names in texts of any kind, wherever they stand as words of their own. */
export class Names {
  readonly #key: Uint8Array;
  /** Pseudonyms by names, in small letters. */
  readonly #entries = new Map<string, string>();
  readonly #hosts = new Set<string>();
  /** First words of names: most words of a text are none. */
  readonly #firsts = new Set<string>();
  #longest = 1;

  constructor(key: Uint8Array, {hosts, objects}: NameList) {
    this.#key = key;
    for (const host of hosts) {
      this.#add(host, true);
      if (host.length > NETBIOS) this.#add(host.slice(0, NETBIOS).replace(/[.-]+$/, ''), true);
    }
    for (const name of objects) this.#add(name, false);
  }

  /** A text with pseudonyms, and how many. */
  replace(text: string): {text: string; times: number} {
    if (this.#entries.size === 0) return {text, times: 0};
    const parts: string[] = [];
    let times = 0;
    let done = 0;
    WORD.lastIndex = 0;
    for (let found = WORD.exec(text); found; found = WORD.exec(text)) {
      const at = this.#hit(text, found.index, found[0]);
      if (at === undefined) continue;
      const {start, end} = runAround(text, Math.max(done, at - MAX_RUN), at);
      const run = text.slice(start, end);
      const replaced = isKey(text, start, end) ? run : this.#run(run);
      if (replaced !== run) {
        parts.push(text.slice(done, start), replaced);
        times++;
        done = end;
      }
      WORD.lastIndex = end;
    }
    if (times === 0) return {text, times};
    parts.push(text.slice(done));
    return {text: parts.join(''), times};
  }

  /** The pseudonym of one name that is known; the name itself where it is not. */
  one(name: string): string {
    return this.#entries.get(name.toLowerCase()) ?? name;
  }

  #add(name: string, isHost: boolean): void {
    const low = name.toLowerCase();
    // Numbers and letters are no names that could be told from others; addresses are replaced as such.
    if (
      low.length < SHORTEST ||
      WORDS.has(low) ||
      !/[a-z]/.test(low) ||
      !/^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/.test(low)
    )
      return;
    const kept = isHost ? (POOL.exec(low)?.[0] ?? '') : '';
    if (!this.#entries.has(low)) this.#entries.set(low, kept + pseudonymOf(this.#key, low));
    const words = low.split(/[.-]/);
    this.#longest = Math.max(this.#longest, words.length);
    const first = words[0] ?? '';
    this.#firsts.add(first);
    if (!isHost) return;
    this.#hosts.add(low);
    this.#firsts.add(first.toUpperCase());
  }

  /** Where a name may begin in a word; undefined: nowhere. */
  #hit(text: string, start: number, word: string): number | undefined {
    if (this.#firsts.has(word)) return start;
    const before = text[start - 1];
    const skipped = before === '\\' ? (ESCAPED.exec(word)?.[0].length ?? 0) : before === '%' ? 2 : 0;
    return skipped > 0 && this.#firsts.has(word.slice(skipped)) ? start + skipped : undefined;
  }

  /** Replaces the longest names in words that dots and hyphens join, from the left. */
  #run(run: string): string {
    if (API_NAME.test(run)) return run;
    const pieces = run.split(/([.-])/);
    const out: string[] = [];
    for (let at = 0; at < pieces.length;) {
      const taken = this.#longestAt(pieces, at);
      const own = pieces.slice(at, at + taken.pieces).join('');
      out.push(taken.by ?? own);
      at += taken.pieces;
    }
    return out.join('');
  }

  /** How many pieces from here on belong together, and by what they are replaced. */
  #longestAt(pieces: readonly string[], at: number): {pieces: number; by?: string} {
    const word = pieces[at] ?? '';
    if (word.length === 8 && GUID.test(pieces.slice(at, at + 9).join(''))) return {pieces: 9};
    if (word.length === 2 && MAC.test(pieces.slice(at, at + 11).join(''))) return {pieces: 11};
    const most = Math.min(pieces.length - at, 2 * Math.max(this.#longest, LONGEST_WORD) - 1);
    for (let count = most - ((most + 1) % 2); count > 0; count -= 2) {
      const own = pieces.slice(at, at + count).join('');
      const low = own.toLowerCase();
      if (WORDS.has(low)) return {pieces: count};
      const by = this.#entries.get(low);
      if (by !== undefined && (own === low || this.#hosts.has(low)))
        return {pieces: count, by: own === low ? by : by.toUpperCase()};
    }
    return {pieces: 1};
  }
}

/** Most words that a word of the list is made of. */
const LONGEST_WORD = Math.max(...[...WORDS].map(word => word.split('-').length));

function runAround(text: string, from: number, at: number): {start: number; end: number} {
  // What precedes is a part of the run as long as it does not belong to an escape.
  const before = RUN_BEFORE.exec(text.slice(from, at))?.[0] ?? '';
  RUN_AFTER.lastIndex = at;
  RUN_AFTER.exec(text);
  const isJoined = before.endsWith('.') || before.endsWith('-');
  return {start: isJoined ? at - before.length : at, end: Math.max(at + 1, RUN_AFTER.lastIndex)};
}

/** Whether one plain word is a key of JSON, whose keys are the API's own words. */
function isKey(text: string, start: number, end: number): boolean {
  if (text[start - 1] !== '"') return false;
  const after = text.slice(end, end + 4);
  return /^\\?"\s?:/.test(after) && /^[A-Za-z]+$/.test(text.slice(start, end));
}
