import {count} from '../../text/words.ts';
import {visible} from '../visible.ts';
import {attributes, escapeXml} from '../xml.ts';
import {STYLE} from './style.ts';

/** A file of a capture, as a page lists it. */
export interface ListedFile {
  /** From the root. */
  path: string;
  /** `12.5 KiB` */
  size: string;
}

/** What a page shows of a capture's files: one folder, or what a search found. */
export interface FolderPage {
  /** Of the capture. */
  name: string;
  /** From the root, ending with a slash; empty: the root. */
  folder: string;
  /** What was searched for, in place of a folder. */
  query?: string;
  folders: {path: string; files: number}[];
  files: ListedFile[];
  /** Files that were found and are not listed. */
  more: number;
  /** Notes of the reader: what was left out, what is damaged. */
  notes: readonly string[];
}

/** Where a page's links lead. */
export interface FolderLinks {
  report: string;
  folder(path: string): string;
  /** Its text, shown as nothing but text. */
  text(path: string): string;
  download(path: string): string;
  search: string;
}

/** Writes a page that lists files; it has no script. */
export function renderFolder(page: FolderPage, links: FolderLinks): string {
  const {name, folder, query, folders, files, more, notes} = page;
  const title = query === undefined ? `/${folder}` : `“${query}”`;
  return [
    '<!DOCTYPE html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8"/>',
    '<meta name="viewport" content="width=device-width, initial-scale=1"/>',
    '<link rel="icon" href="data:,"/>',
    `<title>${escapeXml(`${name}: ${title}`)}</title>`,
    `<style>${STYLE}</style>`,
    '</head>',
    '<body>',
    '<header>',
    `<p class="source"><a${attributes({href: links.report})}>Report</a> · ${escapeXml(name)}</p>`,
    `<h1>${query === undefined ? crumbs(folder, links) : `Files with ${escapeXml(title)} in their path`}</h1>`,
    ...notes.map(note => `<p class="source">${escapeXml(note)}</p>`),
    '</header>',
    '<main>',
    `<form class="tools" method="get" role="search"${attributes({action: links.search})}>`,
    `<input type="search" name="q" placeholder="Search paths" aria-label="Search paths" autocomplete="off" spellcheck="false"${attributes({value: query})}/>`,
    '</form>',
    '<table class="files">',
    '<thead><tr><th>Name</th><th class="number">Size</th><th></th></tr></thead>',
    '<tbody>',
    ...folders.map(entry => folderRow(entry, folder, links)),
    ...files.map(file => fileRow(file, query === undefined ? folder : '', links)),
    '</tbody>',
    '</table>',
    ...(folders.length + files.length === 0 ? ['<p>Nothing is here.</p>'] : []),
    ...(more > 0
      ? [`<p class="size">and ${count(more, 'more file')}: search for a longer part of the path</p>`]
      : []),
    '</main>',
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

function crumbs(folder: string, links: FolderLinks): string {
  const parts = folder.split('/').filter(part => part !== '');
  const steps = parts.map((part, i) => ({part, path: `${parts.slice(0, i + 1).join('/')}/`}));
  return [{part: 'Files', path: ''}, ...steps]
    .map(({part, path}) => `<a${attributes({href: links.folder(path)})}>${escapeXml(part)}</a>`)
    .join(' / ');
}

function folderRow({path, files}: FolderPage['folders'][number], at: string, links: FolderLinks): string {
  const name = escapeXml(path.slice(at.length));
  return `<tr><td><a${attributes({href: links.folder(path)})}>${name}</a></td><td class="number">${count(files, 'file')}</td><td></td></tr>`;
}

function fileRow({path, size}: ListedFile, at: string, links: FolderLinks): string {
  const name = visible(path.slice(at.length));
  const download = attributes({href: links.download(path), 'aria-label': `Download ${name}`});
  return `<tr><td><a${attributes({href: links.text(path)})}>${escapeXml(name)}</a></td><td class="number">${escapeXml(size)}</td><td><a${download}>download</a></td></tr>`;
}
