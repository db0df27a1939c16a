package io.selfheal.architecture.bites.lambdashell.healer.lambda;

import io.selfheal.architecture.bites.lambdashell.healer.server.Server;

record Lambda(Server server) {}
