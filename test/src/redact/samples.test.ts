import {testWithSample} from '../../helpers/samples.ts';
import {redactFile} from '../../../src/redact/redact-file.ts';

/** What Windows nodes wrote: none of it is secret, and a diagnosis needs all of it. */
const SAMPLES = [
  'hns/hnsendpoint-calico-overlay-v1list-ws2019.txt',
  'hns/hnscall-get-networks-flannel-overlay-and-nat-ws2019.json',
  'hns/hnspolicylist-elb-v1-ws2019.txt',
  'hns/cni-conf/acn-azure-windows.conflist',
  'hns/cni-conf/flannel-win-overlay.json',
  'hns/issue-excerpts/hns-error-strings.jsonl',
  'hns/issue-excerpts/hcn-loadbalancer-nodeport.json',
  'node/aks-config-v3-containerd2.template.toml',
  'node/aks-vhd-ws2022-20348.5499.260812.txt',
  'node/containerd-log-fragments.txt',
  'node/kubelet-log-fragments.txt',
  'node/kube-proxy-windows-log-fragments.txt',
  'node/runtimeclass-runhcs-wcow-hypervisor.yaml',
  'node/stats-summary-windows-eks-docker-2020.json',
  'node/windows-pod-events.txt',
];

for (const sample of SAMPLES) {
  testWithSample(`nothing of ${sample} is redacted`, sample, (t, text) => {
    t.is(redactFile(sample, text).text, text);
  });
}
