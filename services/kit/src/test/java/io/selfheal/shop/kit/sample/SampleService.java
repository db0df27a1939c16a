package io.selfheal.shop.kit.sample;

import io.micronaut.runtime.Micronaut;

/** As a program, for the faults that end one. */
public final class SampleService {

    private SampleService() {}

    public static void main(String[] args) {
        Micronaut.build(args).mainClass(SampleService.class).banner(false).start();
    }
}
