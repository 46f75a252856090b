import {homedir} from 'node:os';
import {join} from 'node:path';

const {KUBECTL_WIN_CACHE, XDG_CACHE_HOME} = process.env;

/** What `KUBECTL_WIN_CACHE` names, else a folder of the user's cache: everything built or fetched once, for all checkouts. */
export const cacheRoot =
  KUBECTL_WIN_CACHE || join(XDG_CACHE_HOME || join(homedir(), '.cache'), 'kubectl-win');
