package io.selfheal.twin.order;

/** It is not known what happened there. */
final class DependencyUnavailableException extends RuntimeException {

    private final String dependency;

    DependencyUnavailableException(String dependency, String why, Throwable cause) {
        super("'" + dependency + "' is unavailable: " + why, cause);
        this.dependency = dependency;
    }

    String dependency() {
        return dependency;
    }
}
