import test from 'ava';
import {planProbes} from '../../../../src/probes/plan.ts';
import {PLAIN} from '../../../../src/report/palette.ts';
import {matrixHtml} from '../../../../src/report/probes/matrix-html.ts';
import {matrixCsv, matrixText, roomFor} from '../../../../src/report/probes/matrix-text.ts';
import {matrixOf} from '../../../../src/report/probes/matrix.ts';
import {fleetOf} from '../../../helpers/fleet.ts';
import {TestProbing} from '../../../helpers/probing.ts';
import {parseXml} from '../../../helpers/schemas.ts';

const groupOf = (node: string): string => `${node.split('-')[0]} zone`;

/** A fleet of which one node is cut off. */
function probing(nodes: number): TestProbing {
  const all = new TestProbing(planProbes(fleetOf(nodes)));
  return all.fail(p => p.to.node !== p.from.node && (p.from.node === 'win-2' || p.to.node === 'win-2'));
}

test('a small fleet has a row for each node', t => {
  const text = matrixText(matrixOf(probing(6).value, roomFor(80), groupOf), PLAIN);
  t.regex(text, /^ +\d win-2 +(?: +[X·]){1,6}$/m);
  t.is(text.match(/^ +\d (?:win|linux)-\d/gm)?.length, 6);
});

test('of 1,000 nodes those that fail stand alone, and it fits 80 columns', t => {
  const text = matrixText(matrixOf(probing(1000).value, roomFor(80), groupOf), PLAIN);
  for (const line of text.split('\n')) t.true(line.length <= 80, line);
  t.regex(text, /win-2 /);
  t.regex(text, /linux zone \(\d+\)/);
});

test('as CSV each pair has a line, as a page each cell tells its figures', t => {
  const matrix = matrixOf(probing(6).value, Infinity, groupOf);
  t.regex(matrixCsv(matrix), /^FROM,TO,TRIED,FAILED,SLOWEST MS\r?\n/);
  t.regex(matrixCsv(matrix), /^linux-1,win-2,2,2,0\.0\r?$/m);
  const html = matrixHtml(matrix, 'a <b>');
  t.regex(html, /<title>linux-1 to win-2: 2 of 2 connections failed<\/title>/);
  t.false(html.includes('a <b>'));
  const svg = html.slice(html.indexOf('<svg'), html.indexOf('</svg>') + 6);
  t.notThrows(() => parseXml(svg));
});
