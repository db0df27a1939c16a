package io.selfheal.architecture.bites.cycle.two;

import io.selfheal.architecture.bites.cycle.one.One;

public interface Two {
    One other();
}
