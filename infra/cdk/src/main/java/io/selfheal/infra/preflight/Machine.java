package io.selfheal.infra.preflight;

import java.util.List;

/** Runs a program of this machine, such as the AWS command line. */
interface Machine {

    Answer run(List<String> command);

    /** What a program said. */
    sealed interface Answer {
        record Said(String text) implements Answer {}

        record Failed(String why) implements Answer {}
    }
}
