package io.selfheal.architecture.bites.frameworkinadapter.healer.local;

import io.micronaut.core.order.Ordered;

interface Framed extends Ordered {}
