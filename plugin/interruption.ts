let shared: AbortController | undefined;

/** Ends when the user interrupts; a second Ctrl-C ends the process at once. */
export function interruption(): AbortSignal {
  if (shared) return shared.signal;
  const controller = new AbortController();
  shared = controller;
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.once(name, () => controller.abort(new DOMException('interrupted', 'AbortError')));
  }
  return controller.signal;
}
