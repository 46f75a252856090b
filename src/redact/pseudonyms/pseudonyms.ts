import {hexToBytes} from '@noble/hashes/utils.js';
import type {Counts} from '../edit.ts';
import {count} from '../edit.ts';
import {Addresses} from './addresses.ts';
import type {PseudonymKind} from './kinds.ts';
import type {NameList} from './names.ts';
import {Names, pseudonymOf} from './names.ts';

/** Of what pseudonyms are made, and how. */
export interface PseudonymRequest {
  /** 64 hexadecimal digits; who has it can tell whether a guess is right. */
  readonly key: string;
  readonly kinds: readonly PseudonymKind[];
  readonly names: NameList;
}

/** Puts pseudonyms in place of names and addresses: the same ones in every text, on every node of a run. */
export class Pseudonyms {
  readonly #names: Names | undefined;
  readonly #addresses: Addresses | undefined;
  readonly #key: Uint8Array;

  constructor({key, kinds, names}: PseudonymRequest) {
    this.#key = hexToBytes(key);
    this.#names = kinds.includes('names') ? new Names(this.#key, names) : undefined;
    this.#addresses = kinds.includes('ips') ? new Addresses(this.#key) : undefined;
  }

  /** The whole of a file, or whole lines of it. */
  text(text: string, counts?: Counts): string {
    return this.#addressesOf(this.names(text, counts), counts);
  }

  /** Names alone: for what has pseudonyms of addresses already, which would become others a second time. */
  names(text: string, counts?: Counts): string {
    const found = this.#names?.replace(text);
    if (!found) return text;
    if (counts && found.times > 0) count(counts, 'pseudonym-name', found.times);
    return found.text;
  }

  /** The pseudonym of a node; its name where names are kept. */
  node(name: string): string {
    return this.text(name);
  }

  /** The pseudonym of something that is no object of the cluster, such as a context of a kubeconfig. */
  any(name: string): string {
    return this.#names ? pseudonymOf(this.#key, name) : this.text(name);
  }

  #addressesOf(text: string, counts?: Counts): string {
    const found = this.#addresses?.replace(text);
    if (!found) return text;
    if (counts && found.times > 0) count(counts, 'pseudonym-ip', found.times);
    return found.text;
  }
}
