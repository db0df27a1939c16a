package io.selfheal.architecture.bites.strangers.shop.order;

import io.selfheal.architecture.bites.strangers.healer.fleet.Fleet;

record Order(Fleet fleet) {}
