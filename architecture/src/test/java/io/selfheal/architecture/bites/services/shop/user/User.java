package io.selfheal.architecture.bites.services.shop.user;

public interface User {}
