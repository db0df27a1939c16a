package io.selfheal.architecture.bites.awsadapter.healer.aws;

import io.selfheal.architecture.bites.awsadapter.healer.server.Server;

record Aws(Server server) {}
