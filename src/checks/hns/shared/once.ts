/** Remembers what was made of a list of the whole cluster: checks that go node by node ask again for each node. */
export function once<A extends object, T>(make: (of: A) => T): (of: A) => T {
  const known = new WeakMap<A, {made: T}>();
  return of => {
    let found = known.get(of);
    if (!found) known.set(of, (found = {made: make(of)}));
    return found.made;
  };
}
