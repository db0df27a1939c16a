package io.selfheal.architecture.bites.kit.shop.kit;

import io.selfheal.architecture.bites.kit.shop.product.Product;

record Kit(Product product) {}
