import {Marked} from 'marked';

/** A page of the site. */
export interface Page {
  /** File below the site's folder. */
  file: string;
  title: string;
  /** The body, with one `h1`. */
  html: string;
}

/** An entry of the navigation. */
export interface Entry {
  file: string;
  title: string;
}

const STYLE = `
:root{color-scheme:light dark;--bg:#fff;--fg:#1f2328;--dim:#57606a;--line:#d0d7de;--code:#f6f8fa;--link:#0550ae}
@media(prefers-color-scheme:dark){:root{--bg:#0d1117;--fg:#e6edf3;--dim:#9da7b1;--line:#3d444d;--code:#161b22;--link:#79c0ff}}
*{box-sizing:border-box}body{margin:0;background:var(--bg);color:var(--fg);font:16px/1.55 system-ui,sans-serif}
a{color:var(--link)}.skip{position:absolute;left:-999px}.skip:focus{left:8px;top:8px;background:var(--bg);padding:8px}
.frame{display:grid;grid-template-columns:15rem minmax(0,1fr);max-width:76rem;margin:auto}
nav{padding:1.2rem 1rem;border-right:1px solid var(--line)}nav ul{list-style:none;padding:0;margin:.2rem 0 1rem}nav li{margin:.15rem 0}
nav h2{font-size:.85rem;color:var(--dim);margin:.6rem 0 .2rem;border:0}main{padding:1rem 2rem 4rem;min-width:0;overflow-wrap:anywhere}
h1{line-height:1.25}h2{border-bottom:1px solid var(--line);padding-bottom:.2rem;margin-top:2rem}
pre,code{font-family:ui-monospace,Consolas,monospace;font-size:.9em;background:var(--code)}pre{padding:.8rem;overflow:auto;border-radius:6px}
code{padding:.1em .25em;border-radius:4px}pre code{padding:0}table{border-collapse:collapse;display:block;overflow:auto}
th,td{border:1px solid var(--line);padding:.3rem .55rem;text-align:left;vertical-align:top}img{max-width:100%;height:auto}
@media(max-width:55rem){.frame{display:block}nav{border:0;border-bottom:1px solid var(--line)}}`;

/** A whole document. `groups`: the navigation, by heading. */
export function document({file, title, html}: Page, groups: ReadonlyMap<string, readonly Entry[]>): string {
  const up = '../'.repeat(file.split('/').length - 1);
  const nav = [...groups].map(
    ([heading, entries]) =>
      `<h2>${escaped(heading)}</h2><ul>${entries
        .map(
          e =>
            `<li><a href="${up}${e.file}"${e.file === file ? ' aria-current="page"' : ''}>${escaped(e.title)}</a></li>`,
        )
        .join('')}</ul>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src 'self'; style-src 'unsafe-inline'">
<title>${escaped(title)} · kubectl win</title>
<style>${STYLE}</style>
</head>
<body>
<a class="skip" href="#content">To the content</a>
<div class="frame">
<nav aria-label="Pages">${nav.join('')}</nav>
<main id="content">
${html}
</main>
</div>
</body>
</html>
`;
}

/** Markdown as HTML: headings can be linked to, code blocks can be reached by keyboard. `link` says where a link leads. */
export function rendered(markdown: string, link: (href: string) => string): string {
  const used = new Map<string, number>();
  const marked = new Marked({
    gfm: true,
    renderer: {
      heading({tokens, depth, text}) {
        const slug = text
          .toLowerCase()
          .replaceAll(/[^\w\s-]/g, '')
          .trim()
          .replaceAll(/\s+/g, '-');
        const times = used.get(slug) ?? 0;
        used.set(slug, times + 1);
        const id = times === 0 ? slug : `${slug}-${times}`;
        return `<h${depth} id="${escaped(id)}">${this.parser.parseInline(tokens)}</h${depth}>\n`;
      },
      code({text}) {
        return `<pre tabindex="0"><code>${escaped(text)}</code></pre>\n`;
      },
      link({href, tokens}) {
        return `<a href="${escaped(link(href))}">${this.parser.parseInline(tokens)}</a>`;
      },
      image({href, text}) {
        return `<img src="${escaped(link(href))}" alt="${escaped(text)}">`;
      },
      // Comments, which say what a file was made from; nothing else of ours is HTML.
      html: () => '',
      tablecell(token) {
        const tag = token.header ? 'th scope="col"' : 'td';
        return `<${tag}>${this.parser.parseInline(token.tokens)}</${tag.slice(0, 2)}>`;
      },
    },
  });
  // Without extensions it answers at once.
  return marked.parse(markdown) as string;
}

export function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
