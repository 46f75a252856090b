/**
 * Remembers what was made of a list of the whole cluster, as long as that list is there: checks that go node by node ask again for
 * each node, and what takes the whole list would otherwise cost its square.
 */
export function once<A extends object, T>(make: (of: A) => T): (of: A) => T {
  const known = new WeakMap<A, {made: T}>();
  return of => {
    let found = known.get(of);
    if (!found) known.set(of, (found = {made: make(of)}));
    return found.made;
  };
}
