// Reads files as Prometheus does and prints what is wrong with them, a line each: rules (.yaml), the expressions of a dashboard for
// Grafana (.json), and metrics in OpenMetrics (anything else). Then how much there was in each file.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/model/rulefmt"
	"github.com/prometheus/prometheus/model/textparse"
	"github.com/prometheus/prometheus/promql/parser"
)

func main() {
	for _, file := range os.Args[1:] {
		bytes, err := os.ReadFile(file)
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		count, problems := readerOf(file)(bytes)
		for _, problem := range problems {
			fmt.Printf("wrong %s: %v\n", file, problem)
		}
		fmt.Printf("read %s: %d\n", file, count)
	}
}

func readerOf(file string) func([]byte) (int, []error) {
	switch {
	case strings.HasSuffix(file, ".yaml"):
		return rules
	case strings.HasSuffix(file, ".json"):
		return dashboard
	default:
		return metrics
	}
}

func rules(bytes []byte) (int, []error) {
	groups, problems := rulefmt.Parse(bytes, false)
	count := 0
	if groups != nil {
		for _, group := range groups.Groups {
			count += len(group.Rules)
		}
	}
	return count, problems
}

// What Grafana puts in place of its own variables.
var variables = strings.NewReplacer("$__rate_interval", "5m", "$__interval", "5m", "$__range", "1h")

func dashboard(bytes []byte) (int, []error) {
	var value any
	if err := json.Unmarshal(bytes, &value); err != nil {
		return 0, []error{err}
	}
	expressions := expressionsIn(value)
	var problems []error
	for _, expression := range expressions {
		if _, err := parser.ParseExpr(variables.Replace(expression)); err != nil {
			problems = append(problems, fmt.Errorf("%s: %w", expression, err))
		}
	}
	return len(expressions), problems
}

func expressionsIn(value any) (found []string) {
	switch value := value.(type) {
	case map[string]any:
		if expression, ok := value["expr"].(string); ok {
			found = append(found, expression)
		}
		for _, each := range value {
			found = append(found, expressionsIn(each)...)
		}
	case []any:
		for _, each := range value {
			found = append(found, expressionsIn(each)...)
		}
	}
	return found
}

func metrics(bytes []byte) (int, []error) {
	text := textparse.NewOpenMetricsParser(bytes, labels.NewSymbolTable())
	count := 0
	for {
		entry, err := text.Next()
		if errors.Is(err, io.EOF) {
			return count, nil
		}
		if err != nil {
			return count, []error{err}
		}
		if entry == textparse.EntrySeries {
			count++
		}
	}
}
