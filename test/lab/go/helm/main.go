// Command helm-render prints what Helm makes of a chart, as `helm template` does: helm-render CHART VALUES, where VALUES is a
// file of YAML that goes over the chart's own. It is Helm's engine without the rest of Helm, which takes minutes to build.
package main

import (
	"fmt"
	"os"
	"sort"
	"strings"

	"helm.sh/helm/v3/pkg/chart/loader"
	"helm.sh/helm/v3/pkg/chartutil"
	"helm.sh/helm/v3/pkg/engine"
)

func main() {
	if len(os.Args) != 3 {
		fail(fmt.Errorf("usage: helm-render CHART VALUES"))
	}
	rendered, err := render(os.Args[1], os.Args[2])
	if err != nil {
		fail(err)
	}
	names := make([]string, 0, len(rendered))
	for name := range rendered {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		if strings.HasSuffix(name, ".txt") {
			fmt.Fprintln(os.Stderr, rendered[name])
			continue
		}
		fmt.Printf("---\n# Source: %s\n%s\n", name, rendered[name])
	}
}

func render(chartFolder, valuesFile string) (map[string]string, error) {
	chart, err := loader.Load(chartFolder)
	if err != nil {
		return nil, err
	}
	if err := chart.Validate(); err != nil {
		return nil, err
	}
	values, err := chartutil.ReadValuesFile(valuesFile)
	if err != nil {
		return nil, err
	}
	release := chartutil.ReleaseOptions{Name: "test", Namespace: "default", Revision: 1, IsInstall: true}
	// Checks the values against the chart's schema, too.
	all, err := chartutil.ToRenderValues(chart, values, release, nil)
	if err != nil {
		return nil, err
	}
	return engine.Render(chart, all)
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, "helm-render:", err)
	os.Exit(1)
}
