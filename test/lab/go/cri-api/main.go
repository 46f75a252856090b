// Prints what the agent's .proto texts are compared with: the calls, fields and enums of the CRI and of containerd's own services,
// as the Go modules that define them have them.
package main

import (
	"encoding/json"
	"fmt"
	"os"

	containers "github.com/containerd/containerd/api/services/containers/v1"
	snapshots "github.com/containerd/containerd/api/services/snapshots/v1"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/types/known/timestamppb"
	cri "k8s.io/cri-api/pkg/apis/runtime/v1"
)

// name of a call, field or enum value, and what it is
type table map[string]string

func main() {
	all := table{}
	add(all, cri.File_staging_src_k8s_io_cri_api_pkg_apis_runtime_v1_api_proto)
	add(all, snapshots.File_github_com_containerd_containerd_api_services_snapshots_v1_snapshots_proto)
	add(all, containers.File_github_com_containerd_containerd_api_services_containers_v1_containers_proto)
	add(all, timestamppb.File_google_protobuf_timestamp_proto)
	if err := json.NewEncoder(os.Stdout).Encode(all); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func add(all table, file protoreflect.FileDescriptor) {
	for i := range file.Services().Len() {
		methods := file.Services().Get(i).Methods()
		for j := range methods.Len() {
			m := methods.Get(j)
			kind := ""
			if m.IsStreamingServer() {
				kind = "stream "
			}
			all[string(m.FullName())] = fmt.Sprintf("%s -> %s%s", m.Input().FullName(), kind, m.Output().FullName())
		}
	}
	addMessages(all, file.Messages())
	addEnums(all, file.Enums())
}

func addMessages(all table, messages protoreflect.MessageDescriptors) {
	for i := range messages.Len() {
		m := messages.Get(i)
		for j := range m.Fields().Len() {
			f := m.Fields().Get(j)
			all[string(f.FullName())] = fmt.Sprintf("%d %s %s", f.Number(), typeOf(f), f.JSONName())
		}
		addEnums(all, m.Enums())
	}
}

func typeOf(f protoreflect.FieldDescriptor) string {
	if f.IsMap() {
		return fmt.Sprintf("map<%s, %s>", scalarOf(f.MapKey()), scalarOf(f.MapValue()))
	}
	if f.IsList() {
		return "repeated " + scalarOf(f)
	}
	return scalarOf(f)
}

func scalarOf(f protoreflect.FieldDescriptor) string {
	switch f.Kind() {
	case protoreflect.MessageKind:
		return string(f.Message().FullName())
	case protoreflect.EnumKind:
		return string(f.Enum().FullName())
	default:
		return f.Kind().String()
	}
}

func addEnums(all table, enums protoreflect.EnumDescriptors) {
	for i := range enums.Len() {
		values := enums.Get(i).Values()
		for j := range values.Len() {
			v := values.Get(j)
			all[fmt.Sprintf("%s.%s", enums.Get(i).FullName(), v.Name())] = fmt.Sprint(v.Number())
		}
	}
}
