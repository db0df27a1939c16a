package io.selfheal.architecture.bites.localadapter.healer.aws;

public interface Aws {}
