package io.selfheal.healer.server.http;

import io.micronaut.http.MediaType;
import io.micronaut.serde.annotation.Serdeable;

/** What went wrong, as RFC 9457 has it. */
@Serdeable
record Problem(String type, String title, int status, String detail, String instance) {

    static final MediaType MEDIA_TYPE = MediaType.of("application/problem+json");
}
