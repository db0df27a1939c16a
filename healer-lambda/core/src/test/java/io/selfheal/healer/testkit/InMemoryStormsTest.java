package io.selfheal.healer.testkit;

import io.selfheal.healer.control.Storms;

class InMemoryStormsTest extends StormsContract {
    private final InMemoryStorms storms = new InMemoryStorms();

    @Override
    protected Storms storms() {
        return storms;
    }
}
