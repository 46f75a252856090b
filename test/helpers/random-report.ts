import * as fc from 'fast-check';
import type {Arbitrary} from 'fast-check';
import type {Gap} from '../../src/checks/gaps.ts';
import {countFindings} from '../../src/report/build.ts';
import type {DoctorReport, Finding} from '../../src/report/report.ts';
import {NOW} from './raw.ts';
import {report} from './report.ts';

/** Strings as strangers send them: any code unit, markup, commands, and the empty one. */
const text: Arbitrary<string> = fc.oneof(
  fc.string({unit: 'binary', maxLength: 30}),
  fc.string({unit: 'grapheme', maxLength: 60}),
  fc.constantFrom(
    '',
    ']]>',
    '<!--',
    '`',
    '``x`',
    '](x)',
    '${x}',
    '\u001b[2J',
    '\ud800',
    '\u202e',
    '{{x}}',
    '---\n',
    '&amp;',
  ),
);
const word = text.map(t => `x${t}`);
const severity = fc.constantFrom('error' as const, 'warning' as const, 'info' as const);
const id = fc.constantFrom('SCH001', 'NOD001', 'KBL005', 'EVT002', 'ADV001');
const fingerprint = fc.bigInt({min: 0n, max: 2n ** 64n - 1n}).map(n => n.toString(16).padStart(16, '0'));
const subject = fc.record({kind: word, namespace: word, name: text}, {requiredKeys: ['kind', 'name']});
const evidence = fc.record(
  {at: word, pointer: text, value: fc.jsonValue()},
  {requiredKeys: ['at', 'pointer']},
);
const location = fc.record({file: word, line: fc.integer({min: 1}), column: fc.integer({min: 1})});

const finding: Arbitrary<Finding> = fc.record(
  {
    id,
    name: word,
    severity,
    title: word,
    message: word,
    subjects: fc.array(subject, {minLength: 1, maxLength: 50}),
    subjectCount: fc.integer({min: 1, max: 100_000}),
    evidence: fc.array(evidence, {maxLength: 8}),
    fix: fc.array(text, {maxLength: 5}),
    links: fc.array(fc.oneof(fc.webUrl(), text), {maxLength: 3}),
    fingerprint,
    state: fc.constantFrom('suspected' as const, 'confirmed' as const),
    causedBy: fc.constant([]),
    firstSeen: fc.constantFrom(null, NOW),
    location,
  },
  {
    noNullPrototype: true,
    requiredKeys: [
      'id',
      'name',
      'severity',
      'title',
      'message',
      'subjects',
      'subjectCount',
      'evidence',
      'fix',
      'links',
      'fingerprint',
      'state',
      'causedBy',
      'firstSeen',
    ],
  },
);

const gap: Arbitrary<Gap> = fc.record({
  id,
  evidence: word,
  reason: fc.constantFrom('unsupported', 'denied', 'timeout', 'failed', 'not-requested'),
  detail: text,
  subjects: fc.array(subject, {maxLength: 5}),
  subjectCount: fc.nat(200),
});

/** Any report that the schemas allow, causes that point to nothing and in circles among it. */
export const anyReport: Arbitrary<DoctorReport> = fc
  .record({
    findings: fc.array(finding, {maxLength: 6}),
    unknown: fc.array(gap, {maxLength: 4}),
    problems: fc.array(fc.record({where: text, detail: text}), {maxLength: 2}),
    name: text,
    lint: fc.boolean(),
    causes: fc.array(fc.tuple(fc.nat(9), fc.nat(9)), {maxLength: 8}),
    nodes: fc.record({windows: fc.nat(5), linux: fc.nat(5)}),
    outcomes: fc.record({pass: fc.nat(), fail: fc.nat(), unknown: fc.nat(), skip: fc.nat()}),
  })
  .map(({findings, unknown, problems, name, lint, causes, nodes, outcomes}) => {
    for (const [from, to] of causes) {
      const effect = findings[to];
      if (effect) effect.causedBy = [...effect.causedBy, findings[from]?.fingerprint ?? '0123456789abcdef'];
    }
    for (const one of findings) {
      if (lint && one.location) one.locations = [one.location, {...one.location, line: 1}];
      else delete one.location;
    }
    return report(findings, {
      kind: lint ? 'LintReport' : 'DoctorReport',
      source: {kind: lint ? 'files' : 'capture', name, collectedAt: NOW},
      summary: {
        nodes,
        outcomes,
        findings: countFindings(findings),
        rootCauses: findings.filter(f => f.causedBy.length === 0).length,
      },
      unknown,
      problems,
    });
  });
