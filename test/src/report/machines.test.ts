import test from 'ava';
import {renderJunit} from '../../../src/report/junit.ts';
import {renderSarif} from '../../../src/report/sarif.ts';
import {finding, hostileReport, report, sickReport} from '../../helpers/report.ts';
import {nodeCheck} from '../../helpers/judged.ts';
import {junitErrors, sarifErrors} from '../../helpers/schemas.ts';

const PASSING = nodeCheck('NOD002');

test('JUnit has a testcase for each check and each failed subject', t => {
  const xml = renderJunit(sickReport(), {checks: [PASSING], failOn: 'error'});
  t.deepEqual(junitErrors(xml), []);
  t.regex(xml, /<testsuite name="NOD002 always-failing"[^>]* tests="1" failures="0" errors="0" skipped="0"/);
  t.regex(xml, /<testsuite name="NOD001 node-not-ready"[^>]* tests="3" failures="3"/);
  t.regex(
    xml,
    /<testcase name="Node win-2" classname="kubectl-win\.NOD\.NOD001" time="0\.000">\s*<failure type="error"/,
  );
  t.regex(xml, /<testsuite name="ADV001 [^>]* tests="52"/, 'the check, 50 nodes, and the rest in one');
  t.true(xml.includes('<testcase name="and 164 more subjects"'));
});

const failed = (failOn: 'error' | 'info' | 'never'): number =>
  renderJunit(sickReport(), {checks: [], failOn}).split('<failure').length - 1;

test('JUnit fails what fails the run', t => {
  t.is(failed('never'), 0);
  t.is(failed('error'), 3 + 52 + 4);
  t.is(failed('info'), 3 + 52 + 4 + 15 + 8 + 2);
});

test('JUnit skips a check that saw nothing', t => {
  const xml = renderJunit(sickReport(), {checks: [], failOn: 'error'});
  t.regex(xml, /<testsuite name="EVT001 EVT001"[^>]* skipped="1"/);
  t.true(xml.includes('<skipped>events: the list of events took longer than 30 s (timed out)</skipped>'));
});

test('JUnit shows where a manifest is wrong', t => {
  const location = {file: 'a.yaml', line: 3, column: 9};
  const xml = renderJunit(report([finding('SCH010', {location})]), {checks: [], failOn: 'error'});
  t.true(xml.includes('at: a.yaml:3:9'));
});

interface Sarif {
  runs: {
    tool: {driver: {rules: {id: string; helpUri?: string; help: {text: string}}[]}};
    invocations: {executionSuccessful: boolean; toolExecutionNotifications: object[]}[];
    results: {
      level: string;
      ruleIndex: number;
      partialFingerprints: Record<string, string>;
      locations: {
        physicalLocation: {artifactLocation: {uri: string}; region: object};
        logicalLocations: {fullyQualifiedName: string}[];
      }[];
    }[];
  }[];
}

const sarif = (of = sickReport()): Sarif['runs'][number] => {
  // The shape is what the test looks at, and the schema says that it is SARIF.
  const log = JSON.parse(renderSarif(of, {checks: [{...PASSING, id: 'NOD001'}]})) as Sarif;
  if (!log.runs[0]) throw new Error('no run');
  return log.runs[0];
};

test('SARIF has what GitHub wants of a result: place, region, fingerprint, level', t => {
  const [first, , , last] = sarif().results;
  t.deepEqual(first?.locations[0]?.physicalLocation, {
    artifactLocation: {uri: 'cluster-resources/nodes.json'},
    region: {startLine: 1},
  });
  t.is(first?.level, 'error');
  t.is(last?.level, 'note');
  t.is(first?.partialFingerprints['kubectlWinFinding/v1'], sickReport().findings[0]?.fingerprint);
  t.deepEqual(
    first?.locations[0]?.logicalLocations.map(l => l.fullyQualifiedName),
    ['Node/win-1', 'Node/win-2'],
  );
});

test("SARIF rules are the findings' checks, with their documentation", t => {
  const {tool, results} = sarif();
  t.deepEqual(
    tool.driver.rules.map(r => r.id),
    ['ADV001', 'KBL001', 'NOD001', 'SCH008', 'SCH010', 'SVC012'],
  );
  t.is(tool.driver.rules[results[0]?.ruleIndex ?? -1]?.id, 'NOD001');
  t.is(tool.driver.rules[2]?.helpUri, 'https://example.com/docs');
  t.is(tool.driver.rules[2]?.help.text, 'For tests.\n`kubectl get nodes`');
});

const uriOf = (file: string): string | undefined =>
  sarif(report([finding('SCH010', {location: {file, line: 3, column: 9}})])).results[0]?.locations[0]
    ?.physicalLocation.artifactLocation.uri;

test('SARIF points into manifests, whatever the file is called', t => {
  t.is(uriOf('deploy/web.yaml'), 'deploy/web.yaml');
  t.is(uriOf('a b#c?.yaml'), 'a%20b%23c%3F.yaml');
  t.is(uriOf('C:\\repo\\web.yaml'), 'file:///C:/repo/web.yaml');
  t.is(uriOf('/srv/web.yaml'), 'file:///srv/web.yaml');
});

test('SARIF has a result for each place of a manifest', t => {
  const locations = [3, 9].map(line => ({file: 'a.yaml', line, column: 5}));
  const found = finding('SCH010', {locations, location: {file: 'a.yaml', line: 3, column: 5}});
  t.deepEqual(
    sarif(report([found])).results.map(r => r.locations[0]?.physicalLocation.region),
    [
      {startLine: 3, startColumn: 5},
      {startLine: 9, startColumn: 5},
    ],
  );
});

test('SARIF tells what could not be judged', t => {
  const [invocation] = sarif().invocations;
  t.is(invocation?.executionSuccessful, true);
  t.is(invocation?.toolExecutionNotifications.length, sickReport().unknown.length);
  t.is(sarif(hostileReport()).invocations[0]?.executionSuccessful, false, 'a bug of ours is no success');
  t.deepEqual(sarifErrors(JSON.parse(renderSarif(hostileReport(), {checks: []}))), []);
});
