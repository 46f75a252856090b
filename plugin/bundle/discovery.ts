import {jsonText} from '../../src/bundle/own-files.ts';
import type {ManifestGap} from '../../src/capture/manifest.ts';
import {isRecord} from '../../src/kube/shape.ts';
import {ApiStatusError, ConnectionError} from '../kube/api-error.ts';
import type {ApiReader} from '../kube/api-reader.ts';
import {parseAnswer} from '../kube/list.ts';
import type {Spool} from './spool.ts';

/** Paths below which a server offers a group in one version; more than this no server has. */
const MAX_VERSIONS = 300;

/**
 * Writes which groups and resources the server has, as sbctl reads them, which serves a bundle as an API server
 * (https://github.com/replicatedhq/sbctl). Answers what could not be read.
 */
export async function writeDiscovery(
  reader: ApiReader,
  spool: Spool,
  signal: AbortSignal,
): Promise<ManifestGap[]> {
  try {
    const {groups} = parseAnswer((await reader.get('/apis', {signal})).text, '/apis');
    const listed = Array.isArray(groups) ? groups.filter(isRecord) : [];
    spool.file('cluster-resources/groups.json', jsonText(listed), {source: 'GET /apis'});
    const paths = ['/api/v1', ...listed.flatMap(versionsOf).map(version => `/apis/${version}`)].slice(
      0,
      MAX_VERSIONS,
    );
    const lists = await Promise.all(paths.map(path => resourcesAt(reader, path, signal)));
    const found = lists.filter(list => list !== undefined);
    spool.file('cluster-resources/resources.json', jsonText(found), {source: 'GET /api/v1, /apis/…'});
    return [];
  } catch (error) {
    if (!(error instanceof ApiStatusError || error instanceof ConnectionError)) throw error;
    const denied = error instanceof ApiStatusError && error.status === 403;
    return [
      {what: 'cluster-resources/groups.json', reason: denied ? 'denied' : 'failed', detail: error.message},
    ];
  }
}

function versionsOf(group: Record<string, unknown>): string[] {
  const {versions} = group;
  return (Array.isArray(versions) ? versions : []).flatMap(version =>
    isRecord(version) && typeof version['groupVersion'] === 'string' ? [version['groupVersion']] : [],
  );
}

/** A group whose server does not answer costs itself only. */
async function resourcesAt(
  reader: ApiReader,
  path: string,
  signal: AbortSignal,
): Promise<object | undefined> {
  try {
    // With a version of its own the list of the core group is not found by sbctl.
    const {apiVersion: _, ...list} = parseAnswer((await reader.get(path, {signal})).text, path);
    return list;
  } catch (error) {
    if (error instanceof ApiStatusError || error instanceof ConnectionError) return undefined;
    throw error;
  }
}
