package io.selfheal.architecture.bites.cycle.one;

import io.selfheal.architecture.bites.cycle.two.Two;

public interface One {
    Two other();
}
