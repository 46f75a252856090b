/** The part of CRI that tests need to make pods; the agent itself has no call that changes anything. */
export const WRITE_PROTO = `
syntax = "proto3";
package runtime.v1;

service RuntimeService {
  rpc RunPodSandbox(RunPodSandboxRequest) returns (RunPodSandboxResponse) {}
  rpc StopPodSandbox(PodSandboxRequest) returns (Empty) {}
  rpc RemovePodSandbox(PodSandboxRequest) returns (Empty) {}
  rpc CreateContainer(CreateContainerRequest) returns (CreateContainerResponse) {}
  rpc StartContainer(StartContainerRequest) returns (Empty) {}
  rpc ListPodSandbox(Empty) returns (ListPodSandboxResponse) {}
}

message Empty {}
message RunPodSandboxRequest { PodSandboxConfig config = 1; }
message RunPodSandboxResponse { string pod_sandbox_id = 1; }
message PodSandboxRequest { string pod_sandbox_id = 1; }
message PodSandboxConfig {
  PodSandboxMetadata metadata = 1;
  string hostname = 2;
  string log_directory = 3;
  DNSConfig dns_config = 4;
  map<string, string> labels = 6;
  map<string, string> annotations = 7;
  LinuxPodSandboxConfig linux = 8;
}
message DNSConfig {
  repeated string servers = 1;
  repeated string searches = 2;
  repeated string options = 3;
}
message PodSandboxMetadata {
  string name = 1;
  string uid = 2;
  string namespace = 3;
  uint32 attempt = 4;
}
message LinuxPodSandboxConfig { LinuxSandboxSecurityContext security_context = 2; }
message LinuxSandboxSecurityContext { NamespaceOption namespace_options = 1; }
message NamespaceOption { NamespaceMode network = 1; }
enum NamespaceMode {
  POD = 0;
  CONTAINER = 1;
  NODE = 2;
}
message CreateContainerRequest {
  string pod_sandbox_id = 1;
  ContainerConfig config = 2;
  PodSandboxConfig sandbox_config = 3;
}
message CreateContainerResponse { string container_id = 1; }
message StartContainerRequest { string container_id = 1; }
message ContainerConfig {
  ContainerMetadata metadata = 1;
  ImageSpec image = 2;
  repeated string command = 3;
  repeated string args = 4;
  repeated KeyValue envs = 6;
  repeated Mount mounts = 7;
  map<string, string> labels = 9;
  map<string, string> annotations = 10;
  string log_path = 11;
}
message ContainerMetadata {
  string name = 1;
  uint32 attempt = 2;
}
message ImageSpec { string image = 1; }
message KeyValue {
  string key = 1;
  string value = 2;
}
message Mount {
  string container_path = 1;
  string host_path = 2;
}
message ListPodSandboxResponse { repeated PodSandbox items = 1; }
message PodSandbox { string id = 1; }
`;
