/** When a second look (`--confirm`) was taken: `{at: RFC 3339}`. */
export const SECOND_LOOK = 'kubectl-win/confirm/look.json';

/** What it found of the API stands below this folder, as the first look's does at the top. */
export const SECOND_API = 'kubectl-win/confirm/';

/** Where a file of the first look stands that the second look has, too: of nodes beside it, in `confirm/`. */
export function secondPath(path: string): string {
  const ofNode = /^host-collectors\/[^/]+\/[^/]+\//.exec(path)?.[0];
  return ofNode === undefined ? SECOND_API + path : `${ofNode}confirm/${path.slice(ofNode.length)}`;
}
