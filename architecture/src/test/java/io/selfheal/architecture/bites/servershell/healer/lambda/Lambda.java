package io.selfheal.architecture.bites.servershell.healer.lambda;

public interface Lambda {}
