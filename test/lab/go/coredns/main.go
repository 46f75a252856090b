// CoreDNS as clusters run it, with the few plugins that their Corefiles name, and one of its own that makes it slow.
package main

import (
	"github.com/coredns/coredns/core/dnsserver"
	"github.com/coredns/coredns/coremain"

	_ "github.com/coredns/coredns/plugin/cache"
	_ "github.com/coredns/coredns/plugin/errors"
	_ "github.com/coredns/coredns/plugin/health"
	_ "github.com/coredns/coredns/plugin/kubernetes"
	_ "github.com/coredns/coredns/plugin/loadbalance"
	_ "github.com/coredns/coredns/plugin/ready"
	_ "github.com/coredns/coredns/plugin/reload"
)

func main() {
	// The order in which a query goes through them; the directives that every server has come first.
	dnsserver.Directives = []string{
		"root", "metadata", "bind", "reload", "debug", "health", "ready", "errors", "slow", "cache", "loadbalance", "kubernetes",
	}
	coremain.Run()
}
