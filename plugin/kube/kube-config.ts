/**
 * The one part of @kubernetes/client-node that is used. Named here, the bundle leaves out the generated models of the whole
 * API, fourteen megabytes of them.
 */
export {KubeConfig} from '@kubernetes/client-node';
