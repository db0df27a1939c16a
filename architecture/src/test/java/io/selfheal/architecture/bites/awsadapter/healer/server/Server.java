package io.selfheal.architecture.bites.awsadapter.healer.server;

public interface Server {}
