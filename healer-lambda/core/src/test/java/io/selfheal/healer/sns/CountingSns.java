package io.selfheal.healer.sns;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** Stands for SNS, and tells what it was asked. */
final class CountingSns implements SigningCertificates, Confirmations {
    final List<URI> fetched = new ArrayList<>();
    final List<URI> confirmed = new ArrayList<>();
    private final byte[] file;
    private final boolean away;

    CountingSns(byte[] file) {
        this(file, false);
    }

    private CountingSns(byte[] file, boolean away) {
        this.file = file;
        this.away = away;
    }

    static CountingSns away() {
        return new CountingSns(new byte[0], true);
    }

    @Override
    public byte[] fetch(URI address) throws IOException {
        fetched.add(address);
        if (away) {
            throw new IOException("no answer within 2000 ms");
        }
        return file.clone();
    }

    @Override
    public void confirm(URI address) {
        confirmed.add(address);
    }
}
