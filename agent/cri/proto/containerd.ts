/**
 * The parts of containerd's own services that the agent asks for
 * (https://github.com/containerd/containerd/tree/main/api/services). Only lists. A container's `spec`, which holds every
 * environment value, is left out: what is not declared is never decoded.
 */
export const CONTAINERD_PROTOS: readonly string[] = [
  `
syntax = "proto3";
package google.protobuf;

message Timestamp {
  int64 seconds = 1;
  int32 nanos = 2;
}
`,
  `
syntax = "proto3";
package containerd.services.snapshots.v1;

service Snapshots {
  rpc List(ListSnapshotsRequest) returns (stream ListSnapshotsResponse);
}

message ListSnapshotsRequest { string snapshotter = 1; }
message ListSnapshotsResponse { repeated Info info = 1; }
message Info {
  string name = 1;
  string parent = 2;
  Kind kind = 3;
  google.protobuf.Timestamp created_at = 4;
}
enum Kind {
  UNKNOWN = 0;
  VIEW = 1;
  ACTIVE = 2;
  COMMITTED = 3;
}
`,
  `
syntax = "proto3";
package containerd.services.containers.v1;

service Containers {
  rpc List(ListContainersRequest) returns (ListContainersResponse);
}

message ListContainersRequest {}
message ListContainersResponse { repeated Container containers = 1; }
message Container {
  string id = 1;
  string image = 3;
  string snapshotter = 6;
  string snapshot_key = 7;
  google.protobuf.Timestamp created_at = 8;
}
`,
];
