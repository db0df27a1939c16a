package io.selfheal.healer.server.stage;

import io.micronaut.context.annotation.Primary;
import io.micronaut.context.annotation.Requires;
import io.selfheal.healer.sns.Confirmations;
import io.selfheal.healer.sns.SigningCertificates;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Answers as SNS would, with the certificate that a test gave it. */
@Singleton
@Primary
@Requires(property = "test.paper", value = "true")
public final class PaperSns implements SigningCertificates, Confirmations {

    private final List<URI> confirmed = new CopyOnWriteArrayList<>();
    private volatile byte[] file = {};

    public void certificate(byte[] pem) {
        file = pem.clone();
    }

    public List<URI> confirmed() {
        return confirmed;
    }

    @Override
    public byte[] fetch(URI address) throws IOException {
        if (file.length == 0) {
            throw new IOException("no answer");
        }
        return file.clone();
    }

    @Override
    public void confirm(URI address) {
        confirmed.add(address);
    }
}
