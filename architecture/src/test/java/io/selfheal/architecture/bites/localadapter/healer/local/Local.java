package io.selfheal.architecture.bites.localadapter.healer.local;

import io.selfheal.architecture.bites.localadapter.healer.aws.Aws;

record Local(Aws aws) {}
