package io.selfheal.architecture.bites.strangers.healer.fleet;

public interface Fleet {}
