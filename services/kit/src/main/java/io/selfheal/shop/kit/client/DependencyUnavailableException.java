package io.selfheal.shop.kit.client;

import org.jspecify.annotations.Nullable;

/** The other service could not be asked, or did not answer sensibly. Whether it did what we asked is unknown. */
public final class DependencyUnavailableException extends RuntimeException {

    private final String dependency;

    /** For an answer that makes no sense. */
    public DependencyUnavailableException(String dependency, String reason) {
        this(dependency, reason, null);
    }

    DependencyUnavailableException(String dependency, String reason, @Nullable Throwable cause) {
        super("'" + dependency + "' is unavailable: " + reason, cause, false, false);
        this.dependency = dependency;
    }

    public String dependency() {
        return dependency;
    }
}
