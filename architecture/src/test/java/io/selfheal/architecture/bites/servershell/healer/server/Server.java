package io.selfheal.architecture.bites.servershell.healer.server;

import io.selfheal.architecture.bites.servershell.healer.lambda.Lambda;

record Server(Lambda lambda) {}
