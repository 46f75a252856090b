import type {CaptureFile, CaptureFiles} from '../../../../src/capture/files.ts';
import {decodeText} from '../../../../src/capture/decode.ts';
import {folderPolicy, policy} from '../../../../src/report/html/policy.ts';
import type {FolderLinks, FolderPage} from '../../../../src/report/html/folder.ts';
import {renderFolder} from '../../../../src/report/html/folder.ts';
import {visible} from '../../../../src/report/visible.ts';
import {sizeText} from '../../../capture/limits.ts';

/** An answer of the server. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: string | Uint8Array;
}

/** Files that a page lists; beyond, one searches. */
const MAX_FILES = 500;
/** Bytes of a file that are shown as text; the download has all. */
const MAX_TEXT = 16 * 1024 * 1024;
/** What is no page of ours may do nothing at all. */
const INERT = "default-src 'none'; sandbox; frame-ancestors 'none'";

/** Where pages are, for links. */
export const LINKS: FolderLinks = {
  report: '/',
  folder: path => `/files?at=${encodeURIComponent(path)}`,
  text: path => `/text?path=${encodeURIComponent(path)}`,
  download: path => `/download?path=${encodeURIComponent(path)}`,
  search: '/files',
};

/** Answers of one capture. */
export class Pages {
  readonly #files: CaptureFiles;
  readonly #report: () => Promise<string>;
  readonly #paths: ReadonlyMap<string, CaptureFile>;
  /** One read at a time: each may go through the whole archive. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(files: CaptureFiles, report: () => Promise<string>) {
    this.#files = files;
    this.#report = report;
    this.#paths = new Map(files.list().map(file => [file.path, file]));
  }

  /** What is at an address. */
  async at({pathname, searchParams}: URL): Promise<Answer> {
    const path = searchParams.get('path') ?? '';
    switch (pathname) {
      case '/':
        return page(await this.#report(), `${policy()}; frame-ancestors 'none'`);
      case '/files':
        return page(renderFolder(this.#listed(searchParams), LINKS), folderPolicy());
      case '/text':
        return this.#inTurn(() => this.#text(path));
      case '/download':
        return this.#inTurn(() => this.#download(path));
      default:
        return notFound('there is no such page');
    }
  }

  #inTurn(answer: () => Promise<Answer>): Promise<Answer> {
    const next = this.#last.then(answer, answer);
    this.#last = next;
    return next;
  }

  #listed(asked: URLSearchParams): FolderPage {
    const query = asked.get('q')?.trim() ?? '';
    const {name, notes, damage} = this.#files;
    const told = [...notes, ...(damage === undefined ? [] : [damage])];
    const at = asked.get('at') ?? '';
    const inside = this.#files
      .list()
      .filter(f => (query === '' ? f.path.startsWith(at) : has(f.path, query)));
    const folders = new Map<string, number>();
    const files: CaptureFile[] = [];
    for (const file of inside) {
      const slash = query === '' ? file.path.indexOf('/', at.length) : -1;
      if (slash < 0) files.push(file);
      else folders.set(file.path.slice(0, slash + 1), (folders.get(file.path.slice(0, slash + 1)) ?? 0) + 1);
    }
    return {
      name,
      folder: query === '' ? at : '',
      ...(query !== '' && {query}),
      folders: [...folders].map(([path, count]) => ({path, files: count})),
      files: files.slice(0, MAX_FILES).map(({path, size}) => ({path, size: sizeText(size)})),
      more: Math.max(0, files.length - MAX_FILES),
      notes: told,
    };
  }

  async #text(path: string): Promise<Answer> {
    const found = await this.#read(path, MAX_TEXT);
    if (!found) return notFound('there is no such file');
    const {text} = decodeText(found.bytes);
    const rest = found.problem === undefined ? '' : `\n\n[${found.problem}]\n`;
    return {
      status: 200,
      headers: {'content-type': 'text/plain; charset=utf-8', 'content-security-policy': INERT},
      body: text + rest,
    };
  }

  async #download(path: string): Promise<Answer> {
    const found = await this.#read(path);
    if (!found) return notFound('there is no such file');
    const name = encodeURIComponent(visible(path.split('/').at(-1) ?? 'file')).replaceAll("'", '%27');
    return {
      status: 200,
      headers: {
        'content-type': 'application/octet-stream',
        'content-disposition': `attachment; filename*=UTF-8''${name}`,
        'content-security-policy': INERT,
      },
      body: found.bytes,
    };
  }

  async #read(path: string, atMost?: number): Promise<{bytes: Uint8Array; problem?: string} | undefined> {
    if (!this.#paths.has(path)) return undefined;
    const wanted = new Set([path]);
    const contents = this.#files.read(wanted, atMost === undefined ? {} : {atMost: () => atMost});
    for await (const content of contents) {
      const bytes = atMost === undefined ? content.bytes : content.bytes.subarray(0, atMost);
      const cut =
        bytes.length < content.bytes.length
          ? `only the first ${sizeText(bytes.length)} are shown`
          : undefined;
      const problem = content.problem ?? cut;
      return {bytes, ...(problem !== undefined && {problem})};
    }
    return undefined;
  }
}

function has(path: string, query: string): boolean {
  return path.toLowerCase().includes(query.toLowerCase());
}

function page(body: string, contentPolicy: string): Answer {
  return {
    status: 200,
    headers: {'content-type': 'text/html; charset=utf-8', 'content-security-policy': contentPolicy},
    body,
  };
}

function notFound(why: string): Answer {
  return plain(404, why);
}

/** A short answer in words. */
export function plain(status: number, text: string): Answer {
  return {
    status,
    headers: {'content-type': 'text/plain; charset=utf-8', 'content-security-policy': INERT},
    body: `${text}\n`,
  };
}
