// Evaluates every alarm of observability/slo/cloudwatch-alarms.json by Prometheus' own engine, on the series that CloudWatch makes
// of what the services send by OTLP: native histograms, and names that are quoted. CloudWatch itself is not to be had here.
package alarms

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/prometheus/model/timestamp"
	"github.com/prometheus/prometheus/promql"
	"github.com/prometheus/prometheus/promql/parser"
	"github.com/prometheus/prometheus/promql/promqltest"
)

// The longest window is three days; what is asked for at the end of the fourth has seen nothing else.
const minutes = 4 * 24 * 60

var services = []string{"order", "product", "user"}

// A request a second, as counts of one minute. In exponential buckets of schema 0, number -2 ends at 0.25 s and number 1 at 2 s.
const (
	fast = -2
	slow = 1
)

type alarm struct {
	Name   string `json:"name"`
	PromQL string `json:"promql"`
}

func alarms(t *testing.T) []alarm {
	bytes, err := os.ReadFile("../../observability/slo/cloudwatch-alarms.json")
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Alarms []alarm `json:"alarms"`
	}
	if err := json.Unmarshal(bytes, &file); err != nil {
		t.Fatal(err)
	}
	return file.Alarms
}

// So many requests a minute, for so many minutes.
type pace struct{ requests, minutes int }

// One series of a service, with its paces one after the other.
func series(service, status, uri string, bucket int, paces ...pace) string {
	text := fmt.Sprintf(`  {"http_server_requests_seconds","@resource.service.name"=%q,status=%q,uri=%q}`, service, status, uri)
	count := 0
	for _, pace := range paces {
		start := histogram(bucket, count+pace.requests)
		text += fmt.Sprintf(" %s+%sx%d", start, histogram(bucket, pace.requests), pace.minutes-1)
		count += pace.requests * pace.minutes
	}
	return text + "\n"
}

func histogram(bucket, count int) string {
	return fmt.Sprintf("{{schema:0 count:%d sum:%d offset:%d buckets:[%d]}}", count, count, bucket, count)
}

func healthy(except ...string) string {
	text := ""
	for _, service := range services {
		if !slices.Contains(except, service) {
			text += series(service, "200", "/things", fast, pace{60, minutes})
		}
	}
	return text
}

func fires(t *testing.T, engine *promql.Engine, load string) []string {
	storage := promqltest.LoadedStorage(t, "load 1m\n"+load)
	defer storage.Close()
	end := timestamp.Time(0).Add((minutes - 1) * time.Minute)
	firing := []string{}
	for _, alarm := range alarms(t) {
		query, err := engine.NewInstantQuery(context.Background(), storage, nil, alarm.PromQL, end)
		if err != nil {
			t.Fatalf("%s: %v", alarm.Name, err)
		}
		result := query.Exec(context.Background())
		vector, err := result.Vector()
		if err != nil || len(result.Warnings) > 0 {
			t.Fatalf("%s: %v %v", alarm.Name, err, result.Warnings)
		}
		if len(vector) > 0 {
			firing = append(firing, strings.TrimPrefix(alarm.Name, "slo-"))
		}
		query.Close()
	}
	return firing
}

func TestAlarms(t *testing.T) {
	parser.EnableExperimentalFunctions = false
	engine := promqltest.NewTestEngine(t, false, 5*time.Minute, 100_000_000)
	health := series("order", "503", "/health/readiness", slow, pace{60, minutes})
	cases := []struct {
		name, load string
		want       []string
	}{
		{"all is well, and order's own health checks fail", healthy() + health, nil},
		{"a tenth of order's answers are errors", healthy() + series("order", "500", "/orders", fast, pace{7, minutes}), []string{
			"order-availability-page-1h", "order-availability-page-6h", "order-availability-ticket-1d", "order-availability-ticket-3d"}},
		{"a quarter of user's answers are slow", healthy() + series("user", "200", "/users/1", slow, pace{20, minutes}), []string{
			"user-latency-page-1h", "user-latency-page-6h", "user-latency-ticket-1d", "user-latency-ticket-3d"}},
		{"a fifth of product's answers are errors, for six minutes", healthy() + series("product", "502", "/things", fast,
			pace{0, minutes - 6}, pace{15, 6}), []string{"product-availability-page-1h"}},
		{"the same, over ten minutes ago", healthy() + series("product", "502", "/things", fast,
			pace{0, minutes - 16}, pace{15, 6}, pace{0, 10}), nil},
		{"errors that the budget allows", healthy() + series("order", "500", "/orders", fast, pace{0, minutes - 600}, pace{1, 1}, pace{0, 599}), nil},
		{"all of the few answers of the last hour are errors", healthy("user") + series("user", "500", "/users/1", slow,
			pace{0, minutes - 60}, pace{1, 60}), nil},
		{"product tells nothing", healthy("product"), []string{"product-availability-absent", "product-latency-absent"}},
	}
	for _, one := range cases {
		t.Run(one.name, func(t *testing.T) {
			if got := fires(t, engine, one.load); !slices.Equal(got, one.want) && len(got)+len(one.want) > 0 {
				t.Errorf("fires: %v, expected: %v", got, one.want)
			}
		})
	}
}
