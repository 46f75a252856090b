import {RE2JS} from 're2js';

/** Makes of a pattern as troubleshoot takes it (`**` over folders, `*`, `?`, `[ab]`, `{a,b}`) what tells whether a path matches. */
export function pathMatcher(pattern: string): (path: string) => boolean {
  let source = '';
  let depth = 0;
  for (let at = 0; at < pattern.length; at++) {
    const char = pattern[at] ?? '';
    if (char === '*' && pattern[at + 1] === '*') {
      source += '.*';
      at++;
    } else if (char === '*') source += '[^/]*';
    else if (char === '?') source += '[^/]';
    else if (char === '{') {
      source += '(?:';
      depth++;
    } else if (char === '}' && depth > 0) {
      source += ')';
      depth--;
    } else if (char === ',' && depth > 0) source += '|';
    else if (char === '[' && pattern.includes(']', at + 2)) {
      const end = pattern.indexOf(']', at + 2);
      const inside = pattern.slice(at + 1, end);
      source += `[${inside.startsWith('!') ? '^' : ''}${inside.replace(/^!/, '').replace(/[\\[\]^]/g, String.raw`\$&`)}]`;
      at = end;
    } else source += RE2JS.quote(char);
  }
  const compiled = RE2JS.compile(`^(?s:${source}${')'.repeat(depth)})$`);
  return path => compiled.matcher(path).find();
}
