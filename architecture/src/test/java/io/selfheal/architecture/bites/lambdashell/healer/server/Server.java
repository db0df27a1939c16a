package io.selfheal.architecture.bites.lambdashell.healer.server;

public interface Server {}
