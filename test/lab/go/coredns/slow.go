package main

import (
	"context"
	"time"

	"github.com/coredns/caddy"
	"github.com/coredns/coredns/core/dnsserver"
	"github.com/coredns/coredns/plugin"
	"github.com/miekg/dns"
)

// slow holds up every query: `slow 2s`. The kernel of a lab may have no netem, and the server is where real ones lose time.
type slow struct {
	next plugin.Handler
	by   time.Duration
}

func init() { plugin.Register("slow", setup) }

func setup(c *caddy.Controller) error {
	c.Next()
	args := c.RemainingArgs()
	if len(args) != 1 {
		return plugin.Error("slow", c.ArgErr())
	}
	by, err := time.ParseDuration(args[0])
	if err != nil {
		return plugin.Error("slow", err)
	}
	dnsserver.GetConfig(c).AddPlugin(func(next plugin.Handler) plugin.Handler { return slow{next, by} })
	return nil
}

func (s slow) ServeDNS(ctx context.Context, w dns.ResponseWriter, r *dns.Msg) (int, error) {
	time.Sleep(s.by)
	return plugin.NextOrFailure(s.Name(), s.next, ctx, w, r)
}

func (slow) Name() string { return "slow" }
