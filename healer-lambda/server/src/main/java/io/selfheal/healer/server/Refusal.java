package io.selfheal.healer.server;

import io.micronaut.context.exceptions.ConfigurationException;
import io.micronaut.core.convert.exceptions.ConversionErrorException;
import io.selfheal.healer.server.config.StartRefusedException;
import java.net.BindException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;

/** Finds in a failure to start the sentences that an operator can act on; the framework wraps them several times. */
final class Refusal {

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
                Optional.of(List.of(
                        "cannot listen there (" + bind.getMessage() + "): choose another HEALER_PORT or HEALER_HOST"));
            case UnknownHostException unknown ->
                Optional.of(List.of("HEALER_HOST: no address belongs to '" + unknown.getMessage() + "'"));
            case ConversionErrorException conversion -> Optional.of(List.of(unreadable(conversion)));
            case ConfigurationException configuration
            when configuration.getCause() == null -> Optional.of(List.of(String.valueOf(configuration.getMessage())));
            default -> Optional.empty();
        };
    }

    private static String unreadable(ConversionErrorException conversion) {
        Object value = conversion.getConversionError().getOriginalValue().orElse("");
        return "setting '" + conversion.getArgument().getName() + "': cannot read '" + value + "' as "
                + conversion.getArgument().getType().getSimpleName();
    }
}
