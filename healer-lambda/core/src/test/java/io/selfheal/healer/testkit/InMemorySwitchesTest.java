package io.selfheal.healer.testkit;

import io.selfheal.healer.control.Switches;

class InMemorySwitchesTest extends SwitchesContract {
    private final InMemorySwitches switches = new InMemorySwitches();

    @Override
    protected Switches switches() {
        return switches;
    }
}
