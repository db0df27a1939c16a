package io.selfheal.shop.kit.web;

import io.micronaut.core.type.Argument;
import io.micronaut.serde.Decoder;
import io.micronaut.serde.Deserializer;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Reads a JSON number as a {@code Long}, and refuses 1.5 and "7". The framework's own reader makes a 1 of the former:
 * an order of one and a half hammers would be an order of one.
 */
@Singleton
public final class WholeNumber implements Deserializer<Long> {

    @Override
    public @Nullable Long deserialize(Decoder decoder, DecoderContext context, Argument<? super Long> type)
            throws IOException {
        if (!(decoder.decodeArbitrary() instanceof Number number)) {
            throw decoder.createDeserializationException("Expected a whole number", null);
        }
        try {
            return new BigDecimal(number.toString()).longValueExact();
        } catch (ArithmeticException e) {
            throw decoder.createDeserializationException("Expected a whole number, not " + number, null);
        }
    }
}
