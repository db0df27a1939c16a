package io.selfheal.healer.lambda.training;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A certificate for AWS's names, made by the JDK's keytool and believed by nobody who does not get {@link #authorities}. As AWS's it is
 * RSA and comes with the chain that leads to its root: a certificate that is trusted by itself would be checked in another way.
 */
record Certificates(SSLContext context, Path authorities) {
    private static final String PASSWORD = "changeit";
    private static final String NAMES =
            "san=dns:*.us-east-1.amazonaws.com,dns:*.ddb.us-east-1.amazonaws.com,dns:localhost,ip:127.0.0.1";

    /** Writes what it needs into the folder, until this JVM ends. */
    static Certificates in(Path folder) throws IOException {
        Path keys = folder.resolve("front.p12");
        Path root = folder.resolve("root.crt");
        Path authorities = folder.resolve("authorities.p12");
        Files.deleteIfExists(keys);
        String pair = "-genkeypair -keyalg RSA -keysize 2048 -alias ";
        keytool(keys, pair + "root -dname CN=root -ext bc:c");
        keytool(keys, pair + "middle -dname CN=middle -ext bc:c -signer root");
        keytool(keys, pair + "front -dname CN=us-east-1.amazonaws.com -ext " + NAMES + " -signer middle");
        keytool(keys, "-exportcert -alias root -file " + root);
        Files.copy(
                Path.of(System.getProperty("java.home"), "lib", "security", "cacerts"),
                authorities,
                StandardCopyOption.REPLACE_EXISTING);
        keytool(authorities, "-importcert -noprompt -alias root -file " + root);
        List.of(keys, root, authorities).forEach(file -> file.toFile().deleteOnExit());
        return new Certificates(context(keys), authorities);
    }

    private static void keytool(Path store, String arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments.split(" ")));
        command.addAll(List.of("-keystore", store.toString(), "-storepass", PASSWORD));
        Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (keytool.waitFor() != 0) {
                throw new IOException(String.join(" ", command) + ": " + said.strip());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** The server's side, with the one key that has the names. */
    private static SSLContext context(Path keys) throws IOException {
        try (InputStream file = Files.newInputStream(keys)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(file, PASSWORD.toCharArray());
            store.deleteEntry("root");
            store.deleteEntry("middle");
            KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(store, PASSWORD.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }
}
