import {Counter, Gauge, Histogram, Registry} from 'prom-client';
import type {OpenMetricsContentType} from 'prom-client';
import {agentVersion} from '../config/version.ts';
import type {Observer} from './observer.ts';

/** Seconds; a health check takes the first, a full snapshot the last. */
const BUCKETS = [0.005, 0.05, 0.25, 1, 5, 15, 60];
const PREFIX = 'kubectl_win_';
const MS = 1000;

/** Counts what an observer is told, for scrapers. */
export interface Metrics {
  readonly observer: Observer;
  readonly contentType: string;
  /** All metrics in the OpenMetrics text format (https://prometheus.io/docs/specs/om/open_metrics_spec/). */
  text(): Promise<string>;
}

/** Metrics of one process. Nothing is measured between scrapes, so an idle agent stays idle. */
export function prometheusMetrics(): Metrics {
  const registry = new Registry<OpenMetricsContentType>();
  registry.setContentType(Registry.OPENMETRICS_CONTENT_TYPE);
  const registers = [registry];
  const requests = new Counter({
    name: `${PREFIX}requests_total`,
    help: 'Requests answered, by route and HTTP status; 0 is a client that left before an answer.',
    labelNames: ['route', 'status'],
    registers,
  });
  const seconds = new Histogram({
    name: `${PREFIX}request_duration_seconds`,
    help: 'Time until an answer was whole, by route.',
    labelNames: ['route'],
    buckets: BUCKETS,
    registers,
  });
  const lines = new Counter({
    name: `${PREFIX}collector_files_total`,
    help: 'Files that collectors made or could not make, by collector and outcome.',
    labelNames: ['collector', 'outcome'],
    registers,
  });
  const spent = new Counter({
    name: `${PREFIX}collector_seconds_total`,
    help: 'Time that collectors took, by collector.',
    labelNames: ['collector'],
    registers,
  });
  new Gauge({
    name: `${PREFIX}build_info`,
    help: 'Version of the agent.',
    labelNames: ['version', 'os'],
    registers,
  }).set({version: agentVersion(), os: process.platform}, 1);
  // The registry keeps it.
  void new Gauge({
    name: `${PREFIX}resident_bytes`,
    help: 'Resident memory of the agent.',
    registers,
    collect() {
      this.set(process.memoryUsage.rss());
    },
  });
  return {
    observer: {
      request(route, status, ms) {
        requests.inc({route, status});
        seconds.observe({route}, ms / MS);
      },
      line(collector, outcome, ms) {
        lines.inc({collector, outcome});
        spent.inc({collector}, ms / MS);
      },
    },
    contentType: registry.contentType,
    text: async () => await registry.metrics(),
  };
}
