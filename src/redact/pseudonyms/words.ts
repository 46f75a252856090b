/**
 * Words of Kubernetes, of Windows and of this tool, as its checks and readers look for them. A name that is one of these tells nothing
 * of its owner, and a text in which it was replaced could no longer be read.
 */
export const WORDS: ReadonlySet<string> = new Set(
  `
a a-f a-z a-z0-9 a-za-z a-za-z0-9 aborted absent accepted accepts access accessdenied accessentries
accessmodes account account-absent acquiretime active adapter adapters add added added-label additionalips
addon addr address addresses addressof addressprefix addresstype adds addspods admin administered
administrator admitted adv advisories aeiou affinity after again agent agent-not-ready agentpool ages ago
agree agt ahci ahead aks aks-engine aks-windows-logs alert all allocatable allocation allocators allow
allowed allowhostipc allowhostpid alone alpha alpine already always amazon amazon-eks-ami amazon-k8s-cni
amazon-vpc-cni amazon-vpc-cni-k8s amazonaws amd64 amount amp anew annotation annotations answer answered
answers antivirus antrea antrea-agent antrea-config antrea-hnsnetwork antrea-io antrea-ubuntu
antrea-windows any anybackends anything anywhere api api-server apiextensions apigroup apigroups
apiversion apos app appcmd application application-eventlogs applied appname apps arch architecture
architectures are area areas args argsescaped argument arm64 arm64v8 arn arpa arrives as asis asked asm
aspnet assembler assertion at atmost attach attached attempt attribute attributes audit auth authenticated
authorization auths auto automatic autopilot available aws aws-auth aws-ebs aws-node aws-vpc awslabs azure
azure-cni azure-cns azure-container-networking azure-disk azure-file azure-vnet azurecni azuredisk
azuredisk-csi-driver azurefile b ba back backend-or-way backends backoff backofflimit backslash bad baddb
balancer balancers barequote base baseline bash bat batch be before beforeend behind berror best beta
between between-groups bin binary binaryname bind bind-address binding bindir bindirs bit-apps bits bkind
blackhole blanket blockdevice body bodybytes bookworm boolean boot bootid boottime both bps bracket break
broad broke broken btrfs buffer bugcheckcode buid build build-and-push build-not-offered
build-not-selected builds buildx bullseye bundle buster by by-design bydesign byfield byfile byid byname
bynamespace bynode bysubject byte bytes c c000012d ca cab cache calico calico-config calico-node
calico-windows calico-windows-config calicoippools callback canal cannot capabilities capacity capture
carries catastrophic cattle cause causedby cbr0 cell cells cephfs cer cert certificate certificate-expired
certificates cgroup cgroupspath ch chainid chance chancetomiss change changes channel channels char
chardevice charge check checks choice choose chunk ci-addon ci-build ci-lite-engine cib cidr cidrs cilium
cilium-agent cilium-node cinder cirequest claimname claimref claims classes classified cld clean client
client-certificate-not-renewed clientconfig clientip closed cloud cluster cluster-api-machineset
cluster-ca cluster-cidr cluster-dns cluster-first-with-host-net cluster-info cluster-info-dump cluster-ip
cluster-resources cluster-scoped-resources clustercidr clusterdns clusterfirst clusterip clusterips
clusterrole clusterroles cmd cmsplugins cni cni-network cni-not-initialized cnibin cniconf cniconfdir
cniconfig cnimaxconfnum cnis cniversion cns code codepage codes collapsed collect
collect-windows-logs-output collected collectedat collection collections collectors column columns com
combination comes command commandline commands comment commit commit-exhausted commitment committed
community compact compare compared compartmendid compartment compartmentid completed completions component
components compose compute-start-timeout compute-type computer-name concerned condition conditions conf
confdir config configerror configfolder configmap configmaps configname configpath configs configurable
configuration configured configversion confirm confirmed conflict conflist conftemplate connect connectex
connection connectorref console contact container container-failed container-id container-name
container-type container-user containerd containerd-containerd containerd-shim-runhcs
containerd-unreachable containerpath containerport containers containers-ccg containers-roadmap
containertype contains content context contradiction control control-plane controller controllers
conversion coordination cor core coredns coreos corrupt corruption could count counted counts coverage
cp437 cp850 cpu crash crashed crd crd-missing create created createdat createprocess credential
credentialarn credspec cri cri-dockerd cri-o cri-socket crit critical critime cronjob cronjobs crosssubnet
crs crt cruntime csi csi-driver-smb csi-not-ready csi-proxy csidriver csidrivers csinode csinodes csiproxy
css csv current custom custom-label custom-resource-definitions customkinds cut cuts cves cwd d da daemons
daemonset daemonsets damage damaged dangling data data-path datacenter date day dbg dbug deadline debug
debugtype decimal declared default defaultmode defaults defender definition definitions degraded delegate
delegate-absent delegate-rights delegate-unplaceable delegation delete demand denied deployment
deployment-name deployments depth desc description desktop destination destroyed detached detail dev
devicepath diagnose diagnosis did digest digits dind dir directory dirs disable-hostprocess-container
disabled disableicc disagreements disconnect discovery disk disk-full disk-pressure diskpressure disks
displayname disrupted distribution distroless divide dll dmp dns dns-backend dns-default dns-tcp dns-udp
dns-vip dnsconfig dnsname dnspolicy dnsproblem dnssearchlist dnsserverlist dnsservers dnssuffix
dnssuffixes dnstreename docker docker-command docker-compose docker-in-docker dockershim docs doctor
document documents does doesnotexist domain domain-join done dotnet doubled down downwardapi drawer drive
driver drivers drmac drmacaddress drop drops dsr dsrof dst dualstack duplicate duplicate-key duplicates
during dynamicrange e early ebpfcore ebs ec2 echo edges edition ee effect effects ei eks
eks-pause-image-gone eks-windows-logs eksctl eksctl-io elb element elided else elsewhere emerg empty
emptydir en-ca enable-dsr enable-windows-ipam enablecdi enabled enabledhcp enabledns enabledsr enableiov
enableipv6 enableselinux enableusemux encapoverhead encoding end ended ending endings endoflife
endofsupport endpoint endpoint-degraded endpointat endpointlist endpoints endpointslice ends enforce
engine enough entities entity entries entry entrypoint enumerable env envoy envoyproxy envvar ephemeral
ephemeral-storage equal err errimagepull error errorcode errors escalate escapes etc etcd etl etw etwevent
etwnames event eventdata eventguid eventid eventids eventlog events eventsknown eventsource eventtime ever
evicted evidence evt evtx exact exception exceptionlist exceptions exclude excludes exclusions exe exec
execusers execution exist exists exit exitcode exited expectation expected expire expired expires expiry
exporter ext2 ext3 ext4 extension extensions extents external externalip externalips externallocal
externalname externalport extra f facts fail failed failedkillpod failedmount failedscaleup failoferror
fails fails-in-part failure failure-domain failurepolicy failures fallback fallbacktime fallout false
families family farm fast fatal fault faults fc fd00 fe80 feature-gates featuregates features feff few ff
ff00 ff9b ffff field fieldpath fieldref fields fieldsonly file filename files filesystem fileversion
filter final finalizer finalizers find fine finish finishedat firewall first fit fits fix fixed fixedby
fixedrevision fixes flag flags flannel flannel-host flannel-io flanneld floor focal folder follow follower
for for-win forbidden force format forward-healthcheck-vip found fragment fragments frameerror framework
free freeblocks64 frequent fresh friendlyname from fromroutes froms fromv1 front frontendvips fsgroup fsid
fstype ftl full full-name function g gap gaps garbage gateway gateways gb gce-pd gcn
gcp-compute-persistent-disk gcr generation get ghcr gi gid gif gitversion given gke gke-nodepool
gke-os-distribution glusterfs gmsa gmsa-credentials-refused gmsa-identity-incorrect gmsa-rpc-unavailable
gmt go golang gone google grant graph group group-missing groupings groupof groups groupversion grpc gt
guest guid gw gz h h23 handler handlerfields handlers hang happens hard harmless has hasendpoint hash
hashes hasnoendpoint hasoverride haswincat have hcn hcs hcsshim head header headers headless headless-name
heads health healthcheck healthport healthy healthz healthz-bind-address heap heartbeat held here hex high
highlight hms hns hns-crashed hns-policy-invalid hnscall hnsdiag hnsversion hold holder holds holes home
host host-cluster-ip host-collectors host-network host-network-missing host-network-service host-process
hostip hostipc hostname hostname-override hostnetwork hostpath hostpid hostport hostprocess
hostprocess-container hostprocess-inherit-user hostprocess-rootfs-location hostroot hostusers hotfixes
hour hourcycle how hresult html http httpget https huge-pages hybrid-overlay hybrid-overlay-node-subnet
hyper-v-compute hyper-v-compute-operational hyper-v-vmswitch hyperv hypervisor-handler i iastor icmp ics
id identifier idn ids ifname ifnotpresent ignore ignorebom iis ilb illegal image image-build-mismatch
image-default image-name image-pulled imagefs imagegcfailed imageid imagelist imagename images imagespec
img importlayer imports in inbound include includes including incoming index inf info information
informational ing ingress ingressips init initc initialized inittimeout inject injected injection inner
inorder input inside insider inspectfailed installed instancegroup instead instring instruction
insufficient intake integer integerortext interface interfaces internal internalip internallocal
internalport internalports introduced invalid invoke-hnsrequest io iops ip ip-pool-exhausted ipaddress
ipam ipamconfig ipamconfigs ipams ipconfig ipconfigs ipfamilies ipipmode ipmode ippool ippools ippref ips
ipv4 ipv4address ipv6 ipv6address ironment is is-default-class iscsi isdefault isdriver isdsr isenabled
isjson isolated isolation isolationid isours issuer issues istio istio-system istrue iswindows it item
items itself iwef jammy jks job jobs jobtemplate join joined jpe js json judge judged judgedby judgement
judgeos k k0s k3s k8s k8s-app karpenter kb kbl keep keep-times keepraw kept kernel kernel-power
kernelversion key keyend keys keysof keyword keywords ki killer kind kinds know known kops kube
kube-apiserver kube-apiserver-client-kubelet kube-controller-manager kube-dns kube-flannel
kube-flannel-cfg kube-node-lease kube-proxy kube-proxy-forbidden kube-proxy-windows kube-public
kube-root-ca kube-scheduler kube-system kubeadm kubectl kubectl-win kubectl-win-agent
kubectl-win-agent-admin kubectl-win-agent-exec kubectl-win-agent-expiry kubectl-win-agent-key
kubectl-win-agent-linux kubectl-win-agent-use kubectl-win-agent-windows kubectl-win-view kubectlwin1
kubelet kubelet-client kubelet-config kubelet-serving kubelet-silent kubeproxy kubernetes kubernetes-csi
kubernetes-services-endpoint kubernetes-sigs l l2bridge l2tunnel label labels lack lacks land landed last
last-applied-configuration last-change-trigger-time lasterror lasterrorcode lastfamily lastfile lastload
lastresult lastrun laststate lasttext lasttimestamp late layer layer-store-corrupt layerfolders layers
layout layouts lb lbs leaked leapindicator lease leases left leftout leg legs length letgo level levels lf
lib library lifecycle limit limited limitrange limitranges limits line line-break lines link link-local
linkerd links linux linux-file-system linux-layer-on-windows linuxgone list listed listens listing
listingof lists lite-engine literal live lived liveness livenessprobe lives lo load-balancer loadbalancer
loadbalancers loaded local localhost localpods localsystem log log-file logconfig logentry logfile
logformat login loglevel logline logmonitor logon logpath logs longlineerror longoffset look loopback
lossless lost loudest low lowered lt ltsc20 ltsc2016 ltsc2019 ltsc2022 ltsc2025 lvl m mac macaddress
machine macpool macpools made main major make malformed managed managed-by managedfields managementip
managementips manager manifest manifests manual many map mapping mappings maproles maps mark marker marks
masked match matched matches matchfields matchlabels math max maxaliascount maxaliases maxbytes maxconfnum
maximum may maybeabsent mb mcr md meaning meanings meant measure medium members memory memory-medium
memory-pressure mended merged merges message metadata method metric metrics metrics-server mi microk8s
microsoft microsoftdocs middles minor minute minutes mirror mirrors mismatch miss missing mixed mnt moby
mod mode model modification modified module monitor month more morethan most mount mount-failed
mount-propagation mountoptions mountpath mountpoint mounts mountvolume ms ms-collectlogs msg mtls mtu
must-gather mustgather mutating n name name-not-found named names nameservers namespace namespace-absent
namespace-attach-failed namespace-stuck namespaced namespaceguid namespaceid namespaces namespacesgap
nano-server nanoserver nat native natname need needed needencap needs nerdctl nested net net-conf
netadapter netbiosname netconf netinterface netns netnspath netpath nets network network-name
network-not-ready network-unavailable networking networkname networkready networks networktype never
new-smbglobalmapping newescape newest next nexthop nfs ng nightly nkind no no-answer no-headless-service
no-linux-node no-node-selector no-selector no-windows-platform noble nobody nod node node-port
node-problem-detector node-role node-selector node-to-pod node-tool nodeaddresses nodeaffinity nodefs
nodegroup nodegroup-image nodegroup-name nodeid nodeinfo nodeip nodelist nodename nodepool nodeport
nodeports nodes nodeselector noise nominated non-root nonce none noschedule not not-allowed not-listed
not-ready not-renewed not-requested not-tried not-unicast notafter notbefore note notempty notes notfound
nothing nothing-reserved notice notin notready noun now nowms ns nspec nt ntfs ntpproblem null num number
numberready numbers numeric numeric-user nvme nvspinfo object objects ociversion octet-stream oem of off
offered offset offsetms offsets ofwindows ok older oldest on once one ones onfailure only onlyin
onlywithpods ontainers onwindows oomkilled opaque opcode open opens openshift openshift-dns openstack
operation operational operations operator opt optional options or ordinal org orgid orgidentifier origin
orphaned os os-contradiction os-missing os-sku os-unknown osbynode osimage osof osversion other others
otherwise out out-of-service outbound outboundnat outcome outcomes outgoing outofmemory output outside
overflow overhead overlay overrun ovn ovn-hybrid ovn-k8s-cni-overlay ovn-kubernetes ovnkube-node own
ownaddresses owner owners p p12 pa pad pagefile paging paintof pair pairs palette panic parallelism param1
parameter parameters params parent parents parsed part partial parts pass passed passedbytes passgap
passneeds patch path path-mtu paths pattern patterns pause pause-image pause-image-unavailable
pause-image-unresolvable pause-local-only pause-windows pause-without-build paused pausepending pauses
pcap pd peak peers pem pending perhour periodseconds pernode pf pfx phase phrase pi pid pid-pressure
pidpressure piece pinned pipe pipe-mount pipeline pipelineid pipelines pkg place placed placeholder
placement placements places plain plan plane platform pleg-unhealthy plugin plugin-input pluginconfdir
plugindirs pluginguid plugininput plugins plural png pod pod-level-resources pod-mount pod-name
pod-namespace pod-network-missing pod-other-node pod-same-node pod-security pod-template-hash podaddress
podaffinity podat podcidr podcidrs podfixed podip podips podnetworks podnode pods podsandbox podsandboxid
podscheduled poduid point pointer pointers policies policy pool pools port portflags portforward
portmapping portmappings portname portpools ports portsetting position positions post posted posting
poststart power powershell preference prefix preparelayer presence present preserve-destination prestop
prettyerrors previous print priorityclass private privilege privileged probe probes problem problems proc
process processes processid processs processstatus procmount product productname profile profiles program
programdata programerror programs projectcalico projected projectid promise proof properties proto
protocol protocols provider providerguid providerid providername providers provisioner provisioners
proxied proxiedips proxies proxy proxyconnect proxyv2 ps ps1 pseudonymkey public-ip published pull
pull-too-long pulled pulls pullsecrets push pv pvcs pvs pwsh qosclass qualified-administrator quantities
quantity query queued quick quobyte quot quote quoted r ran rancher range ranges rank raw rawend rawstart
rbac rbd reach reached read reader readers reading readings readmanifest readonly reads ready
readyreplicas reason reasons rebootpending received receives-nothing recent recognise recognizer
recognizes record records redacted redactions ref reference references refs refused refuses regarding
region registered registry regkey remedy remote removed removing rename renderinginfo renew renewtime
replaced replicas replicaset replicasets replication-controllers repodigests report reporting repository
repotags request requested requests required requirement requirements reserved reservedports reset resets
resolved resource resource-exhaustion-detector resourcelist resourcenames resourcequota resources rest
restartcount restarted restartpolicy restricted result results resultsof return revision revision-too-old
right rights rises rke rke2 rke2r rogram role rolebinding rolebindings roleref roles rollingupdate root
root-hnsendpoint-name rootdir rootendpoint rootfs round roundtripms route routes rows rpc rule rules run
runasany runasgroup runasnonroot runasuser runasusername runhcs runhcs-wcow-hypervisor running runningmode
runningsince runs runtime runtime-connection-lost runtime-down runtime-handler runtime-handler-missing
runtime-timeout runtimeclass runtimeconfig runtimeengine runtimekeys runtimelist runtimename runtimepath
runtimeready runtimeroot runtimes runtimespec runtimetype s s-1-5-21 said same sample sandbox
sandbox-failed sandbox-id sandbox-name sandbox-name-reserved sandbox-namespace sandbox-uid sandboxer
sandboxes sandboxid sandboximage sandboxmode sandboxsize sanitizejson say says sc-status scaleio scan
scanned scanner sch scheduler schedulername scheduling schema schemaversion scheme scope scopename
scopeselector score scqueryex scratch screen scripts scrub scrublogs sctp sdn sdnbridge sdnoverlay
sdnroute sdnroutes search searched searches second secondlook seconds secret secretname secrets section
sections security security-spp seed seen sees seessandboxes segment selection selector selector-malformed
selector-of-other-build selects sends-nothing sentence series serve served server server-failure
servercore serverlist servers serverversion serves service service-name service-proxy-name servicecidrs
services servicing serving session set setting settings settle setup setupserially several severe severity
sh shape shapes share shared shares sharescratch sharing shim short short-name shortened should show shown
shutting shutting-down sick sid side sides sig-windows-dev-tools sig-windows-tools sigabrt sigfpe sight
sigill sigint sign signal signals signer signername signs sigsegv sigterm silent since single sink size
sizebytes sizelimit skew skip skipped skips sku slices slow-pull slowestms slowly smb snap snapshot
snapshotkey snapshots snapshotter so sock socket something source source-vip sourceip sources sourcevip
spaced spc spec spec-missing specified specs split spoken srv ssm stack stage stage-user stage-volume
stageid stagename stages stale stamp stamped standalone start started startedat starterror startpending
starts starttime starttype startup startupprobe state statedir statefulset statefulsets states stats
status statuses statusinfo stays std stderr stdin stdout step steps sto stopped stoppending stopping
stopsignal stor storage storage-classes storageclass storageos strategy stratum stream streams strict
string stringdata stuck sub subject subjectcount subjects subnet subnets subpath subresource subscribe
succeeded successfully suffix summary support supported suspected suspend svc svc-web svg switch symptom
symptoms syntax sys sysctls sysinfo system system-eventlogs system-node-critical systemd systemdcgroup
systems systemtime systemtype t t00 table tag tags tail taint taint-not-tolerated taints take taken takes
tar target targetport targetref targets task tasks tb tcp tcpip tcpsocket tell tells template term
terminal terminate terminated terminating terms tested tests text textmap texts tgz the them themselves
there this threadid threads three throttled ti time time-service timeadded timecreated timed timed-out
timeout times timestamp timezone timezonename title tls tmp to today token told toleration
toleration-identifier tolerations toml too too-long too-slow tookms tool top topology total touched trace
trait traits transparent transport trc trce tried tries trixie troubleshoot true ts ttlseconds tty twice
two txt type type-missing types typeurl u u00a0 u00ad ubr udp udpused uid uids unauthorized unavailable
undefined unexpected unhealthy uninitialized uniquekeys units unix-path unknown unknown-version unlike
unload unmounted unnamed unpacked unpinned unreachable unread unregistered unresolved unschedulable unset
unsupported untainted until untried unused-on-windows up update update-installer uplink upper uptime
uptimeseconds url us use use-denied used used-on-windows user user32 userdata username users uses usr
usualcrs utf-16be utf-16le utf-8 utilityvmpath v v1 v1-endpoints v1-namespaces v1-networks v1-policylists
v2 valid validating value valuefrom values var variant vault-k8s verb verbose verbs verify version
version-too-high versionnumber versions vfp vfpoutput vhdmp via view views violation vip vipexternalip
vips virtualip virtualization-documentation visitor vm vmcompute vmware vnet vni volume volume-devices
volumedevices volumehandle volumemode volumemounts volumename volumes vpc vpc-address-label-missing
vpc-bridge vpc-shared-eni vpcbr vrb vsc vsid vsids vsphere vsphere-volume vspherevolume vxlan vxlanmode
vxlanport w w32time w3c wait waiting waitinseconds waits walked want wanted wants warn warning warns was
watch watched wcow wd webhook webhooks weight well wer-systemerrorreporting what where while whole
wholenumber why wide width will win win-bridge win-overlay win32 winamd64 winapi wincat windows
windows-2022-on-google windows-build windows-containers windows-ipam-off windows-version windows2019
windows2022 windows2025 windowsannual windowsnodes windowsupdate winkernel with within withnamespace
without word words work worked working workingdir workload workloads works worst wrapper writable wrn
wrong wrong-backends wrong-type wrongport wsaeaddrinuse wsaenobufs wsaetimedout wsahost wtc x x-k8s
x-ndjson x31 x32 x33 x34 x35 x3c x43 x509 x5b x64 x6e x72 x75 x7b x86 xbd xbf xdp xef xfs xml xz y yaml
year yes yet yml your yours z zero zip zone zst
 sha256
`
    .trim()
    .split(/\s+/),
);
