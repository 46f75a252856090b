import type {Observer} from './observer.ts';
import type {MetricsConfig} from './config.ts';
import {listenForScrapers, metricsServer} from './listener.ts';
import {prometheusMetrics} from './prometheus.ts';
import {Scrapers} from './scrapers.ts';

/** A metrics listener that runs. */
export interface RunningMetrics {
  readonly observer: Observer;
  readonly port: number;
  close(): void;
}

/** Starts the metrics listener. Throws a `ListenError`, also where certificate or key cannot be read. */
export async function startMetrics(config: MetricsConfig, now: () => number): Promise<RunningMetrics> {
  const metrics = prometheusMetrics();
  const server = metricsServer(config, metrics, new Scrapers(config.api, now));
  const port = await listenForScrapers(server, config.host, config.port);
  return {
    observer: metrics.observer,
    port,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
