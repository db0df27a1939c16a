package io.selfheal.healer.server;

import io.micronaut.context.exceptions.ConfigurationException;
import io.micronaut.context.exceptions.DependencyInjectionException;
import io.selfheal.healer.setting.StartRefusedException;
import java.net.BindException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds in a failure to start the sentences that an operator can act on; the framework wraps them several times. */
final class Refusal {

    /** The framework's words for a setting that it cannot convert; no exception of its own carries the parts. */
    private static final Pattern UNREADABLE = Pattern.compile(
            "Error resolving property value \\[(.+?)]\\. Unable to convert value \\[(.*?)] to target type \\[(.+?)]");

    private Refusal() {}

    static Optional<List<String>> sentences(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            Optional<List<String>> sentences = ofOne(cause);
            if (sentences.isPresent()) {
                return sentences;
            }
        }
        return Optional.empty();
    }

    private static Optional<List<String>> ofOne(Throwable cause) {
        return switch (cause) {
            case StartRefusedException refused -> Optional.of(refused.problems());
            case BindException bind ->
                one("cannot listen there (" + bind.getMessage() + "): choose another HEALER_PORT or HEALER_HOST");
            case UnknownHostException _, UnresolvedAddressException _ ->
                one("HEALER_HOST: no address belongs to that name");
            case DependencyInjectionException injection -> unreadable(injection);
            case ConfigurationException configuration
            when configuration.getCause() == null -> one(String.valueOf(configuration.getMessage()));
            default -> Optional.empty();
        };
    }

    private static Optional<List<String>> unreadable(DependencyInjectionException injection) {
        Matcher words = UNREADABLE.matcher(String.valueOf(injection.getMessage()));
        if (!words.find()) {
            return Optional.empty();
        }
        String setting = words.group(1).replace("micronaut.server.", "healer.");
        return one(setting + ": cannot read '" + words.group(2) + "' as " + words.group(3));
    }

    private static Optional<List<String>> one(String sentence) {
        return Optional.of(List.of(sentence));
    }
}
