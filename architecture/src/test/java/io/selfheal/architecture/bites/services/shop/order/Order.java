package io.selfheal.architecture.bites.services.shop.order;

import io.selfheal.architecture.bites.services.shop.user.User;

record Order(User user) {}
