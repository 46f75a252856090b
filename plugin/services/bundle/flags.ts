import type {EncryptFlags} from '../../age/keys.ts';
import type {PseudonymKind} from '../../../src/redact/pseudonyms/kinds.ts';
import type {ClusterFlags, ScopeFlags} from '../access.ts';

/** Flags of `kubectl win bundle`. */
export interface BundleFlags extends ClusterFlags, ScopeFlags, EncryptFlags {
  'output-file'?: string | undefined;
  agent: 'auto' | 'never' | 'require';
  'allow-exec'?: boolean;
  /** Whether connections are tried, and how many. */
  probe: 'none' | 'quick' | 'full';
  logs: 'few' | 'all' | 'none';
  tail: number;
  since?: string | undefined;
  'max-log-bytes': number;
  /** How long after the first look a second one is taken: `0`, or `60s` and more. */
  confirm: string;
  redactor?: string[] | undefined;
  'node-proxy'?: boolean;
  'max-size'?: string | undefined;
  resume?: string | undefined;
  pseudonyms?: readonly PseudonymKind[] | undefined;
  strict: boolean;
}
