package io.selfheal.architecture.bites.sealed.healer.decide;

sealed interface Choice {
    final class Mutable implements Choice {}
}
