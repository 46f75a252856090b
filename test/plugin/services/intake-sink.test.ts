import test from 'ava';
import type {FoundPod} from '../../../plugin/agent/fleet/pods.ts';
import {IntakeSink} from '../../../plugin/services/intake-sink.ts';
import {NodeIntake} from '../../../src/node/intake.ts';
import type {AgentContact} from '../../../src/node/agent.ts';
import {toolVersion} from '../../../plugin/version.ts';

const pod: FoundPod = {
  namespace: 'kubectl-win',
  name: 'agent-1',
  node: 'win-1',
  os: 'windows',
  version: '0.0.9',
};
const health = {
  status: 'ok' as const,
  node: 'win-1',
  os: 'windows' as const,
  boot: '0123456789abcdef',
  now: 0,
};

/** What is known of the agent after an answer of one line, by a clock so many milliseconds off. */
function contactAfter(offsetMs: number, serverTime = true): AgentContact | undefined {
  const intake = new NodeIntake();
  const now = Date.now();
  const sink = new IntakeSink(
    intake,
    serverTime ? {date: new Date(now).toUTCString(), at: performance.now()} : undefined,
  );
  sink.contact({
    pod,
    reached: {greeting: {health, at: 0, roundTripMs: 20}, transport: 'port-forward'},
    failures: [],
  });
  sink.line('win-1', {
    ok: false,
    key: 'cri.version',
    reason: 'failed',
    detail: 'the runtime does not run',
    tookMs: 1,
    at: new Date(now + offsetMs).toISOString(),
    source: 'test',
  });
  sink.end();
  const [, evidence] = intake.evidence().find(([key]) => key === 'node.agent') ?? [];
  const found = evidence?.value.get('win-1');
  return found?.ok ? found.value : undefined;
}

test('an agent that answered is told with its version and that of the plugin', t => {
  t.like(contactAfter(0), {
    reached: true,
    version: '0.0.9',
    client: toolVersion(),
    transport: 'port-forward',
  });
});

test('a clock that runs ahead is told by about as much', t => {
  const {offsetMs = 0, roundTripMs = 0} = contactAfter(600_000) ?? {};
  t.true(Math.abs(offsetMs - 600_000) < 5000);
  t.true(roundTripMs >= 1000, 'the API server says whole seconds');
});

test('without the time of the API server nothing is said of the clock', t => {
  t.is(contactAfter(600_000, false)?.offsetMs, undefined);
});

test('an agent whose pod does not run is told with the reason', t => {
  const intake = new NodeIntake();
  const sink = new IntakeSink(intake, undefined);
  sink.contact({pod: {...pod, trouble: 'its image cannot be pulled'}, failures: []});
  const [, evidence] = intake.evidence().find(([key]) => key === 'node.agent') ?? [];
  t.like(evidence?.value.get('win-1'), {
    value: {reached: false, failures: [{detail: 'its image cannot be pulled'}]},
  });
});
