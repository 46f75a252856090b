import {readdirSync, readFileSync} from 'node:fs';
import {join, posix} from 'node:path';
import {checkTable} from '../docs/checks.ts';
import {checkPages} from './checks.ts';
import {codePage, errorPage} from './codes.ts';
import {commandPages} from './commands.ts';
import {document, rendered} from './page.ts';
import type {Entry} from './page.ts';

const root = join(import.meta.dirname, '..', '..');
const pages = join(import.meta.dirname, 'pages');
/** Pictures that pages show. */
const PICTURES = ['doctor.svg', 'session.svg', 'architecture.svg'];

/** A page before it is rendered. */
interface Source {
  file: string;
  markdown: string;
  /** Where its links count from, in the repository; undefined: they are the site's. */
  origin?: string;
}

/** All files of the site by their names. `repository`: where its other files can be read, as a URL; links to them are words where there is none. */
export function site(repository: string | undefined): Map<string, string> {
  const sources = sourcesOf();
  const known = new Map(
    sources.flatMap(({origin, file}) => (origin === undefined ? [] : [[origin, file] as const])),
  );
  const titles = new Map(sources.map(({file, markdown}) => [file, titleOf(markdown)]));
  const navigation = navigationOf(sources, titles);
  const files = new Map<string, string>(PICTURES.map(name => [name, readFileSync(join(root, name), 'utf8')]));
  for (const source of sources) {
    const html = rendered(source.markdown, href => linkOf(href, source, {known, repository}));
    // A link that leads nowhere is its words.
    const plain = html.replaceAll(/<a href="">(.*?)<\/a>/gs, '$1');
    files.set(
      source.file,
      document({file: source.file, title: titles.get(source.file) ?? '', html: plain}, navigation),
    );
  }
  return files;
}

function sourcesOf(): Source[] {
  const commands = commandPages();
  const checks = checkPages();
  return [
    {file: 'index.html', markdown: read('README.md'), origin: 'README.md'},
    ...readdirSync(pages)
      .toSorted()
      .map(name => ({
        file: `how-to/${name.replace(/\.md$/, '.html')}`,
        markdown: readFileSync(join(pages, name), 'utf8'),
      })),
    {
      file: 'commands/index.html',
      markdown: `# Commands\n\n${[...commands].map(([name, text]) => `- [kubectl win ${name}](${slug(name)}.html): ${text.split('\n\n')[1] ?? ''}`).join('\n')}\n`,
      origin: 'plugin/commands/README.md',
    },
    ...[...commands].map(([name, markdown]) => ({file: `commands/${slug(name)}.html`, markdown})),
    {
      file: 'checks/index.html',
      markdown: checkTable().replaceAll(/^\| ([A-Z]{3}\d{3}) \|/gm, '| [$1]($1.html) |'),
      origin: 'src/checks/README.md',
    },
    ...[...checks].map(([id, markdown]) => ({file: `checks/${id}.html`, markdown})),
    {file: 'errors.html', markdown: errorPage()},
    {file: 'codes.html', markdown: codePage()},
    {
      file: 'pipelines.html',
      markdown: read('pipelines/README.md').replace('# pipelines', '# In pipelines'),
      origin: 'pipelines/README.md',
    },
    {
      file: 'schedule.html',
      markdown: read('windows/schedule/README.md').replace('# windows/schedule', '# In the cluster'),
      origin: 'windows/schedule/README.md',
    },
    {
      file: 'agent.html',
      markdown: read('agent/README.md').replace('# agent', '# The agent'),
      origin: 'agent/README.md',
    },
    {file: 'guides.html', markdown: read('src/guides/README.md'), origin: 'src/guides/README.md'},
    {file: 'architecture.html', markdown: read('ARCHITECTURE.md'), origin: 'ARCHITECTURE.md'},
    {file: 'security.html', markdown: read('SECURITY.md'), origin: 'SECURITY.md'},
    {file: 'contributing.html', markdown: read('CONTRIBUTING.md'), origin: 'CONTRIBUTING.md'},
    {file: 'changes.html', markdown: read('CHANGELOG.md'), origin: 'CHANGELOG.md'},
  ];
}

function read(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

function navigationOf(sources: readonly Source[], titles: ReadonlyMap<string, string>): Map<string, Entry[]> {
  const entries = (wanted: (file: string) => boolean): Entry[] =>
    sources.filter(s => wanted(s.file)).map(({file}) => ({file, title: titles.get(file) ?? ''}));
  const single = (...files: string[]): Entry[] => files.flatMap(file => entries(f => f === file));
  return new Map([
    ['Start', single('index.html')],
    ['How to', entries(file => file.startsWith('how-to/'))],
    ['Reference', single('commands/index.html', 'checks/index.html', 'errors.html', 'codes.html')],
    ['Everywhere', single('pipelines.html', 'schedule.html', 'agent.html', 'guides.html')],
    ['The project', single('architecture.html', 'security.html', 'contributing.html', 'changes.html')],
  ]);
}

/** Where a link leads from a page: to pages for files that have one, to pictures, or into the repository. */
function linkOf(
  href: string,
  {origin, file}: Source,
  {known, repository}: {known: ReadonlyMap<string, string>; repository: string | undefined},
): string {
  if (/^(?:https?:|mailto:|#)/.test(href) || origin === undefined) return href;
  const [path = '', anchor] = href.split('#');
  const target = posix.join(posix.dirname(origin), path);
  const page = PICTURES.includes(target) ? target : (known.get(target) ?? known.get(`${target}/README.md`));
  if (page !== undefined)
    return `${posix.relative(posix.dirname(file), page)}${anchor === undefined ? '' : `#${anchor}`}`;
  // Pages that are made of code have links of their own.
  if (/^[\w-]+\.html$/.test(href)) return href;
  return repository === undefined ? '' : `${repository}/${target}`;
}

function titleOf(markdown: string): string {
  return (/^# (.+)$/m.exec(markdown)?.[1] ?? '').replaceAll('`', '');
}

function slug(name: string): string {
  return name.replaceAll(' ', '-');
}
