package io.selfheal.demo.http;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.OptionalInt;

/** An HTTP/1.0 answer: everything until the connection ends, or until its announced length is there. */
record RawAnswer(int status, String body) {

    private static final String END_OF_HEAD = "\r\n\r\n";
    private static final String LENGTH = "content-length:";

    static RawAnswer read(Socket socket, long deadline) throws IOException {
        InputStream in = socket.getInputStream();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        while (!complete(bytes)) {
            socket.setSoTimeout(Http.millisUntil(deadline));
            int read = in.read(buffer);
            if (read < 0) {
                break;
            }
            bytes.write(buffer, 0, read);
        }
        return parse(bytes);
    }

    private static RawAnswer parse(ByteArrayOutputStream bytes) throws IOException {
        String text = bytes.toString(StandardCharsets.ISO_8859_1);
        int end = text.indexOf(END_OF_HEAD);
        if (end < 0) {
            throw new EOFException("the connection ended within the head");
        }
        int from = end + END_OF_HEAD.length();
        OptionalInt length = length(text.substring(0, end));
        if (length.isPresent() && text.length() - from < length.getAsInt()) {
            throw new EOFException("the connection ended within the body");
        }
        byte[] body = text.substring(from).getBytes(StandardCharsets.ISO_8859_1);
        return new RawAnswer(status(text), new String(body, StandardCharsets.UTF_8));
    }

    private static int status(String text) throws ProtocolException {
        // "HTTP/1.1 200 OK"
        if (!text.matches("(?s)HTTP/1\\.[01] \\d{3}\\b.*")) {
            throw new ProtocolException("not an HTTP answer");
        }
        return Integer.parseInt(text.substring(9, 12));
    }

    private static boolean complete(ByteArrayOutputStream bytes) {
        String text = bytes.toString(StandardCharsets.ISO_8859_1);
        int end = text.indexOf(END_OF_HEAD);
        if (end < 0) {
            return false;
        }
        OptionalInt length = length(text.substring(0, end));
        return length.isPresent() && text.length() - end - END_OF_HEAD.length() >= length.getAsInt();
    }

    private static OptionalInt length(String head) {
        return head.toLowerCase(Locale.ROOT)
                .lines()
                .filter(line -> line.startsWith(LENGTH))
                .mapToInt(
                        line -> Integer.parseInt(line.substring(LENGTH.length()).strip()))
                .findFirst();
    }
}
