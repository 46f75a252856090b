/** Whether a node or a pod, as the API server gives it, says that it is ready. */
export function saysReady({status}: Readonly<Record<string, unknown>>): boolean {
  // What has conditions at all has them in this shape.
  const {conditions} = (status ?? {}) as {conditions?: {type: string; status: string}[]};
  return conditions?.some(c => c.type === 'Ready' && c.status === 'True') ?? false;
}
