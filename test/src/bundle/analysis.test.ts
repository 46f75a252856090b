import test from 'ava';
import {analysisOf, analysisText} from '../../../src/bundle/analysis.ts';
import {finding, report, sickReport} from '../../helpers/report.ts';

test('every finding is a result in the form of troubleshoot, in the order of the report', t => {
  const sick = sickReport();
  const results = analysisOf(sick);
  t.deepEqual(
    results.map(r => r.insight.primary.slice(0, 6)),
    sick.findings.map(f => f.id),
  );
  t.like(results[0], {
    name: 'nod001.a.windows.node.is.not.ready',
    severity: 'error',
    analyzerSpec: '',
    labels: {desiredPosition: '1', iconKey: '', iconUri: ''},
    involvedObject: {kind: 'Node', apiVersion: 'v1', name: 'win-1'},
  });
  t.true(results.every(r => r.severity === r.insight.severity && r.name === r.insight.name));
});

const of = (severity: 'error' | 'warning' | 'info'): object =>
  analysisOf(report([finding('NOD001', {severity})]))[0] ?? {};

test('warnings are `warn`, notes `info`; only what failed has an error', t => {
  t.like(of('error'), {severity: 'error', error: 'node win-1 is not Ready: container runtime is down'});
  t.like(of('warning'), {severity: 'warn'});
  t.false('error' in of('warning'));
  t.like(of('info'), {severity: 'info'});
});

test('where nothing was found one result says so, as one that passed', t => {
  const [result, ...more] = analysisOf(report());
  t.deepEqual(more, []);
  t.like(result, {name: 'kubectl.win.doctor', severity: 'debug'});
  t.regex(result?.insight.detail ?? '', /^Nothing wrong found on 3 Windows and 2 Linux nodes; .*\.$/);
});

test('the file is JSON, indented by four', t => {
  t.regex(analysisText(report()), /^\[\n {4}\{\n {8}"name": /);
});
