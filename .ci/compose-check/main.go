// What docker compose says to "config --services", by the library that it reads its files with: a program that is built in seconds, where
// docker compose takes minutes. It is asked as docker compose is: -f FILE... config --services|--quiet, or version --short.
package main

import (
	"context"
	"fmt"
	"os"
	"strings"

	"github.com/compose-spec/compose-go/v2/cli"
)

// The docker compose whose library this is.
const version = "2.40.3"

func main() {
	var files []string
	quiet := false
	arguments := os.Args[1:]
	for i := 0; i < len(arguments); i++ {
		switch arguments[i] {
		case "version":
			fmt.Println(version)
			return
		case "-f":
			i++
			files = append(files, arguments[i])
		case "--quiet":
			quiet = true
		}
	}
	services, err := read(files)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	if !quiet {
		fmt.Println(strings.Join(services, "\n"))
	}
}

func read(files []string) ([]string, error) {
	options, err := cli.NewProjectOptions(files, cli.WithOsEnv, cli.WithEnvFiles(), cli.WithDotEnv,
		cli.WithDefaultProfiles(), cli.WithConsistency(true))
	if err != nil {
		return nil, err
	}
	project, err := options.LoadProject(context.Background())
	if err != nil {
		return nil, err
	}
	for _, service := range project.Services {
		for _, secret := range service.Secrets {
			// docker compose finds this only when it starts the container.
			if service.ReadOnly && project.Secrets[secret.Source].Environment != "" {
				return nil, fmt.Errorf("%s is read-only, so the secret %s cannot be copied into it", service.Name, secret.Source)
			}
		}
	}
	return project.ServiceNames(), nil
}
