package io.selfheal.healer.testkit;

import io.selfheal.healer.control.Silence;
import io.selfheal.healer.control.Silences;

class InMemorySilencesTest extends SilencesContract {
    private final InMemorySilences silences = new InMemorySilences();

    @Override
    protected Silences silences() {
        return silences;
    }

    @Override
    protected void silence(Silence silence) {
        silences.add(silence);
    }
}
