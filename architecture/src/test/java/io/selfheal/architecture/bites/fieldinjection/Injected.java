package io.selfheal.architecture.bites.fieldinjection;

import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

class Injected {
    @Inject
    @Nullable
    Runnable collaborator;
}
