/** Lines of a start file that are ours, so that they can be found again. */
const BEGIN = '# >>> kubectl win completion >>>';
const END = '# <<< kubectl win completion <<<';

/** A start file that has our line, once, at its end. */
export function withBlock(text: string, line: string): string {
  const rest = withoutBlock(text);
  const gap = rest === '' || rest.endsWith('\n') ? '' : '\n';
  return `${rest}${gap}${BEGIN}\n${line}\n${END}\n`;
}

/** A start file without our lines; one that somebody cut in half is left as it is. */
export function withoutBlock(text: string): string {
  const from = text.indexOf(BEGIN);
  const to = text.indexOf(END, from);
  if (from < 0 || to < 0) return text;
  const after = text.slice(to + END.length).replace(/^\r?\n/, '');
  return text.slice(0, from) + after;
}
