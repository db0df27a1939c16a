package io.selfheal.architecture.bites.kit.shop.product;

public interface Product {}
