import type {LogLevel} from '../../logs/record.ts';
import {millis, rfc3339} from '../../snapshot/time.ts';
import {thousands} from '../../text/words.ts';
import type {Chronicle, Happening} from '../chronicle.ts';
import {nameSubjects} from '../phrase.ts';
import {attributes, escapeXml} from '../xml.ts';

/** Bars of the picture, and its size in pixels. */
const BARS = 60;
const SIZE = {width: 960, height: 72, base: 52};
const NAMES = 3;

/** What happened when: a picture of how much, and a list. */
export function chroniclePart({happenings, left}: Chronicle): string {
  const older =
    left === 0
      ? ''
      : `<p class="size">${thousands(left)} older ones are left out: <code>kubectl win logs --timeline</code></p>`;
  const items = happenings.map(item).join('\n');
  return `${picture(happenings)}${older}<ol class="chronicle">${items}</ol>`;
}

function item({time, level, who, text, subjects, subjectCount}: Happening): string {
  const names = nameSubjects(subjects, subjectCount, NAMES);
  return `<li data-row="event" class="${toneOf(level)}"><time>${escapeXml(time)}</time> <span class="who">${escapeXml(who)}</span> ${escapeXml(text)} <span class="size">${escapeXml(names)}</span></li>`;
}

function toneOf(level: LogLevel): 'error' | 'warning' | 'info' {
  if (level === 'Critical' || level === 'Error') return 'error';
  return level === 'Warning' ? 'warning' : 'info';
}

/** How much happened when, as bars; nothing where it all happened at once. */
function picture(happenings: readonly Happening[]): string {
  const times = happenings.map(h => millis(h.time) ?? 0);
  const [first = 0, last = 0] = [times[0], times.at(-1)];
  if (last <= first) return '';
  const width = (last - first) / BARS;
  const bars = Array.from({length: BARS}, () => ({error: 0, warning: 0, info: 0}));
  for (const [i, {level, subjectCount}] of happenings.entries()) {
    const bar = bars[Math.min(BARS - 1, Math.floor(((times[i] ?? 0) - first) / width))];
    if (bar) bar[toneOf(level)] += subjectCount;
  }
  const most = Math.max(...bars.map(b => b.error + b.warning + b.info));
  const drawn = bars.flatMap((bar, i) => {
    let top = SIZE.base;
    return (['error', 'warning', 'info'] as const).flatMap(tone => {
      if (bar[tone] === 0) return [];
      // What happened once must be seen beside what happened a thousand times.
      const height = Math.max(2, Math.round((bar[tone] / most) * (SIZE.base - 4)));
      top -= height;
      const step = SIZE.width / BARS;
      const box = {x: Math.round(i * step), y: top, width: Math.round(step) - 3, height};
      return [`<rect${attributes({...box, class: `bar ${tone}`})}/>`];
    });
  });
  const ends = [
    `<text${attributes({x: 0, y: SIZE.height - 4})}>${escapeXml(rfc3339(first))}</text>`,
    `<text${attributes({x: SIZE.width, y: SIZE.height - 4, 'text-anchor': 'end'})}>${escapeXml(rfc3339(last))}</text>`,
  ];
  const label = `How much happened between ${rfc3339(first)} and ${rfc3339(last)}`;
  const root = attributes({viewBox: `0 0 ${SIZE.width} ${SIZE.height}`, role: 'img', 'aria-label': label});
  return `<svg class="bars"${root}><line${attributes({x1: 0, x2: SIZE.width, y1: SIZE.base, y2: SIZE.base})}/>${drawn.join('')}${ends.join('')}</svg>`;
}
